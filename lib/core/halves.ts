/**
 * One file of a package for both kinds of references. A package without `exports` may name two main files: `main`, which `require`
 * means, and `module`, which `import` means. Each has a state of its own:
 *
 *     // a.js                                   // b.js
 *     require('registry').list.push('a');       import { list } from 'registry';   ← not the list of a.js
 *
 * So where another package requires the one of `main`, imports mean it as well. Node and other bundlers that know both fields do
 * the same: Node knows no other file, and who requires a package expects what `main` exports.
 *
 * The references that count are those of all that the entries lead to when nothing has been put in place of anything. That depends on
 * nobody's order, and nothing has to be read that was not: what takes a place is there, with all it needs.
 */
import type { Reference } from '../facts';
import type { Module } from '../model';
import type { Needs } from './demand';
import type { Modules } from './reachable';

/** The main files of packages that have two. */
export interface Mains {
  /** Those of all packages whose other one is imported. */
  known: ReadonlySet<string>;
  /** Those of them that somebody requires. */
  required: ReadonlySet<string>;
}

/** Whether two modules belong to one package, which may use its own files as it likes. */
export type IsOnePackage = (importer: string, target: string) => boolean;

const NONE: Mains = { known: new Set(), required: new Set() };

const isRequire = ({ kind }: Reference): boolean => kind === 'require' || kind === 'declared';

/** @param needs what the program needs of its modules, by path */
export function findMains(
  needs: ReadonlyMap<string, Needs>,
  modules: Modules,
  isOnePackage: IsOnePackage,
): Mains {
  const known = new Set<string>();
  for (const [path, { references }] of needs) {
    const { mains } = modules.get(path) as Module;
    if (mains === undefined) continue;
    for (const [index, main] of Object.entries(mains)) if (references.has(Number(index))) known.add(main);
  }
  if (known.size === 0) return NONE;
  const required = new Set<string>();
  for (const [path, { references }] of needs) {
    for (const target of requiredBy(modules.get(path) as Module, known, references))
      if (!isOnePackage(path, target)) required.add(target);
  }
  return { known, required };
}

/** Which of some files a module requires. */
function requiredBy(
  { facts, targets }: Module,
  files: ReadonlySet<string>,
  references?: ReadonlyMap<number, unknown>,
): string[] {
  return targets.filter(
    (target, index): target is string =>
      target !== undefined &&
      files.has(target) &&
      isRequire(facts.references[index] as Reference) &&
      references?.has(index) !== false,
  );
}

/** Whether a module in place of another leaves all that `findMains` finds as it is. */
export function leavesMains(before: Module, now: Module, { known }: Mains): boolean {
  const listOf = (module: Module): string =>
    [...new Set([...Object.values(module.mains ?? {}), ' ', ...requiredBy(module, known)])].sort().join('\n');
  return listOf(before) === listOf(now);
}

/** What each module was turned into last. */
const turned = new WeakMap<Module, Module>();

/** The module as it is when some main files are meant by imports, too. The same object for the same module and files. */
export function withMains(module: Module, { required }: Mains): Module {
  const replaced = Object.entries(module.mains ?? {}).filter(([, main]) => required.has(main));
  if (replaced.length === 0) return module;
  const targets = module.targets.slice();
  for (const [index, main] of replaced) targets[Number(index)] = main;
  const known = turned.get(module);
  if (known?.targets.every((target, index) => target === targets[index])) return known;
  const made = { ...module, targets, standIns: [...new Set(replaced.map(([, main]) => main))] };
  turned.set(module, made);
  return made;
}

/** All modules so. */
export const allWithMains = (modules: Modules, mains: Mains): Modules =>
  mains.required.size === 0
    ? modules
    : {
        get: (path) => {
          const module = modules.get(path);
          return module && withMains(module, mains);
        },
      };
