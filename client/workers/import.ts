/** How workers come to bundles. */

/** Milliseconds between two attempts. */
var PAUSE = 400;

/** Makes a URL one that Trusted Types let in, where there is a policy. */
declare var trust: ((url: string) => string) | undefined;

/** A bundle that is asked for, and what waits for it. */
type Asked = [bundle: ConfiguredBundle, resolve: (nothing: unknown) => void, reject: (error: Error) => void];

/** What is asked for together. */
var asked: Asked[] = [];

/** Fetches a bundle, with all others that are asked for at once. Rejects with a LoadError. */
function fetchBundle(config: LoaderConfig, bundle: ConfiguredBundle): Promise<unknown> {
  return new Promise(function (resolve, reject) {
    if (asked.push([bundle, resolve, reject]) > 1) return;
    Promise.resolve().then(function () {
      var all = asked.splice(0);
      var missing = importBundles(
        config,
        all.map(function (each) {
          return each[0];
        }),
      );
      setTimeout(function () {
        missing = importAgain(config, missing);
        all.forEach(function (each) {
          if (missing.indexOf(each[0]) < 0) each[1](0);
          else each[2](failureOf(config, each[0]));
        });
      }, missing.length && PAUSE);
    });
  });
}

/** Fetches and runs bundles, all at once. Gives those that have not come. */
function importBundles(config: LoaderConfig, bundles: ConfiguredBundle[]): ConfiguredBundle[] {
  function isMissing(bundle: ConfiguredBundle): boolean {
    return !isHere(config, bundle);
  }
  var urls = bundles.map(function (bundle) {
    return config.p + bundle[1];
  });
  // Chromium asks for one script after the other, but waits for what is on its way to its cache.
  if (/Chrome\//.test(navigator.userAgent))
    bundles.slice(1).forEach(function (bundle) {
      if (!config.h || !config.h[bundle[1]]) fetchAhead(config.p + bundle[1]);
    });
  importUrls(urls);
  // What stands behind one that failed has not been tried.
  bundles
    .filter(isMissing)
    .slice(1)
    .forEach(function (bundle) {
      importUrls([config.p + bundle[1]]);
    });
  return bundles.filter(isMissing);
}

/** Tries once more, past the browser's cache, which may hold a wrong answer. Gives those that have not come. */
function importAgain(config: LoaderConfig, bundles: ConfiguredBundle[]): ConfiguredBundle[] {
  return bundles.filter(function (bundle) {
    importUrls([(config.p + bundle[1]).replace(/\?|$/, '?' + Date.now() + '&')]);
    return !isHere(config, bundle);
  });
}

/** What counts is what has arrived. */
function importUrls(urls: string[]): void {
  try {
    importScripts.apply(self, trust ? urls.map(trust) : urls);
  } catch (_) {}
}

/**
 * Asks for a script as `importScripts` does. The config says which ones are longer than what a cache in memory takes, as incognito windows have one:
 * nobody reads the answer while the worker imports others, and Chromium waits 20 seconds for it before it asks once more.
 */
function fetchAhead(url: string): void {
  fetch(url, { mode: 'no-cors', credentials: 'include' }).catch(function () {});
}

/** What requests for a bundle end with that could not be had. */
function failureOf(config: LoaderConfig, bundle: ConfiguredBundle): Error {
  var url = new Request(config.p + bundle[1]).url;
  return Object.assign(Error('Cannot load ' + url), {
    name: 'LoadError',
    code: 'LOAD_FAILED',
    bundle: bundle[1],
    url: url,
  });
}
