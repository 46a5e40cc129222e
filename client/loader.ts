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
 * Fetches what the given roots need and is neither here nor under way, all at once. An id that is no root may
 * be a module that is here; for another one, `require` knows what to say.
 */
function load(ids: string | string[]): Promise<unknown> {
  return Promise.all(
    ([] as string[]).concat(ids).map(function (id): unknown {
      var config = configs[id];
      return config
        ? Promise.all(
            config.r[id]!.map(function (index): unknown {
              var bundle = config!.b[index]!;
              return arrived[bundle[0]]
                ? 0
                : (bundles[bundle[0]] = bundles[bundle[0]] || fetchBundle(config!, bundle));
            }),
          )
        : new Promise(function (resolve) {
            resolve(arrived[id] ? 0 : createRequire()(id));
          });
    }),
  );
}
