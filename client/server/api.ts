type UpdateHandler = (id: string, oldVersion: string | undefined, version: string, text: string) => void;

var updateHandlers: UpdateHandler[] = [];
var destroyHandlers: (() => void)[] = [];

/** Where a version is, or what makes it of another. */
function urlOf(id: string, from: string, to: string, format: string): string {
  var query = { id: id, from: from, to: to, fmt: format } as { [name: string]: string };
  var pairs = Object.keys(query).map(function (name) {
    return name + '=' + encodeURIComponent(query[name]!);
  });
  return config.endpoint + '?' + pairs.join('&');
}

/** Where the whole text is. */
function urlOfText(wanted: Wanted): string {
  return urlOf(wanted.asset, '', wanted.sha256.length > 42 ? wanted.sha256 : wanted.called, 'raw');
}

/** Runs a version of an asset: the text that `makeText` gives, else that under its URL. */
function run(
  wanted: Wanted,
  makeText: () => string | null | undefined,
  isNew: boolean,
  callback?: (error?: Error) => void,
): void {
  used[wanted.asset] = 1;
  if (runNow(wanted, makeText, isNew)) return;
  enqueue(function (done) {
    if (isOfAnotherRelease(wanted))
      letEntriesRun(function () {
        runNext(wanted, makeText, isNew, done, callback);
      });
    else runNext(wanted, makeText, isNew, done, callback);
  });
}

/** The same, when its turn has come. */
function runNext(
  wanted: Wanted,
  makeText: () => string | null | undefined,
  isNew: boolean,
  done: () => void,
  callback?: (error?: Error) => void,
): void {
  var end = function (text?: string): void {
    if (text !== undefined) settle(wanted, text, isNew);
    done();
    if (callback) callback();
  };
  var text = makeText();
  var onRun = function (isRun: boolean): void {
    if (isRun) end(text!);
    else download(wanted, end, done, callback);
  };
  announce(wanted);
  if (typeof text === 'string') runText(wanted, text, onRun);
  else onRun(false);
}

/** Loads the whole text as any script or style, then keeps a copy of it, which the browser's own cache has by now. */
function download(
  wanted: Wanted,
  end: (text?: string) => void,
  done: () => void,
  callback?: (error?: Error) => void,
): void {
  var url = urlOfText(wanted);
  forget(wanted.asset);
  addLink(wanted, url, function (isLoaded) {
    if (isLoaded) {
      end();
      copy(wanted, url);
      return;
    }
    var error = failureOf(wanted, url);
    retract(wanted.asset);
    done();
    if (callback) callback(error);
    else reportLater(error);
  });
}

function failureOf(wanted: Wanted, url: string): Error {
  return Object.assign(new Error(wanted.asset + ' ' + wanted.called + ' could not be loaded from ' + url), {
    name: 'LoadError',
    code: 'LOAD_FAILED',
    bundle: wanted.asset,
    url: url,
  });
}

function reportLater(error: Error): void {
  setTimeout(function () {
    throw error;
  });
}

/** Keeps the text under a URL, if it is the right one. */
function copy(wanted: Wanted, url: string): void {
  if (isOpaque) return;
  request(url, function (text) {
    hashText(text!, function (hash) {
      // Where no text can be checked, as on pages without https, none that came by URL is kept.
      if (hash === undefined) isLimited = true;
      else if (hash.indexOf(wanted.sha256) === 0) {
        wanted.sha256 = hash;
        settle(wanted, text!, true);
      }
      if (!isRunning) writeCookie();
    });
  });
}

/** Keeps what has run. What was kept before keeps its text. */
function settle(wanted: Wanted, text: string, isNew: boolean): void {
  var before = readIndex()[wanted.asset];
  var kept: Kept = [wanted.position, wanted.called, wanted.sha256];
  if (isNew) keepOrMakeRoom(wanted.asset, kept, text);
  else if (!before || before.join() !== kept.join()) keepOrMakeRoom(wanted.asset, kept);
  if (before && before[2] === wanted.sha256) return;
  updateHandlers.forEach(function (handler) {
    handler(wanted.asset, before && before[1], wanted.called, text);
  });
}

/** Milliseconds in which something of an answer must come. */
var LONGEST_SILENCE = 10000;

/** Calls back with the text under a URL of ours, or with nothing. */
function request(url: string, callback: (text?: string) => void): void {
  var transfer = new XMLHttpRequest();
  var timer: number | undefined;
  function end(text?: string): void {
    clearTimeout(timer);
    callback(text);
  }
  function wait(): void {
    clearTimeout(timer);
    timer = setTimeout(function () {
      transfer.abort();
    }, LONGEST_SILENCE);
  }
  transfer.open('GET', url);
  transfer.onprogress = wait;
  transfer.onload = function () {
    end(transfer.status === 200 ? transfer.responseText : undefined);
  };
  transfer.onerror = transfer.onabort = function () {
    end();
  };
  transfer.send();
  wait();
}

function describe(
  id: string,
  name: string,
  hash?: string,
  place?: string,
  type?: string,
  served?: string,
): Wanted {
  return {
    asset: id,
    called: name,
    sha256: hash || '',
    position: place || '',
    isStyle: type === 'css',
    served: served,
  };
}

/** Whether the text that is kept is that of a version: its hash, or the beginning of that, or its name. */
function holdsVersion(id: string, name: string, hash?: string): unknown {
  var kept = readIndex()[id];
  return kept && (hash ? kept[2].indexOf(hash) === 0 : kept[1] === name);
}

/**
 * What a patch makes of the text that is kept. Another page of the visitor, or the same one before, may have made it already; a patch names
 * the beginning of the hash.
 */
function patchKept(id: string, diff: string): string | null | undefined {
  var text = readText(id);
  return text === null || holdsVersion(id, '', diff.slice(7, 29)) ? text : applyPatch(diff, text);
}

/** What the endpoint says of an asset. */
interface Answer {
  id?: string;
  to: string;
  version?: string;
  place?: string;
  type?: string;
  served?: string;
  diff?: string;
  raw?: string;
}

var api = {
  /** For snippets: see `o` in client/config.ts. */
  served: servedNames,
  /** Makes a version of the one that is kept, and runs it. */
  apply: function (
    id: string,
    name: string,
    diff: string,
    hash?: string,
    place?: string,
    type?: string,
    served?: string,
  ) {
    run(
      describe(id, name, hash || diff.slice(7, 29), place, type, served),
      function () {
        return patchKept(id, diff);
      },
      true,
    );
  },
  /** Keeps a version, and runs it. */
  add: function (
    id: string,
    name: string,
    text: string,
    hash?: string,
    place?: string,
    type?: string,
    served?: string,
  ) {
    run(
      describe(id, name, hash, place, type, served),
      function () {
        return text;
      },
      true,
    );
  },
  /** Runs a version: the one that is kept, or that under its URL. */
  load: function (id: string, name: string, hash?: string, place?: string, type?: string, served?: string) {
    run(
      describe(id, name, hash, place, type, served),
      function () {
        return holdsVersion(id, name, hash) ? readText(id) : undefined;
      },
      false,
    );
  },
  /** Asks the server for a version, and runs it. */
  fetch: function (id: string, name: string, callback?: (error?: Error) => void) {
    var kept = readIndex()[id];
    request(urlOf(id, kept ? kept[2] : '', name, 'json'), function (json) {
      // Where there is no answer, the whole text may still be had.
      var record: Answer = json === undefined ? { to: name } : JSON.parse(json);
      var wanted = describe(
        record.id || id,
        record.to,
        record.version,
        record.place,
        record.type,
        record.served,
      );
      run(
        wanted,
        function () {
          return record.diff === undefined ? record.raw : patchKept(id, record.diff);
        },
        true,
        callback,
      );
    });
  },
  /**
   * Calls back, when everything has run that was asked for so far; or runs a snippet that is part of the page: its code, or that
   * of an element with these attributes.
   */
  ready: function (next: string | ScriptAttributes | (() => void)) {
    enqueue(function (done) {
      if (typeof next === 'object') {
        addLoader(next, done);
        return;
      }
      try {
        if (typeof next === 'string') {
          api.served = servedNames;
          runInline(describe('', ''), next);
          hasSnippet = true;
        } else next();
      } finally {
        done();
      }
    });
  },
  /** The name of the version that is kept. */
  getVersion: function (id: string) {
    var kept = readIndex()[id];
    return kept && kept[1];
  },
  onUpdate: function (handler: UpdateHandler) {
    updateHandlers.push(handler);
  },
  onDestroy: function (handler: () => void) {
    destroyHandlers.push(handler);
  },
  /** Forgets everything that is kept. */
  destroy: function () {
    try {
      keptIds().forEach(forget);
      localStorage.removeItem(PREFIX);
    } catch (error) {
      // There is nothing, then.
    }
    setCookie('', 0);
    destroyHandlers.forEach(function (handler) {
      handler();
    });
  },
};

(self as unknown as { [name: string]: unknown }).dynoSrc = api;
