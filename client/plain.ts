/**
 * What the plain loader does for a bundle, and for an entry: all that it needs has a tag. The updating loader has ways of its
 * own, see `updates/`, and so has that of pages with styles; both run entries as `order/` says.
 */

/** Fetches it. */
var fetchBundle = download;

/** Does what is left to do when its tag has run, or failed. */
function completeTag(config: LoaderConfig, bundle: ConfiguredBundle): unknown {
  return isHere(config, bundle) || fetchBundle(config, bundle);
}

/** Whether an entry has to wait, whatever is there. */
function isEarly(_config: LoaderConfig): boolean {
  return ofDocument('readyState') === 'loading';
}

/** All that an entry needs is there, or cannot be had. */
function settle(_config: LoaderConfig): void {}
