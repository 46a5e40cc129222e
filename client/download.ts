/** Seconds that a bundle may take, unless the config says otherwise. */
var LONGEST_DOWNLOAD = 120;

/** Milliseconds between two attempts. */
var PAUSE = 400;

/** What requests for a bundle end with that could not be had. */
interface LoadError extends Error {
  name: 'LoadError';
  /** It did not come, or not in time, or another release of it runs on the page. */
  code: 'LOAD_FAILED' | 'LOAD_TIMEOUT' | 'OTHER_RELEASE';
  /** The name under which it is served. */
  bundle: string;
  url: string;
}

/**
 * Downloads a bundle by a script element, with a second attempt when the first one does not bring its modules. Rejects with a
 * LoadError.
 * @param isLast there is no further attempt, and what the browser's cache has is no good
 * @param url where to have it in the only attempt, whatever the cache has
 */
function download(
  config: LoaderConfig,
  bundle: ConfiguredBundle,
  isLast?: 0 | 1,
  url?: string,
): Promise<unknown> {
  var id = bundle[0];
  var before = releases[id];
  var script = ofDocument('createElement').call(document, 'script') as HTMLScriptElement;
  var address: string;
  function setSource(source: string): void {
    script.src = trust ? trust(source) : source;
  }
  function add(): void {
    (ofDocument('documentElement') || document).append(script);
    // It comes all the same, and keeps its listeners when the page is written anew (`document.open`).
    script.remove();
  }
  setSource(url || config.p + bundle[1]);
  address = script.src;
  script.integrity = bundle[2] || '';
  script.crossOrigin = config.c || null;
  script.nonce = (bringer || script).nonce;
  releases[id] = 0;
  return new Promise<unknown>(function (resolve) {
    script.onload = script.onerror = resolve;
    setTimeout(resolve, (config.t || LONGEST_DOWNLOAD) * 1000);
    if (!isLast || url) add();
    else
      fetchFile(config, address, 'reload')
        .then(textOf)
        .catch(function () {
          // The page may not connect to it. Another query passes the cache, but leaves there what is there.
          setSource(address.replace(/\?|$/, '?' + Date.now() + '&'));
        })
        .then(add);
  }).then(function (event): unknown {
    var now = releases[id];
    // What counts is whether the modules have arrived. A script that has loaded may be a page that says why it did not, and
    // a bundle whose script has failed may have come by other means.
    if (typeof now === 'string') return now;
    releases[id] = before;
    if (!now && !isLast)
      return new Promise(function (resolve) {
        setTimeout(resolve, PAUSE);
      }).then(function () {
        return isHere(config, bundle) || download(config, bundle, 1);
      });
    throw Object.assign(Error('Cannot load ' + address + (now ? ' beside another release' : '')), {
      name: 'LoadError',
      code: now ? 'OTHER_RELEASE' : event ? 'LOAD_FAILED' : 'LOAD_TIMEOUT',
      bundle: bundle[1],
      url: address,
    });
  });
}

/** Fetches a file with the credentials that script elements send. */
function fetchFile(config: LoaderConfig, url: string, cache: RequestCache): Promise<Response> {
  return fetch(url, {
    cache: cache,
    credentials: config.c === 'use-credentials' ? 'include' : 'same-origin',
  });
}

function textOf(response: Response): Promise<string> {
  return response.text();
}
