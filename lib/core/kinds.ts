/** What modules are besides scripts, as far as graph and bundles are concerned. */
import type { Range, Reference } from '../facts';
import type { Module } from '../model';

export const isStyle = ({ facts }: Pick<Module, 'facts'>): boolean => facts.style !== undefined;

/** Whether importing the module, for its effects, does nothing in scripts: a style without names. */
export const isPlainStyle = ({ facts }: Pick<Module, 'facts'>): boolean =>
  facts.style !== undefined && facts.style.names === undefined;

const CALL_BEFORE = /(?<![\w$.])require\s*\(\s*$/;
const CALL_BEHIND = /^\s*\)/;
/** How much of the source there may be of it. */
const NEAR = 40;

/**
 * The call `require('./a.css')` of a style without names, where it is plain to see: an empty object may take its place. (Where the source calls something
 * of its own `Object`, none may.)
 */
export function emptyRequire(
  { source }: Pick<Module, 'source'>,
  { kind, start, end }: Reference,
): Range | undefined {
  if (kind !== 'require' || /\b(?:function|class|var|let|const)\s+Object\b/.test(source)) return undefined;
  const before = CALL_BEFORE.exec(source.slice(Math.max(0, start - NEAR), start));
  const behind = CALL_BEHIND.exec(source.slice(end, end + NEAR));
  return (before && behind && { start: start - before[0].length, end: end + behind[0].length }) || undefined;
}

/** Whether a reference asks for what its target exports. What styles show needs no value of theirs. */
function asksForValue(reference: Reference, module: Module, target: Module): boolean {
  const { kind } = reference;
  if (kind === 'composes' || kind === '@import') return kind === 'composes';
  if (!isPlainStyle(target)) return true;
  return kind !== 'import' && emptyRequire(module, reference) === undefined;
}

/** Numbers of the modules that are nothing in scripts: styles that nobody asks for a value. */
export function findTextless(
  modules: readonly Module[],
  numbers: ReadonlyMap<string, number>,
): ReadonlySet<number> {
  const textless = new Set<number>();
  modules.forEach((module, number) => {
    if (isStyle(module)) textless.add(number);
  });
  if (textless.size === 0) return textless;
  for (const module of modules) {
    module.targets.forEach((path, index) => {
      const target = numbers.get(path ?? '');
      if (target === undefined || !textless.has(target)) return;
      const reference = module.facts.references[index] as Reference;
      if (asksForValue(reference, module, modules[target] as Module)) textless.delete(target);
    });
  }
  return textless;
}
