/**
 * The entry of a bundle in the store; where there is none, it is made there by a patch to what there is. Rejects when
 * that cannot be, and in any doubt.
 */
function find(config: LoaderConfig, bundle: ConfiguredBundle): Promise<Response> {
  return store.keys().then(function (requests) {
    var versions = requests.map(function (request) {
      return request.url.slice(-11);
    });

    function isStored(version: string): boolean {
      return versions.indexOf(version) >= 0;
    }

    var version = versionOf(bundle);
    if (isStored(version)) return match(version);
    var patch = bundle.slice(3).filter(function (bases) {
      return bases!.split('.').every(isStored);
    })[0];
    return patch ? update(config, bundle, patch) : Promise.reject();
  });
}

/** Fetches a patch while the old texts are read, and puts what they make into the store. */
function update(config: LoaderConfig, bundle: ConfiguredBundle, patch: string): Promise<Response> {
  return Promise.all(
    [fetchText(config, 'patches/' + versionOf(bundle) + '.' + patch + '.txt')].concat(
      patch.split('.').map(function (version) {
        return match(version).then(textOf);
      }),
    ),
  ).then(function (texts) {
    return put(config, bundle, applyPatch(texts[0]!, texts.slice(1).join('')), '1');
  });
}

/** Fetches the text of a file beside the bundles, with the credentials that their script elements send. */
function fetchText(config: LoaderConfig, name: string): Promise<string> {
  return fetch(config.p + name, {
    credentials: config.c === 'use-credentials' ? 'include' : 'same-origin',
  }).then(textOf);
}

function textOf(response: Response): Promise<string> {
  return response.text();
}
