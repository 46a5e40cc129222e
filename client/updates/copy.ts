/**
 * Copies bundles that came by their urls to the store, where their texts can be had without a second download: from a cache
 * of the site, where the worker leaves what it downloads, or from the HTTP cache.
 */

/** Puts a bundle into the store, unless it is there; rejects where its text is not at hand. */
function copy(config: LoaderConfig, bundle: ConfiguredBundle): Promise<unknown> {
  return match(versionOf(bundle)).catch(function () {
    var url = new Request(config.p + bundle[1]).url;
    return caches
      .match(url)
      .then(function (response) {
        return response ? textOf(response) : fetchCached(config, bundle, url);
      })
      .then(function (text) {
        return put(config, bundle, text, '');
      });
  });
}

/** The text that the HTTP cache has of a bundle; rejects where it has none, or does not tell. */
function fetchCached(config: LoaderConfig, bundle: ConfiguredBundle, url: string): Promise<string> {
  var timing = performance.getEntriesByName(url).pop() as PerformanceResourceTiming | undefined;
  // The script has come from there, and its host lets us see that. What a worker has answered may look alike.
  if (
    timing &&
    timing.responseStart &&
    timing.decodedBodySize &&
    !timing.transferSize &&
    !timing.workerStart
  ) {
    return fetchText(config, bundle[1]);
  }
  // Nobody answers for other hosts, and to ask is an error in the console. WebKit may ask the server all the same: HTML gives its vendor.
  return url.indexOf(location.origin + '/') || /^A/.test(navigator.vendor)
    ? Promise.reject()
    : fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).then(textOf);
}
