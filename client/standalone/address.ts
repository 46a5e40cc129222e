/** Where the script is run as CommonJS. */
declare var __filename: string | undefined;

/**
 * The URL of the script that calls this while it runs for the first time, whatever elements of the page are called; that of the page, where a
 * module script or an inline one is run.
 */
function findAddress(): string {
  var script: HTMLScriptElement | null;
  if (typeof document === 'object') {
    script = Reflect.get(Document.prototype, 'currentScript', document) as typeof script;
    return (script && script.src) || Reflect.get(Document.prototype, 'baseURI', document);
  }
  if (typeof location === 'object') return location.href;
  return (
    'file:///' + (typeof __filename === 'string' ? __filename.replace(/\\/g, '/').replace(/^\//, '') : '')
  );
}
