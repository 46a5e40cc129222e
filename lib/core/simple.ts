/**
 * Whether the modules of a script that stands alone can be linked in a simple way (client/standalone/simple.ts), without most of the runtime of ES modules. Where
 * no module imports itself by way of others, each has its names when those that it imports have theirs; where nobody asks for one later, by
 * `import()` or `require`, it does not matter what becomes of one that fails; and where nobody wants the namespace of CommonJS, what that exports is
 * read when it is asked for.
 */
import type { ReferenceKind } from '../facts';
import type { Module } from '../model';
import { isEsModule } from './es-module';

/** An ES module that does nothing but what is simple, by itself. */
function isPlain({ facts: { syntax, references } }: Module): boolean {
  return (
    syntax !== undefined &&
    syntax.awaits.length === 0 &&
    syntax.commonNames.length === 0 &&
    references.every(({ kind }) => PLAIN_KINDS.has(kind))
  );
}

/** How simple modules name others. */
const PLAIN_KINDS: ReadonlySet<ReferenceKind> = new Set(['import', 'new URL()']);

/** Whether all that it asks for is asked for in a simple way. */
function asksPlainly(module: Module, modules: ReadonlyMap<string, Module>): boolean {
  const { facts, targets } = module;
  const isEs = (path: string | undefined): boolean => {
    const target = modules.get(path ?? '');
    return target !== undefined && isEsModule(target);
  };
  const isImporter = isEsModule(module);
  const isRequired = ({ kind }: (typeof facts.references)[number]): boolean =>
    kind !== 'import' || !isImporter;
  if (facts.references.some((each, index) => isRequired(each) && isEs(targets[index]))) return false;
  if (facts.syntax === undefined) return true;
  const { requests, imports, indirectExports, stars } = facts.syntax;
  const wholes = [
    ...imports.filter(({ name }) => name === undefined),
    ...indirectExports.filter(({ imported }) => imported === undefined),
  ].map(({ request }) => request);
  return [...wholes, ...stars].every((request) => isEs(targets[requests[request] as number]));
}

/** Whether ES modules import each other in a circle, however long. */
function hasCircle(modules: ReadonlyMap<string, Module>): boolean {
  /** How many of the importers of each have not been taken away. */
  const counts = new Map([...modules.keys()].map((path) => [path, 0]));
  const importsOf = ({ facts, targets }: Module): string[] =>
    targets.filter(
      (path, index) => facts.references[index]?.kind === 'import' && counts.has(path ?? ''),
    ) as string[];
  for (const module of modules.values())
    for (const path of importsOf(module)) counts.set(path, (counts.get(path) as number) + 1);
  const free = [...counts].flatMap(([path, count]) => (count === 0 ? path : []));
  for (const path of free) {
    for (const target of importsOf(modules.get(path) as Module)) {
      const left = (counts.get(target) as number) - 1;
      counts.set(target, left);
      if (left === 0) free.push(target);
    }
  }
  return free.length < modules.size;
}

/**
 * Whether a simple ES module hands on no names of others, has no use for namespaces, and has one name for each of its variables, none of them
 * one that importers by other means look for.
 */
export function isPlainest({ facts: { syntax } }: Module): boolean {
  if (syntax === undefined) return false;
  const { imports, exports, indirectExports, stars, declarations } = syntax;
  const locals = exports.map(({ local }) => local ?? '');
  return (
    indirectExports.length + stars.length === 0 &&
    imports.every(({ name }) => name !== undefined) &&
    new Set(locals).size === locals.length &&
    exports.every(({ name }) => name !== '__esModule' && name !== 'module.exports') &&
    declarations.every(({ form }) => form !== 'default function')
  );
}

/** @param modules all that the script holds, some of them ES modules */
export function isSimple(modules: ReadonlyMap<string, Module>): boolean {
  const all = [...modules.values()];
  return (
    all.every((module) => (isEsModule(module) ? isPlain(module) : module.runtime === undefined)) &&
    all.every((module) => asksPlainly(module, modules)) &&
    !hasCircle(modules)
  );
}
