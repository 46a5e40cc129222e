/** `import()`, of modules of every kind. */

exports.import = (id, interop) => {
  let source: AnySource;
  return require
    .load(id)
    .then(() => {
      source = interop === undefined ? link(id) : commonSource([id, interop]);
      // A promise also of a failure: whoever waits learns of it when what is under way has gone on.
      return new Promise((resolve) => resolve(evaluateAny(source)));
    })
    .then(() => namespaceOf(source));
};

function evaluateAny(source: AnySource): unknown {
  if (isEs(source)) return evaluate(source);
  try {
    return runCommon(source);
  } catch {
    return throwAgain(source.failure!, source.id);
  }
}
