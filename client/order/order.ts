/**
 * In which order entries run where they need more than their tags bring: what is made of patches comes late, and so may styles. Entries of
 * snippets that wait for the page run in its order all the same.
 */

config.q = bringer;

/** Whether an entry has to wait, whatever is there: for the page, or for another entry that stands before it. */
function isEarly(config: LoaderConfig): boolean {
  var state = ofDocument('readyState');
  var script = config.q as FoundScript;
  // A loader that is fetched may be here before it has come to a snippet that stands before. By the `load` of the page, it has, or has failed.
  function isUnknown(other: FoundScript): boolean {
    return !other.dynapack && isBefore(other, script) && other.src === script.src;
  }
  return (
    state === 'loading' ||
    tagged.some(function (other) {
      return isAwaited(other) && isBefore(other.q, script);
    }) ||
    (state !== 'complete' &&
      [].some.call(ofDocument('querySelectorAll').call(document, '[data-dynapack]'), isUnknown))
  );
}

/** Whether an element stands before another one of the same document. Who brings a loader is not always known. */
function isBefore(element: LoaderConfig['q'], other: LoaderConfig['q']): boolean {
  return !!element && !!other && ((other as Node).compareDocumentPosition(element as Node) & 3) === 2;
}

/** Whether others wait for an entry: not when it has run, or cannot, or a tag of it has failed. */
function isAwaited(config: LoaderConfig): boolean {
  return !(
    config.s ||
    config.f ||
    (isParsed &&
      config.r[config.e]!.some(function (index) {
        return index < config.d! && !isHere(config, config.b[index]!);
      }))
  );
}

/** All that an entry needs is there, or cannot be had: then others need not wait any longer. */
function settle(config: LoaderConfig): void {
  config.f = 1;
  tagged.forEach(function (each) {
    // Each by a timer of its own: what one of them throws is uncaught, and the next one runs.
    setTimeout(function () {
      startEntry(each);
    });
  });
}
