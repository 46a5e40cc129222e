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
