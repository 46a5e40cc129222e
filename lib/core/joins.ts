/**
 * Runs of modules → functions that hold several.
 *
 *     // items.js                          // menu.js
 *     export const items = ['a', 'b'];     import { items } from './items.js';
 *                                          export const show = () => items.join();
 *
 * A module alone costs its id, its requests, its exports and a function. In one function with others, what it declares goes by its own name
 * there, and what nobody else imports has no other. Where another one has a word that is called so, the name is changed (`name-clashes.ts`): names of
 * functions and classes, too, which may be seen. So this is for builds that are minified, where all names change.
 */
import type { Module } from '../model';
import { isEsModule } from './es-module';
import type { Runs } from './runs';

/** What the cutting of runs has to know. */
export interface Cutting {
  modules: readonly Module[];
  numbers: ReadonlyMap<string, number>;
  /** Whether all that the top level of a module declares can be called otherwise. */
  canRename(module: Module): boolean;
  runs: Pick<Runs, 'isWhole' | 'askers'>;
}

/** Whether a module needs nothing but what a function gives all its members. */
function fitsIn({ facts, isBridge, standIns }: Module): boolean {
  const { syntax, references, nodeGlobals, moduleMembers } = facts;
  if (syntax === undefined || isBridge) return false;
  const { metas, unbound, commonNames, uses } = syntax;
  return (
    metas.length + unbound.length + commonNames.length + nodeGlobals.length === 0 &&
    moduleMembers === undefined &&
    standIns === undefined &&
    uses.every(({ isAssigned, form }) => !isAssigned && form !== 'made') &&
    references.every(
      ({ kind, provides, pattern }) =>
        (kind === 'import' || kind === 'import()') && provides === undefined && pattern === undefined,
    )
  );
}

/** How a module sees CommonJS: as Node does, or not; `undefined` if it imports none. */
function viewOf(
  { facts, targets, isNodeModule }: Module,
  { modules, numbers }: Cutting,
): boolean | undefined {
  const importsCommon = facts.syntax?.requests.some((reference) => {
    const target = modules[numbers.get(targets[reference] ?? '') ?? -1];
    return target !== undefined && !isEsModule(target);
  });
  return importsCommon ? isNodeModule : undefined;
}

/** Whether the others of a function are there for one module alone: they hand out nothing, and none of them has its namespace. */
function areOnlyFor(
  number: number,
  others: readonly number[],
  { modules, runs: { askers } }: Cutting,
): boolean {
  const members = new Set(others);
  const isOne = (asker: number): boolean => asker === number || members.has(asker);
  return (
    !askers[number]?.some(isOne) &&
    others.every((member) => askers[member]?.every(isOne) && !declaresNameless(modules[member] as Module))
  );
}

/** Whether a module's default export is a function without a name: what it is called, the runtime finds out by its export. */
export const declaresNameless = ({ facts: { syntax } }: Module): boolean =>
  syntax?.declarations.some(({ form }) => form === 'default function') === true;

/** All that the cutting of a run depends on: its modules, who asks them where that matters, and how they see CommonJS, which others decide. */
export function inputsOf(
  run: readonly number[],
  cutting: Cutting,
): readonly (Module | boolean | undefined)[] {
  const { modules, runs } = cutting;
  const members = run.map((number) => modules[number] as Module);
  const askers =
    runs.isWhole[run.at(-1) as number] === 0 ? [] : run.flatMap((number) => runs.askers[number] ?? []);
  return [
    ...members,
    ...askers.map((number) => modules[number]),
    ...members.map((module) => viewOf(module, cutting)),
  ];
}

/** The functions that a run becomes: of those with several modules, the places in it, in the order in which they run. */
export function cutRun(run: readonly number[], cutting: Cutting): number[][] {
  const { modules, runs } = cutting;
  const functions: number[][] = [[]];
  let view: boolean | undefined;
  run.forEach((number, place) => {
    const module = modules[number] as Module;
    const open = functions.at(-1) as number[];
    const fits = fitsIn(module) && cutting.canRename(module);
    const own = fits ? viewOf(module, cutting) : undefined;
    const stays =
      fits &&
      (own ?? view) === (view ?? own) &&
      (runs.isWhole[number] === 0 ||
        areOnlyFor(
          number,
          open.map((each) => run[each] as number),
          cutting,
        ));
    if (stays) open.push(place);
    else functions.push(fits ? [place] : []);
    view = stays ? (view ?? own) : own;
  });
  return functions.filter(({ length }) => length > 1);
}
