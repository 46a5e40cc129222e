/** Bytes of the page's HTML. */
exports.pageSize = () => performance.getEntriesByType('navigation')[0].decodedBodySize;

/** Scripts that were asked for over the network, or in the browser's cache. */
exports.countScripts = () =>
  performance.getEntriesByType('resource').filter(({ name }) => name.startsWith(location.origin)).length;
