/** What the plain loader does for scripts, beside styles. */

/** Fetches one. */
var fetchScript = download;

/** Does what is left to do when its tag has run, or failed. */
function completeTag(config: LoaderConfig, bundle: ConfiguredBundle): unknown {
  return isHere(config, bundle) || fetchScript(config, bundle);
}

/** Puts a style into the page. */
var bringStyle = addStyle;

/** Does what is left to do for a style that has come. */
function keepStyle(_config: LoaderConfig, _bundle: ConfiguredBundle): void {}

/** Forgets what is kept of a style that has failed. */
function dropStyle(_bundle: ConfiguredBundle): void {}
