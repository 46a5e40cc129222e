/** What the page has put behind the worker's url: this is a parameter of the function that the build puts around all files. */
declare var config: LoaderConfig;

/** Bundles that arrive. */
var queue: Message[] = (registries[config.n] = []);
queue.push = function (message: Message) {
  take((message as ArrivedBundle)[0]);
  return 0;
};

Object.keys(config.r).forEach(function (root) {
  configs[root] = config;
});

/**
 * The bundles that the entry needs. It runs before this script ends, as a worker's own would: then the worker is given the messages that
 * wait for it. What fails is an error of the worker, which its page hears of.
 */
var needed = config.r[config.e]!.map(function (index) {
  return config.b[index]!;
});
var missing = importAgain(config, importBundles(config, needed));
if (missing[0]) throw failureOf(config, missing[0]);
createRequire()((mainId = config.e));
