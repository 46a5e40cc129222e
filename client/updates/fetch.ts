/**
 * Fetches a bundle: from the store, or by an update of what is there. Where anything stands against it, the bundle is
 * downloaded as it would be without a store.
 */
function fetchScript(config: LoaderConfig, bundle: ConfiguredBundle): Promise<unknown> {
  // A page of no origin, as in a sandbox, keeps nothing, and gets nothing of its host that could be checked. Others ask as
  // policies for integrity want them to. Unless the site has said how to ask.
  if (!config.c) {
    if (self.origin === 'null') bundle = [bundle[0], bundle[1]];
    else config = Object.assign({}, config, { c: 'anonymous' });
  }
  return openStore()
    .then(function () {
      checkController(config);
      return find(config, bundle);
    })
    .then(
      function (entry) {
        return run(config, bundle, entry);
      },
      function () {
        return downloadWhole(config, bundle);
      },
    )
    .then(function () {
      remember([config, bundle]);
    });
}

function downloadWhole(config: LoaderConfig, bundle: ConfiguredBundle): Promise<unknown> {
  return download(config, bundle).then(function () {
    keepBundle(config, bundle);
  });
}

/** Does what is left to do for a bundle when its tag has run, or failed. */
function completeTag(config: LoaderConfig, bundle: ConfiguredBundle): unknown {
  return (isHere(config, bundle) ? keepBundle : fetchScript)(config, bundle);
}

/** By integrity, the bundles that came as a whole. */
var whole: Table<1> = Object.create(null);

/** Has a bundle that came as a whole copied to the store, if there is the hash that this takes. */
function keepBundle(config: LoaderConfig, bundle: ConfiguredBundle): void {
  var integrity = bundle[2]!;
  if (whole[integrity] || !/^sha256-/.test(integrity)) return;
  whole[integrity] = 1;
  remember([config, bundle, 1]);
}

/** Runs a bundle that is in the store. What does not run leaves the store, and is downloaded. */
function run(config: LoaderConfig, bundle: ConfiguredBundle, entry: Response): Promise<unknown> {
  function runEntry(): Promise<unknown> {
    return entry.blob().then(function (blob) {
      return download(config, bundle, 1, URL.createObjectURL(blob));
    });
  }
  // A copy comes from the HTTP cache, for which engines keep compiled code; if there is a worker, all come from it.
  var attempt =
    config.w || !factsOf(entry)[3] ? download(config, bundle, 1, config.p + bundle[1]) : Promise.reject();
  return (config.w ? attempt : attempt.catch(runEntry)).catch(function () {
    return store
      .delete(addressOf(versionOf(bundle)))
      .catch(ignore)
      .then(function () {
        return downloadWhole(config, bundle);
      });
  });
}
