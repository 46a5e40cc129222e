/** What modules ask of the page that they are in. Scripts that stand alone have `address.ts` and `global.ts` in its place. */

/**
 * Where the page is before its scripts give it other addresses. No element that is called `baseURI` stands before it. What a worker has of
 * its own may be a `blob:` URL, but it knows where its bundles are.
 */
const base: string = self.Document
  ? Reflect.get(Document.prototype, 'baseURI', document)
  : Object.values(require.roots)[0]!.p;

/** The URL is on the page's host, and there is no file to fetch there. */
exports.meta = (path) => ({ __proto__: null, url: new URL(path, base).href });

exports.global = self;
