/** Takes what a snippet knows, and sees to it that its entry runs; or takes the modules of a bundle. */
function receive(message: Message): void {
  // Without what somebody may have given to all objects.
  var config: LoaderConfig = Object.assign(Object.create(null), message);
  if (Array.isArray(message)) take(message[0]);
  else {
    Object.keys(config.r).forEach(function (root) {
      configs[root] = config;
    });
    if (config.d! >= 0) tagged.push(config);
    ensure(config.e, function (error) {
      settle(config);
      if (error) throw error;
      startEntry(config);
    });
  }
  // In the order of the page.
  tagged.every(startEntry);
}

/**
 * Runs the entry of a snippet once, if its bundles are here; where they have tags, not before the page is parsed, which is within
 * the last of them: what it throws is uncaught, and no timer comes between. Tells whether it has run.
 */
function startEntry(config: LoaderConfig): unknown {
  var isReady =
    !config.s &&
    !(config.d! >= 0 && isEarly(config)) &&
    config.r[config.e]!.every(function (index) {
      return isHere(config, config.b[index]!);
    });
  if (isReady) {
    config.s = 1;
    createRequire()((mainId = config.e));
  }
  return config.s;
}
