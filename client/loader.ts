/** Called without an argument when all is there, else with the first error. */
type EnsureCallback = (error?: Error) => void;

/**
 * A bundle is the list of those who wait for its download, which is under way exactly while there is somebody.
 * When the bundle is here, pushing calls back instead, and adds nobody.
 */
interface Bundle {
  length: number;
  push(done: EnsureCallback): number | void;
  shift(): EnsureCallback | undefined;
}

/** For every root, the config that knows it. */
var configs: Table<LoaderConfig> = Object.create(null);

/** Every bundle by name. */
var bundles: Table<Bundle> = Object.create(null);

/** The script that brought this loader, with the nonce that lets script elements pass a strict policy. */
var currentScript = document.currentScript;

function bundleNamed(name: string): Bundle {
  return bundles[name] || (bundles[name] = []);
}

/** Tells those who wait for a bundle how its download ended. */
function settle(bundle: Bundle, error?: Error): void {
  while (bundle.length) bundle.shift()!(error);
}

/** Calls back when a bundle is here or cannot be had. Downloads it unless it is here or under way. */
function request(config: LoaderConfig, configured: ConfiguredBundle, done: EnsureCallback): void {
  var bundle = bundleNamed(configured[0]);
  var attempts = 2;
  var script: HTMLScriptElement;
  function attempt(): void {
    if (!bundle.length) return;
    if (attempts--) {
      script = document.createElement('script');
      script.src = config.p + (configured[1] || configured[0]);
      script.integrity = configured[2] || '';
      script.crossOrigin = config.c || null;
      script.nonce = (currentScript || script).nonce!;
      script.onload = script.onerror = function () {
        setTimeout(attempt, 400);
      };
      document.head.appendChild(script);
    } else {
      settle(bundle, Error('Cannot load ' + configured[0] + ' from ' + script.src));
    }
  }
  if (bundle.push(done) === 1) attempt();
}

/**
 * Downloads what the given roots need and is neither here nor under way, all at once, and calls back when the
 * last of it has ended. It does so from a timer: always later, and an exception of one callback stops no other.
 */
function ensure(ids: string | string[], callback?: EnsureCallback): void {
  var firstError: Error | undefined;
  // One more than the bundles, so that the count cannot reach zero before all have been asked for.
  var outstanding = 1;
  function done(error?: Error): void {
    firstError = firstError || error;
    if (!--outstanding && callback) {
      setTimeout(function () {
        firstError ? callback(firstError) : callback();
      });
    }
  }
  ([] as string[]).concat(ids).forEach(function (id) {
    var config = configs[id];
    if (config) {
      config.r[id]!.forEach(function (index) {
        outstanding++;
        request(config!, config!.b[index]!, done);
      });
    } else if (!moduleFunctions[id]) firstError = unknownModule(id);
  });
  done();
}
