/** What of a graph has to be looked at again after some of its modules have changed. */
import type { Module } from '../model';
import type { NumberedModules } from './graph';

/** By path, as they are now. */
interface Changes {
  /** Modules that are not the objects they were, or were not there. */
  changed: ReadonlyMap<string, Module>;
  /** These, and those that a name may reach otherwise than before: they import from a changed module, or from one that hands on names of one. */
  exposed: ReadonlyMap<string, Module>;
}

/** Of modules of which nothing is known. */
export const allNew = (modules: ReadonlyMap<string, Module>): Changes => ({
  changed: modules,
  exposed: modules,
});

/**
 * Compares modules with those of an earlier graph. What a name that a module imports means follows from the modules between the two;
 * these are the import's target, and what modules that hand on names lead to.
 */
export function changesSince(before: NumberedModules, modules: ReadonlyMap<string, Module>): Changes {
  const changed = new Map<string, Module>();
  /** By number, whether names that are asked of the module may have another meaning. */
  const isMoved = new Uint8Array(before.paths.length);
  before.modules.forEach((old, number) => {
    const now = modules.get(old.path);
    if (now === old) return;
    isMoved[number] = 1;
    if (now) changed.set(old.path, now);
  });
  if (before.paths.length - count(isMoved) + changed.size < modules.size) {
    for (const [path, module] of modules) if (!before.numbers.has(path)) changed.set(path, module);
  }
  const exposed = new Map(changed);
  while (expose(before, isMoved, exposed));
  return { changed, exposed };
}

const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);

/** One step from importers to theirs. True when there is another one to take. */
function expose(before: NumberedModules, isMoved: Uint8Array, exposed: Map<string, Module>): boolean {
  let isGrown = false;
  before.graph.staticEdges.forEach((targets, number) => {
    if (isMoved[number] === 1 || !targets.some((target) => isMoved[target] === 1)) return;
    const module = before.modules[number] as Module;
    exposed.set(module.path, module);
    if (!handsOn(module)) return;
    isMoved[number] = 1;
    isGrown = true;
  });
  return isGrown;
}

const handsOn = ({ facts: { syntax } }: Module): boolean =>
  syntax !== undefined && syntax.indirectExports.length + syntax.stars.length > 0;
