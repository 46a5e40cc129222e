/** Seconds for which nothing of a patch may come, unless the config says otherwise. */
var LONGEST_SILENCE = 5;

/** A patch that can be used: its name, and the entries that it is for. */
type UsablePatch = [name: string, bases: Response[]];

/**
 * The entry of a bundle in the store; where there is none, it is made there by a patch to what there is. Rejects when
 * that cannot be, and in any doubt.
 */
function find(config: LoaderConfig, bundle: ConfiguredBundle): Promise<Response> {
  return match(versionOf(bundle)).catch(function () {
    return Promise.all(bundle.slice(3).map(findBases)).then(function (patches) {
      var patch = patches.filter(Boolean)[0];
      return patch ? update(config, bundle, patch) : Promise.reject();
    });
  });
}

/** What a patch is for, if all of it is in the store. */
function findBases(patch: string | undefined): Promise<UsablePatch | undefined> {
  return Promise.all(patch!.split('.').map(match)).then(function (bases): UsablePatch {
    return [patch!, bases];
  }, ignore);
}

/** Fetches a patch while its old texts are read, and puts what they make into the store. */
function update(config: LoaderConfig, bundle: ConfiguredBundle, patch: UsablePatch): Promise<Response> {
  return Promise.all(
    [fetchPatch(config, 'patches/' + versionOf(bundle) + '.' + patch[0] + '.txt')].concat(
      patch[1].map(textOf),
    ),
  ).then(function (texts) {
    return put(config, bundle, applyPatch(texts[0]!, texts.slice(1).join('')), '1');
  });
}

/** Fetches the text of a file beside the bundles. */
function fetchText(config: LoaderConfig, name: string): Promise<string> {
  return fetchFile(config, config.p + name, 'default').then(textOf);
}

/** What a promise comes to; rejects when that takes more seconds. */
function within<Value>(seconds: number, promise: Promise<Value>): Promise<Value> {
  return Promise.race([
    promise,
    new Promise<never>(function (_resolve, reject) {
      setTimeout(reject, seconds * 1000);
    }),
  ]);
}

/** Fetches a patch. Rejects when nothing of it comes for a while. */
function fetchPatch(config: LoaderConfig, name: string): Promise<string> {
  var seconds = config.u || LONGEST_SILENCE;
  return within(seconds, fetchFile(config, config.p + name, 'default')).then(function (response) {
    var reader = response.body!.getReader();
    var decoder = new TextDecoder();
    var text = '';
    function read(): Promise<string> {
      return within(seconds, reader.read()).then(function (part) {
        text += decoder.decode(part.value, { stream: !part.done });
        return part.done ? text : read();
      });
    }
    return read();
  });
}
