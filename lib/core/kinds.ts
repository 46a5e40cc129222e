/** What modules are besides scripts, as far as graph and bundles are concerned. */
import type { Reference } from '../facts';
import type { Module } from '../model';

export const isStyle = ({ facts }: Pick<Module, 'facts'>): boolean => facts.style !== undefined;

/** Whether importing the module, for its effects, does nothing in scripts: a style without names. */
export const isPlainStyle = ({ facts }: Pick<Module, 'facts'>): boolean =>
  facts.style !== undefined && facts.style.names === undefined;

/** Whether a reference asks for what its target exports. What styles show needs no value of theirs. */
const asksForValue = ({ kind }: Reference, target: Module): boolean =>
  kind === 'composes' || (kind !== '@import' && !(kind === 'import' && isPlainStyle(target)));

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
  for (const { facts, targets } of modules) {
    targets.forEach((path, index) => {
      const target = numbers.get(path ?? '');
      if (target === undefined || !textless.has(target)) return;
      if (asksForValue(facts.references[index] as Reference, modules[target] as Module))
        textless.delete(target);
    });
  }
  return textless;
}
