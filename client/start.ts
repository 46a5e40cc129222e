/** What the snippet passes: this is a parameter of the function that the build puts around all files, and so is the next. */
declare var config: LoaderConfig;

/** The script element that brings the loader, if it is known: with its nonce, script elements pass a strict policy. */
declare var bringer: HTMLScriptElement | null | undefined;

/** Makes a URL one that the page's Trusted Types let in, where its snippets have a policy. */
declare var trust: ((url: string) => string) | undefined;

/** What a bundle pushes: its modules. */
type ArrivedBundle = [modules: ModuleFunctions];

/** What a registry takes: bundles, and what snippets know. */
type Message = ArrivedBundle | LoaderConfig;

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
    !(config.d! >= 0 && ofDocument('readyState') === 'loading') &&
    config.r[config.e]!.every(function (index) {
      return isHere(config, config.b[index]!);
    });
  if (isReady) {
    config.s = 1;
    createRequire()((mainId = config.e));
  }
  return config.s;
}

/**
 * Takes the modules of a bundle, which is harmless when it comes twice. Where another release of it was here, its modules
 * take the place of those that have not run; if one that has run is not the same, all are refused.
 */
function take(modules: ModuleFunctions): void {
  var ids = Object.keys(modules);
  var isOther = ids.some(function (id) {
    return moduleCache[id] && arrived[id] && String(arrived[id][id]) !== String(modules[id]);
  });
  ids.forEach(function (id) {
    releases[id] = isOther ? 1 : '';
    if (!isOther) arrived[id] = modules;
  });
}

/**
 * The global object, where registries are by their names: arrays, first queues, then with the `push` of a loader, which gives
 * nothing. What else is there under such a name is an element of the page, whose id or name it is.
 */
var registries = self as unknown as { [name: string]: Message[] | undefined };

/** What this snippet finds: a running loader, or a queue that nobody serves yet. */
var queue = registries[config.n] as Message[];
if (!Array.isArray(queue)) queue = registries[config.n] = [];
if (queue.push(config)) {
  queue.push = receive as Message[]['push'];
  queue.splice(0).forEach(receive);
}
