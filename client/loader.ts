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
              return obtain(config!, config!.b[index]!, index < config!.d!);
            }),
          )
        : arrived[id]
          ? 0
          : Promise.resolve(id).then(createRequire());
    }),
  );
}

/** What tells a release of a bundle from others. */
function releaseOf(config: LoaderConfig, bundle: ConfiguredBundle): string {
  return config.p + bundle[1] + bundle[2];
}

/** Whether a bundle is here, in the release that the config knows. */
function isHere(config: LoaderConfig, bundle: ConfiguredBundle): boolean {
  var release = releaseOf(config, bundle);
  // What has come by other means is what the page says that it needs, unless it says what that is.
  if (releases[bundle[0]] === '' && (!config.o || config.o[bundle[1]])) releases[bundle[0]] = release;
  return releases[bundle[0]] === release;
}

/** Sees to it that a bundle is here, in the release that the config knows. Its tag, if it has one, may still bring it. */
function obtain(config: LoaderConfig, bundle: ConfiguredBundle, isTagged: boolean): unknown {
  var release = releaseOf(config, bundle);
  // Its tag may have run before the snippet was known.
  if (isHere(config, bundle)) return isTagged && completeTag(config, bundle);
  return (bundles[release] =
    bundles[release] ||
    (isTagged
      ? parsed.then(function () {
          return completeTag(config, bundle);
        })
      : fetchBundle(config, bundle)
    ).then(
      function () {
        bundles[release] = undefined;
        releases[bundle[0]] = release;
      },
      function (error) {
        bundles[release] = undefined;
        dispatchEvent(new CustomEvent('dynapack:failure', { detail: error }));
        throw error;
      },
    ));
}
