/** What modules call where some are ES modules. */

exports.run = (module) => {
  const source = link(module.id);
  giveExports(source, module);
  const outcome = evaluate(source);
  // HTML: a module script that fails while nobody waits for it is reported as an error, like any other script.
  if (outcome && typeof reportError === 'function') outcome.catch((error) => reportError(error));
};

exports.get = (requests) => {
  const requested: AnySource[] = [];
  const declared: EsSource[] = [];
  const brought = bring(requests, requested, declared);
  bindExports(declared);
  requested.forEach(evaluateAny);
  return brought;
};

exports.nodeRequire = (plain) => {
  const nodes = (id: string): unknown => {
    const exported = plain(id);
    return esSources[id] ? viewOf(esSources[id]!, 1) : exported;
  };
  return Object.assign(nodes, plain);
};

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
