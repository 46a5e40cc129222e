/** What the snippet passes: this is the parameter of the function that the build puts around all files. */
declare var config: LoaderConfig;

/** What a bundle pushes: its name and its modules. */
type ArrivedBundle = [name: string, modules: { [id: string]: ModuleFunction }];

/** What bundles and snippets push to: an array until a loader is there, then the loader. */
interface Registry {
  push(message: ArrivedBundle | LoaderConfig): void;
  forEach?(receive: (message: ArrivedBundle | LoaderConfig) => void): void;
}

/** Takes the modules of a bundle. Harmless when it comes twice: what has been evaluated stays. */
function register(arrived: ArrivedBundle): void {
  var bundle = bundleNamed(arrived[0]);
  for (var id in arrived[1]) moduleFunctions[id] = arrived[1][id];
  settle(bundle);
  bundle.push = function (done) {
    done();
  };
}

/** Takes what a snippet knows, and runs its entry. */
function start(config: LoaderConfig): void {
  for (var root in config.r) configs[root] = config;
  ensure(config.e, function (error) {
    if (error) throw error;
    createRequire()(config.e);
  });
}

function receive(message: ArrivedBundle | LoaderConfig): void {
  if ((message as LoaderConfig).b) start(message as LoaderConfig);
  else register(message as ArrivedBundle);
}

/** The registry as this snippet found it, this snippet's config included. */
var found: Registry = (self as any)[config.n] || [];
found.push(config);
// An array is a queue that nobody serves yet. A live registry has started our entry already.
if (found.forEach) {
  (self as any)[config.n] = { push: receive };
  found.forEach(receive);
}
