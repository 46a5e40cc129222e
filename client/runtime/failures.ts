/** Where errors of modules come from, so that browsers report them there. */

/** The failure that is on its way: an error passes all modules that fail with it. */
let latest: Failure | undefined;

/** What a module has failed with, which may be the failure of one that it requires. */
function failureOf({ id }: Pick<Source, 'id'>, error: unknown): Failure {
  if (!latest || latest.error !== error) latest = { error, id };
  return latest;
}

function throwFailure({ failure }: Pick<Source, 'failure'>): void {
  if (!failure) return;
  latest = failure;
  throw failure.error;
}

/**
 * Throws what a module has failed with. Chromium reports the place where an error was thrown last; but that where it was made,
 * if both are in one script. So it is thrown inside of an ES module, before anything of that one runs: the module itself, else
 * any other of its bundle, else who has asked for it. WebKit reports where it was made if only code of its own is behind the throw.
 */
function throwAgain({ error, id }: Failure, asker: string): never {
  const functions = require.arrived[id] || {};
  const candidates = [functions[id]!, ...Object.values(functions), (require.arrived[asker] || {})[asker]!];
  const generate = (candidates.find(isGenerating) as ModuleFunction | undefined) || waits;
  const module: Module = { id, exports: {} };
  const generator = generate.call(undefined, require, module, module.exports) as Generating;
  generator.next();
  [error].forEach(generator.throw, generator);
  throw error;
}

function* waits(): Iterable<void> {
  yield;
}

const isGenerating = (generate: unknown): boolean =>
  Object.prototype.toString.call(generate) === '[object GeneratorFunction]';
