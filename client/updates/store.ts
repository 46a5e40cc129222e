/**
 * The store: texts of bundles in the browser's Cache Storage, under addresses of their contents, which no server is
 * ever asked for. Nobody writes anything else to an address, so nothing is locked: who comes second writes the same.
 * What is read from it is trusted no more than a download: what runs has an integrity, and the texts of style elements are checked.
 */
var store: Cache;

/** The promise of the store, once it has been asked for. */
var opening: Promise<void> | undefined;

/** Milliseconds until a store that does not answer counts as none. */
var PATIENCE = 2000;

/** What an entry's header tells: its short version, its bundle, the length of the text, and whether a patch made it. */
type EntryFacts = [version: string, bundle: string, length: string, isPatched: IsPatched];

/** A text that a patch made is in the store only; one that was copied there can be expected in the HTTP cache. */
type IsPatched = '' | '1';

/** Opens the store; rejects where there is none, as in an insecure context, or where the user wants none. */
function openStore(): Promise<void> {
  return (opening =
    opening ||
    new Promise<void>(function (resolve, reject) {
      setTimeout(reject, PATIENCE);
      // Where there is no storage, this may be the name of an element.
      if (!isSecureContext) throw opening;
      caches.open('dynapack').then(function (cache) {
        store = cache;
        resolve();
      }, reject);
    }));
}

/** Where the text of a short version is. The service worker computes the same. */
function addressOf(version: string): string {
  return location.origin + '/dynapack/' + version;
}

/** The short version of a bundle. */
function versionOf(bundle: ConfiguredBundle): string {
  return (bundle[2] || '').slice(7, 18).replace(/\+/g, '-').replace(/\//g, '_');
}

/** Which bundle this is a version of. */
function idOf(config: LoaderConfig, bundle: ConfiguredBundle): string {
  return encodeURIComponent(config.n + '/' + bundle[0]);
}

function factsOf(entry: Response): EntryFacts {
  return (entry.headers.get('dynapack') || '').split(' ') as EntryFacts;
}

/** The entry of a short version; rejects when there is none. */
function match(version: string): Promise<Response> {
  return store.match(addressOf(version)).then(function (entry) {
    return entry || Promise.reject();
  });
}

/** Rejects unless a text is the bundle's. */
function check(bundle: ConfiguredBundle, text: string | undefined): Promise<void> {
  return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)).then(function (hash) {
    var integrity = 'sha256-' + btoa(String.fromCharCode.apply(null, new Uint8Array(hash) as any));
    if (integrity !== bundle[2]) throw integrity;
  });
}

/** Makes a text an entry and gives that; rejects unless it is the bundle's. That the store is full is no error. */
function put(
  config: LoaderConfig,
  bundle: ConfiguredBundle,
  text: string | undefined,
  isPatched: IsPatched,
): Promise<Response> {
  return check(bundle, text).then(function () {
    var version = versionOf(bundle);
    var facts = [version, idOf(config, bundle), text!.length, isPatched].join(' ');
    var entry = new Response(text, {
      headers: {
        'content-type':
          (config.b.indexOf(bundle) >= config.y! ? 'text/css' : 'text/javascript') + ';charset=utf-8',
        dynapack: facts,
      },
    });
    var saved = store.put(addressOf(version), entry.clone()).catch(ignore);
    // The worker answers from the store. A page by itself need not wait for it.
    return Promise.resolve(config.w && saved).then(function () {
      return entry;
    });
  });
}

/** What fails here costs a download later, and nothing else. */
function ignore(): undefined {
  return undefined;
}
