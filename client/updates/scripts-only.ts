/** What the loader of a pack without styles knows of bundles: all are scripts. `styles/` knows of others. */

/** Fetches one. */
function fetchBundle(config: LoaderConfig, bundle: ConfiguredBundle): Promise<unknown> {
  return fetchScript(config, bundle);
}
