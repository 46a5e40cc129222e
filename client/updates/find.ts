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
    [fetchText(config, 'patches/' + versionOf(bundle) + '.' + patch[0] + '.txt')].concat(
      patch[1].map(textOf),
    ),
  ).then(function (texts) {
    return put(config, bundle, applyPatch(texts[0]!, texts.slice(1).join('')), '1');
  });
}

/** Fetches the text of a file beside the bundles. */
function fetchText(config: LoaderConfig, name: string): Promise<string> {
  return fetch(config.p + name, { credentials: credentialsOf(config) }).then(textOf);
}

/** The credentials that the script elements of bundles send. */
function credentialsOf(config: LoaderConfig): RequestCredentials {
  return config.c === 'use-credentials' ? 'include' : 'same-origin';
}

function textOf(response: Response): Promise<string> {
  return response.text();
}
