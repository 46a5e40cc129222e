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
            config.r[id]!.map(function (index) {
              return obtain(config!, config!.b[index]!);
            }),
          )
        : new Promise(function (resolve) {
            resolve(arrived[id] ? 0 : createRequire()(id));
          });
    }),
  );
}

/** Sees to it that a bundle is here, in the release that the config knows. */
function obtain(config: LoaderConfig, bundle: ConfiguredBundle): unknown {
  var id = bundle[0];
  var release = config.p + bundle[1] + bundle[2];
  // What has come by other means is what the page says that it needs.
  if (releases[id] === '') releases[id] = release;
  if (releases[id] === release) return 0;
  return (bundles[release] =
    bundles[release] ||
    fetchBundle(config, bundle).then(
      function () {
        bundles[release] = undefined;
        releases[id] = release;
      },
      function (error) {
        bundles[release] = undefined;
        dispatchEvent(new CustomEvent('dynapack:failure', { detail: error }));
        throw error;
      },
    ));
}
