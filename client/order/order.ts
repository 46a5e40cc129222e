/**
 * In which order entries run where they need more than their tags bring: what is made of patches comes late, and so may styles. Entries of
 * snippets that wait for the page run in its order all the same.
 */

config.q = bringer;

/** Whether an entry has to wait, whatever is there: for the page, or for another entry that stands before it. */
function isEarly(config: LoaderConfig): unknown {
  var state = ofDocument('readyState');
  var script = config.q as FoundScript | null | undefined;
  function isBefore(other: LoaderConfig['q']): unknown {
    // Of the same document, and before it.
    return other && (script!.compareDocumentPosition(other as Node) & 3) === 2;
  }
  return (
    state === 'loading' ||
    (script &&
      (tagged.some(function (other) {
        return isAwaited(other) && isBefore(other.q);
      }) ||
        // A loader that is fetched may be here before it has come to a snippet that stands before. By the `load` of the page, it has, or has failed.
        (state !== 'complete' &&
          [].some.call(
            ofDocument('querySelectorAll').call(document, '[data-dynapack]'),
            function (other: FoundScript) {
              return !other.dynapack && other.src === script!.src && isBefore(other);
            },
          ))))
  );
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
