/** The element that this stands in. */
var currentScript = ofDocument('currentScript') as HTMLScriptElement | null;

/** Its nonce, which what it adds must have as well. */
var nonce = currentScript ? currentScript.nonce : '';

/** Whether this is a page of no origin, as in a sandbox: it keeps nothing, and what it loads can have no integrity. */
var isOpaque = self.origin === 'null';

/** Whether `blob:` URLs are of no use: the page's policy has refused one, or nothing would check them. */
var isBlobRefused = isOpaque;

/** What is still to be run, in order: each begins when the one before has ended. */
var queue: ((done: () => void) => void)[] = [];
var isRunning: boolean | undefined;

function enqueue(job: (done: () => void) => void): void {
  queue.push(job);
  if (!isRunning) next();
}

function next(): void {
  var job = queue.shift();
  isRunning = !!job;
  if (job) job(next);
  else writeCookie();
}

/** base64url → what integrity attributes hold. */
function integrityOf(hash: string): string {
  return 'sha256-' + hash.replace(/-/g, '+').replace(/_/g, '/') + '=';
}

/** Calls back with the base64url SHA-256 of a text, or with nothing where this page cannot know it. */
function hashText(text: string, callback: (hash?: string) => void): void {
  try {
    crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)).then(
      function (digest) {
        var bytes = String.fromCharCode.apply(null, new Uint8Array(digest) as unknown as number[]);
        callback(btoa(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace('=', ''));
      },
      function () {
        callback();
      },
    );
  } catch (error) {
    callback();
  }
}

function createElement(name: string): HTMLElement {
  return ofDocument('createElement').call(document, name);
}

/** Adds an element to the page. A script is removed: it comes all the same, and keeps its listeners when the page is written anew. */
function addElement(element: HTMLElement, callback?: (isLoaded: boolean) => void, isKept?: boolean): void {
  var isOver: boolean | undefined;
  var end = function (isLoaded: boolean): void {
    if (isOver) return;
    isOver = true;
    callback!(isLoaded);
  };
  if (nonce) element.setAttribute('nonce', nonce);
  if (callback) {
    setTimeout(function () {
      end(false);
    }, config.timeout * 1000);
    element.onload = function () {
      end(true);
    };
    element.onerror = function () {
      end(false);
    };
  }
  (ofDocument('head') || ofDocument('documentElement') || document).appendChild(element);
  if (!isKept) element.remove();
}

/** Loads a script or a style. */
function addLink(wanted: Wanted, url: string, callback: (isLoaded: boolean) => void): void {
  var element = makeLink(wanted, url);
  if (!wanted.isStyle) element.async = false;
  addElement(element, callback, wanted.isStyle);
}

/** An element that loads a script or a style; the browser compares what comes with the hash. */
function makeLink(wanted: Wanted, url: string): HTMLScriptElement & HTMLLinkElement {
  var element = createElement(wanted.isStyle ? 'link' : 'script') as HTMLScriptElement & HTMLLinkElement;
  if (wanted.sha256.length > 42 && !isOpaque) {
    element.integrity = integrityOf(wanted.sha256);
    // As policies for integrity want it.
    element.crossOrigin = 'anonymous';
  }
  if (wanted.isStyle) {
    element.rel = 'stylesheet';
    element.href = url;
  } else element.src = trustUrl(url);
  return element;
}

/** Runs a text that has been checked as part of the page. */
function runInline(wanted: Wanted, text: string): void {
  var element = createElement(wanted.isStyle ? 'style' : 'script');
  element.textContent = wanted.isStyle ? text : trustText(text);
  addElement(element, undefined, wanted.isStyle);
}

/**
 * Runs a text under a `blob:` URL, so that the browser checks it and compiles it beside the main thread; where the page's
 * policy refuses such URLs, inline. Calls back with false when it is not the text that is wanted, or nobody can tell.
 */
function runText(wanted: Wanted, text: string, callback: (isRun: boolean) => void): void {
  var inline = function (): void {
    hashText(text, function (hash) {
      var isRight = hash !== undefined && hash.indexOf(wanted.sha256) === 0;
      if (isRight) {
        isBlobRefused = !wanted.isStyle || isBlobRefused;
        wanted.sha256 = hash!;
        runInline(wanted, text);
      }
      callback(isRight);
    });
  };
  // A style's own URLs are relative to the page only when it is part of it.
  if (wanted.isStyle || isBlobRefused || wanted.sha256.length < 43) {
    inline();
    return;
  }
  var url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  addLink(wanted, url, function (isLoaded) {
    URL.revokeObjectURL(url);
    if (isLoaded) callback(true);
    else inline();
  });
}
