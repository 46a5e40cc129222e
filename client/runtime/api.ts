/** What modules ask of the page that they are in. Scripts that stand alone have `address.ts` and `global.ts` in its place. */

/** Where the page is before its scripts give it other addresses. No element that is called `baseURI` stands before it. */
const base: string = Reflect.get(Document.prototype, 'baseURI', document);

/** The URL is on the page's host, and there is no file to fetch there. */
exports.meta = (path) => ({ __proto__: null, url: new URL(path, base).href });

exports.global = self;
