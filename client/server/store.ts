/**
 * Texts in localStorage: it can be read at once, when the first script of the page runs, without a request and without
 * waiting. Everything that is read may be missing, old or damaged; whoever uses it checks it.
 *
 *     dynosrc.           { id: [place, name, hash] }, as JSON
 *     dynosrc.<id>       the text
 */
var PREFIX = 'dynosrc.';

/** Units that a text may have to be kept: a few of them fit into what browsers give a site. */
var LONGEST = 1 << 20;

/** Ids that this page uses. */
var used: { [id: string]: 1 } = {};

/** Whether this browser keeps nothing at all. */
var isForgetful: boolean | undefined;

/** Whether it does not keep all that the page uses: texts had better come by URL, for the browser's own cache. */
var isLimited: boolean | undefined;

function readIndex(): { [id: string]: Kept } {
  var index: { [id: string]: Kept } = {};
  var found: { [id: string]: Kept };
  try {
    found = JSON.parse(localStorage.getItem(PREFIX)!);
    Object.keys(found).forEach(function (id) {
      if (isKept(found[id])) index[id] = found[id]!;
    });
  } catch (error) {
    // There is none, or what is there is none.
  }
  return index;
}

function isKept(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    value.every(function (part) {
      return typeof part === 'string';
    })
  );
}

/** Ids of all texts, also of such as the index does not know. */
function keptIds(): string[] {
  return Object.keys(localStorage)
    .filter(function (key) {
      return key.indexOf(PREFIX) === 0 && key !== PREFIX;
    })
    .map(function (key) {
      return key.slice(PREFIX.length);
    });
}

function writeIndex(change: (index: { [id: string]: Kept }) => void): void {
  var index = readIndex();
  change(index);
  localStorage.setItem(PREFIX, JSON.stringify(index));
}

function readText(id: string): string | null {
  try {
    return localStorage.getItem(PREFIX + id);
  } catch (error) {
    return null;
  }
}

/** Keeps a text, or only what is said about it; false when it is not kept. */
function keep(id: string, kept: Kept, text?: string): boolean {
  try {
    if (text !== undefined) {
      // While the text is written, nobody shall be told that it is there.
      writeIndex(function (index) {
        delete index[id];
      });
      localStorage.setItem(PREFIX + id, text);
    }
    writeIndex(function (index) {
      index[id] = kept;
    });
    return true;
  } catch (error) {
    return false;
  }
}

function forget(id: string): void {
  try {
    localStorage.removeItem(PREFIX + id);
    writeIndex(function (index) {
      delete index[id];
    });
  } catch (error) {
    isForgetful = true;
  }
}

/** Keeps a text; when there is no room, in place of what this page does not use. */
function keepOrMakeRoom(id: string, kept: Kept, text?: string): void {
  var isLong = text !== undefined && text.length > LONGEST;
  if (!isLong && keep(id, kept, text)) return;
  if (!isLong && makeRoom() && keep(id, kept, text)) return;
  isLimited = true;
  forget(id);
}

/** Forgets what this page does not use; false where nothing can be kept. */
function makeRoom(): boolean {
  try {
    keptIds().filter(isUnused).forEach(forget);
    return true;
  } catch (error) {
    return false;
  }
}

function isUnused(id: string): boolean {
  return !used[id];
}
