/** Which parts of the runtime a program uses: those that nothing in it comes to are left out. */
import type { Module, RuntimePart } from '../model';
import { isEsModule } from './es-module';
import { isPlainStyle } from './kinds';

/** In their order in the runtime. */
const PARTS: readonly RuntimePart[] = [
  'simple',
  'simpleMixed',
  'acyclic',
  'acyclicMixed',
  'onlyCommon',
  'base',
  'common',
  'modules',
  'page',
  'stars',
  'waiting',
  'assets',
  'workers',
  'address',
  'global',
];

/** Which parts pages and their workers use: where no function leads to itself, and where some do. */
function pageParts(modules: ReadonlyMap<string, Module>): Record<keyof Runtimes, RuntimePart[]> {
  const used = partsOf(modules);
  const all = [...modules.values()];
  if (used.has('workers') || all.some(asksForPage)) used.add('page');
  const inOrder = (parts: ReadonlySet<RuntimePart>): RuntimePart[] => PARTS.filter((part) => parts.has(part));
  if (!all.every((module) => isSimple(module, modules)))
    return { acyclic: inOrder(used), cyclic: inOrder(used) };
  const simple = simpleParts(used.has('modules'), used.has('common') || all.some(mayImport));
  for (const part of ['base', 'common', 'modules'] as const) used.delete(part);
  return {
    acyclic: inOrder(new Set([...used, ...simple.acyclic])),
    cyclic: inOrder(new Set([...used, ...simple.cyclic])),
  };
}

function simpleParts(hasModules: boolean, importsOthers: boolean): Record<keyof Runtimes, RuntimePart[]> {
  if (hasModules)
    return importsOthers
      ? { acyclic: ['acyclicMixed'], cyclic: ['simpleMixed'] }
      : { acyclic: ['acyclic'], cyclic: ['simple'] };
  const parts: RuntimePart[] = importsOthers ? ['onlyCommon'] : [];
  return { acyclic: parts, cyclic: parts };
}

/** What is not found may be asked for, too. */
const mayImport = ({ facts: { references }, targets }: Module): boolean =>
  references.some(({ kind }, index) => kind === 'import()' && targets[index] === undefined);

function partsOf(modules: ReadonlyMap<string, Module>): Set<RuntimePart> {
  const used = new Set<RuntimePart>(['base']);
  for (const module of modules.values()) {
    const { syntax } = module.facts;
    if (!used.has('assets') && asksForAsset(module, modules)) used.add('assets');
    if (!used.has('workers') && startsWorkers(module)) used.add('workers');
    if (!used.has('common') && importsCommon(module, modules)) used.add('common');
    if (syntax === undefined) continue;
    used.add('modules');
    if (syntax.stars.length > 0) used.add('stars');
    if (syntax.awaits.length > 0) used.add('waiting');
  }
  return used;
}

/** Which parts a script that stands alone uses. Where it is run, there may be no page. */
export function standaloneParts(modules: ReadonlyMap<string, Module>): RuntimePart[] {
  const used = partsOf(modules);
  for (const { facts } of modules.values()) {
    if (facts.syntax === undefined) continue;
    if (facts.syntax.metas.length > 0) used.add('address');
    if (facts.nodeGlobals.includes('global')) used.add('global');
  }
  return PARTS.filter((part) => used.has(part));
}

/** Whether an ES module asks for what `client/runtime/api.ts` has. */
const asksForPage = ({ facts: { syntax, nodeGlobals } }: Module): boolean =>
  syntax !== undefined && (syntax.metas.length > 0 || nodeGlobals.includes('global'));

/**
 * Whether all that a module has to do with ES modules is to import them, in such a way that their names are known before anything runs: then
 * `client/runtime/simple/` is enough for it.
 */
function isSimple(module: Module, modules: ReadonlyMap<string, Module>): boolean {
  const { facts, targets, shims } = module;
  const { syntax, references } = facts;
  const isEs = (path: string | undefined): boolean => {
    const target = modules.get(path ?? '');
    return target !== undefined && isEsModule(target);
  };
  if (syntax && syntax.stars.length + syntax.awaits.length + syntax.commonNames.length > 0) return false;
  if (Object.values(shims).some(isEs)) return false;
  return references.every(
    ({ kind }, index) => (kind !== 'require' && kind !== 'declared') || !isEs(targets[index]),
  );
}

/** Whether a script asks for the URL of a file. */
const asksForAsset = ({ facts, targets }: Module, modules: ReadonlyMap<string, Module>): boolean =>
  facts.style === undefined && targets.some((path) => modules.get(path ?? '')?.asset !== undefined);

const startsWorkers = ({ facts, targets }: Module): boolean =>
  facts.references.some(({ kind }, index) => kind === 'new Worker()' && targets[index] !== undefined);

/** Whether the module imports one that is CommonJS in its bundle. */
const importsCommon = ({ facts, targets }: Module, modules: ReadonlyMap<string, Module>): boolean =>
  facts.references.some(({ kind }, index) => {
    if (kind !== 'import' && kind !== 'import()') return false;
    const target = modules.get(targets[index] ?? '');
    if (target === undefined || isEsModule(target)) return false;
    return kind === 'import()' || !isPlainStyle(target);
  });

/** What the runtime of a program is. Whether its functions lead to themselves is known when it is known which modules share them. */
export interface Runtimes {
  /** Where none does. */
  acyclic: Module;
  /** Where some do. */
  cyclic: Module;
}

/**
 * The runtime that all the others need, if they need any.
 * @param path of the runtime's module
 * @param textOf what a runtime of some parts is
 * @param before those of an earlier build, which stay if they are the same
 */
export function runtimesOf(
  modules: ReadonlyMap<string, Module>,
  path: string,
  textOf: (parts: readonly RuntimePart[]) => string,
  before: Runtimes | undefined,
): Runtimes | undefined {
  const whole = modules.get(path);
  if (whole === undefined) return undefined;
  const parts = pageParts(modules);
  const make = (kind: keyof Runtimes): Module => {
    const source = textOf(parts[kind]);
    const known = before?.[kind];
    return known?.source === source && known.facts === whole.facts ? known : { ...whole, source };
  };
  const acyclic = make('acyclic');
  return { acyclic, cyclic: `${parts.acyclic}` === `${parts.cyclic}` ? acyclic : make('cyclic') };
}
