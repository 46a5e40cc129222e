/** What the plain loader does for a bundle. The updating loader has ways of its own, see `updates/`. */

/** Fetches it. */
var fetchBundle = download;

/** Does what is left to do when its tag has run, or failed. */
function completeTag(config: LoaderConfig, bundle: ConfiguredBundle): unknown {
  return isHere(config, bundle) || fetchBundle(config, bundle);
}
