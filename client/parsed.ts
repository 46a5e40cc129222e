/** Snippets with tags, in the order of the page. */
var tagged: LoaderConfig[] = [];

/** The page is parsed, as far as the loader has seen. */
var isParsed: undefined | 1;

/** Resolves when the page is parsed: its tags have brought their bundles by then, or they have failed. */
var parsed = new Promise(function (resolve) {
  function end(): void {
    resolve(0);
    isParsed = 1;
    // What waits for others in vain is still in time for the listeners of the page, which come behind this one.
    tagged.forEach(startEntry);
  }
  if (ofDocument('readyState') === 'complete') end();
  addEventListener('DOMContentLoaded', end, true);
  addEventListener('load', end, true);
});
