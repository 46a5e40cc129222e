/** Called without an argument when all is there, else with the first error. */
type EnsureCallback = (error?: Error) => void;

/** Loads, then calls back from a timer: an exception of the callback is then uncaught, as it should be. */
function ensure(ids: string | string[], callback?: EnsureCallback): void {
  load(ids).then(
    function () {
      if (callback) setTimeout(callback);
    },
    function (error) {
      if (callback) setTimeout(callback, 0, error);
    },
  );
}

/**
 * Downloads what the given roots need and is neither here nor under way, all at once. An id that is no root may
 * be a module that is here; for another one, `require` knows what to say.
 */
function load(ids: string | string[]): Promise<unknown> {
  return Promise.all(
    ([] as string[]).concat(ids).map(function (id): unknown {
      var config = configs[id];
      return config
        ? Promise.all(
            config.r[id]!.map(function (index) {
              var bundle = config!.b[index]!;
              return (bundles[bundle[0]] = bundles[bundle[0]] || download(config!, bundle));
            }),
          )
        : moduleFunctions[id] ||
            new Promise(function () {
              createRequire()(id);
            });
    }),
  );
}

/** Downloads a bundle, with a second attempt when the first one does not bring it. */
function download(config: LoaderConfig, bundle: ConfiguredBundle, isRetry?: 1): Promise<void> {
  var script = document.createElement('script');
  script.src = config.p + (bundle[1] || bundle[0]);
  script.integrity = bundle[2] || '';
  script.crossOrigin = config.c || null;
  script.nonce = (currentScript || script).nonce!;
  document.head.append(script);
  return new Promise<unknown>(function (resolve) {
    script.onload = resolve;
    script.onerror = function () {
      setTimeout(resolve, 400);
    };
  }).then(function () {
    // What counts is whether the bundle has registered. A script that loaded may be a page that says why it did
    // not, and a bundle whose script failed may have come by other means.
    if (bundles[bundle[0]] !== 1) {
      if (isRetry) {
        bundles[bundle[0]] = 0;
        throw Error('Cannot load ' + bundle[0] + ': ' + script.src);
      }
      return download(config, bundle, 1);
    }
    return undefined;
  });
}
