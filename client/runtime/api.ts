/** The `require` of the runtime's module, through which it reaches the loader. */
declare const require: Require;

/** What the module exports. */
declare const exports: Runtime;

exports.run = (module) => {
  const source = link(module.id);
  giveExports(source, module);
  evaluate(source);
};

exports.import = (id, interop) =>
  require.load(id).then(() => {
    if (interop === undefined) {
      const source = link(id);
      return Promise.resolve(evaluate(source)).then(() => namespaceOf(source));
    }
    const common = commonSource([id, interop]);
    runCommon(common);
    return namespaceOf(common);
  });

exports.get = (requests) => {
  const requested: AnySource[] = [];
  const declared: EsSource[] = [];
  const brought = bring(requests, requested, declared);
  declared.forEach(bindExports);
  for (const source of requested) {
    if (isEs(source)) evaluate(source);
    else runCommon(source);
  }
  return brought;
};

exports.iterate = iterate;
