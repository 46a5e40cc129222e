/** Which parts of the runtime a program uses: those that nothing in it comes to are left out. */
import type { Module, RuntimePart } from '../model';
import { isEsModule } from './es-module';
import { isPlainStyle } from './kinds';

/** In their order in the runtime. */
const PARTS: readonly RuntimePart[] = [
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

function partsOf(modules: ReadonlyMap<string, Module>): RuntimePart[] {
  const used = new Set<RuntimePart>();
  for (const module of modules.values()) {
    const { syntax } = module.facts;
    if (!used.has('assets') && asksForAsset(module, modules)) used.add('assets');
    if (!used.has('workers') && startsWorkers(module)) used.add('workers');
    if (!used.has('common') && importsCommon(module, modules)) used.add('common');
    if (syntax === undefined) continue;
    used.add('modules').add('page');
    if (syntax.stars.length > 0) used.add('stars');
    if (syntax.awaits.length > 0) used.add('waiting');
  }
  return PARTS.filter((part) => used.has(part));
}

/** Which parts a script that stands alone uses. Where it is run, there may be no page. */
export function standaloneParts(modules: ReadonlyMap<string, Module>): RuntimePart[] {
  const used = new Set(partsOf(modules));
  used.delete('page');
  for (const { facts } of modules.values()) {
    if (facts.syntax === undefined) continue;
    if (facts.syntax.metas.length > 0) used.add('address');
    if (facts.nodeGlobals.includes('global')) used.add('global');
  }
  return PARTS.filter((part) => used.has(part));
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

/**
 * Puts the runtime that all the others need in the place of the whole one, if there is any.
 * @param path of the runtime's module
 * @param textOf what a runtime of some parts is
 * @param before the runtime of an earlier build, which stays if it is the same
 */
export function withRuntime(
  modules: ReadonlyMap<string, Module>,
  path: string,
  textOf: (parts: readonly RuntimePart[]) => string,
  before: Module | undefined,
): ReadonlyMap<string, Module> {
  const whole = modules.get(path);
  if (whole === undefined) return modules;
  const source = textOf(partsOf(modules));
  const isKnown = before?.source === source && before.facts === whole.facts;
  return new Map(modules).set(path, isKnown ? before : { ...whole, source });
}
