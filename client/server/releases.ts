/**
 * Pages that come of two releases: a server that has not yet seen the newest one, or whose pages hold snippets that it keeps; or
 * parts that were written before and after.
 */

/** By served name, the bundles that have run, as far as the page says it: what `o` of loaders' configs is. */
var servedNames: { [served: string]: 1 } | undefined;

/** By id, these names. */
var namesById: { [id: string]: string | undefined } = {};

/** Whether a snippet has run. */
var hasSnippet: boolean | undefined;

/** Notes that a bundle is about to run: its loader asks at once. */
function announce(wanted: Wanted): void {
  retract(wanted.asset);
  if (!wanted.served) return;
  servedNames = servedNames || Object.create(null);
  servedNames![wanted.served] = 1;
  namesById[wanted.asset] = wanted.served;
}

/** Notes that what is here of an asset, if anything, is of no release that is known. */
function retract(id: string): void {
  if (servedNames) delete servedNames[namesById[id]!];
  namesById[id] = undefined;
}

/** Whether a bundle comes behind a snippet that has another release of it. */
function isOfAnotherRelease(wanted: Wanted): boolean {
  var name = namesById[wanted.asset];
  return !!hasSnippet && !!name && name !== wanted.served;
}

/** Lets the entries of snippets run that have all they need: with what they were made for. Nobody waits longer than for an asset. */
function letEntriesRun(callback: () => void, since?: number): void {
  var start = since || Date.now();
  if (ofDocument('readyState') === 'complete' || Date.now() - start > config.timeout * 1000) {
    // The loader's own timers are before these.
    setTimeout(function () {
      setTimeout(callback);
    });
  } else
    setTimeout(function () {
      letEntriesRun(callback, start);
    }, 100);
}

/** Of a script element that loads a loader. */
interface ScriptAttributes {
  src: string;
  'data-dynapack': string;
}

/** Loads the loader of a snippet, whose config gets the names of what has run. */
function addLoader(attributes: ScriptAttributes, callback: () => void): void {
  var element = createElement('script') as HTMLScriptElement;
  var settings = JSON.parse(attributes['data-dynapack']);
  settings.o = servedNames;
  element.setAttribute('data-dynapack', JSON.stringify(settings));
  ['integrity', 'crossorigin', 'fetchpriority'].forEach(function (name) {
    var value = (attributes as unknown as { [name: string]: string | undefined })[name];
    if (value) element.setAttribute(name, value);
  });
  element.src = trustUrl(attributes.src);
  hasSnippet = true;
  addElement(element, callback);
}
