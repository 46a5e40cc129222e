/**
 * Which ES modules run one right after the other, in every visit. These can be one function: nobody can tell the difference, save by what they
 * have in common (`joins.ts`).
 *
 * THEOREM
 *
 * A visit evaluates one root after the other. Let `S(r)` be modules that have run, with success, before anybody can ask for the root `r`
 * (`prior.ts`), and `N(r)` the others that `r` leads to, in order (`evaluation.ts`). Let `F` be a list of ES modules such that, for each root `r` that
 * leads to one of them, either all are in `S(r)`, or all are in `N(r)`, each the next to run behind the one before it. Then in every visit they run
 * together, in this order, or none does. Modules that are still (`still.ts`) may run between them: nobody can tell, so these run before, as
 * what all of them request does.
 *
 * PROOF
 *
 * Let `r` be the first root of a visit that leads to one of them. None has run, so all are in `N(r)`. What has run before is all that some earlier
 * roots lead to, in whole or, if one has failed, as far as that was: either way, with each module all that it requests, since what is in
 * progress waits for nobody here (below). Such a set taken away leaves the order of the rest as it is; and `S(r)` is part of it. So they run one
 * after the other, and nothing between them but what is still: that requests nothing and cannot fail, so it can run before the first. If something
 * before them fails, none runs, and all this holds for the next root as well; if they lead to what has failed, none ever does. If one of them fails,
 * those behind it do not run, and whoever asks for one of `F` meets that failure: it is in no `S(r)`, or nobody could ask for `r`, so all are
 * in `N(r)`, and nothing between them is left to run.  ∎
 *
 * A member of a cycle that has failed fails before its turn comes, and in a function the others would with it: one that asks for something earlier than they
 * do alone is halved (`withoutDisorder`).
 *
 * If only some of a list were in `S(r)`, the others may have failed, and with them the function: who needs those that have run would have that failure.
 * So runs are cut there (`cutAtPrior`).
 *
 * What is in progress would make a difference where something runs in the midst of others: a module that somebody requires, when that leads
 * back to what requires it; and everything that is evaluated with a module that awaits. None of these is a member of a run. What is required
 * by a function may run in the midst of any module that calls it: so one that something required leads to ends a run, unless it calls nothing.
 */
import type { Reference, ReferenceKind } from '../facts';
import type { Module, Split } from '../model';
import { addBit, type BitMatrix, bitMatrix, hasBit } from './bits';
import { awaits, isEsModule } from './es-module';
import {
  type EvaluationGraph,
  eachOrder,
  evaluationGraph,
  isDeclared,
  isPrior,
  type Prior,
} from './evaluation';
import type { NumberedModules } from './graph';
import { findPrior } from './prior';
import { findComponents } from './roots';

export interface Runs {
  graph: EvaluationGraph;
  prior: Prior;
  /** Numbers of modules of one bundle, in the order in which they run: several each. Only the last may be one whose namespace somebody has. */
  lists: readonly (readonly number[])[];
  /** When each module is met, from the first root that leads to it, and to which it is not prior. */
  met: Int32Array;
  /** 1 for modules whose namespaces somebody may have. */
  isWhole: Uint8Array;
  /** Numbers of those who ask each for something. */
  askers: readonly (readonly number[])[];
}

/** Who sees what modules export otherwise than by names that it says. */
interface Seen {
  /** 1 for modules whose namespaces somebody may have: in a function with others, that can be the namespace of one alone. */
  isWhole: Uint8Array;
  /** 1 for modules with `export *`, and for those that these mean. */
  hasStars: Uint8Array;
}

function findSeen({ modules, numbers, graph }: NumberedModules): Seen {
  const isWhole = new Uint8Array(modules.length);
  const hasStars = new Uint8Array(modules.length);
  // Nobody has the namespace of an entry but by its exports.
  for (const entry of graph.entries) if (exportsAny(modules[entry] as Module)) isWhole[entry] = 1;
  modules.forEach((module, number) => {
    module.targets.forEach((path, reference) => {
      const target = numbers.get(path ?? '');
      if (target !== undefined && !isDeclared(module, reference)) isWhole[target] = 1;
    });
    const { syntax } = module.facts;
    if (syntax === undefined || !isEsModule(module)) return;
    const mark = (request: number, marks: Uint8Array): void => {
      const target = numbers.get(module.targets[syntax.requests[request] as number] ?? '');
      if (target !== undefined) marks[target] = 1;
    };
    for (const { name, request } of syntax.imports) if (name === undefined) mark(request, isWhole);
    for (const { imported, request } of syntax.indirectExports)
      if (imported === undefined) mark(request, isWhole);
    for (const request of syntax.stars) mark(request, hasStars);
    if (syntax.stars.length > 0) hasStars[number] = 1;
  });
  return { isWhole, hasStars };
}

const exportsAny = ({ facts: { syntax } }: Module): boolean =>
  syntax !== undefined && syntax.exports.length + syntax.indirectExports.length > 0;

/** Who asks each module for something, by number. */
function findAskers({ requests }: EvaluationGraph): number[][] {
  const askers = requests.map((): number[] => []);
  requests.forEach((targets, asker) => {
    for (const target of targets) askers[target]?.push(asker);
  });
  return askers;
}

/** Whether a module asks for the target of a reference where its code says so, and at once. */
const isRequiredBy = (module: Module, reference: number): boolean =>
  !isDeclared(module, reference) && AT_ONCE.has((module.facts.references[reference] as Reference).kind);

const AT_ONCE: ReadonlySet<ReferenceKind> = new Set(['require', 'import', 'declared']);

/** Modules that lead to one that requires others, and that this leads to. */
function findEntangled({ modules, graph }: NumberedModules): Uint8Array {
  const { componentOf, count } = findComponents(graph, [...modules.keys()]);
  const sizes = new Uint32Array(count);
  const requires = new Uint8Array(count);
  modules.forEach((module, number) => {
    const component = componentOf[number] as number;
    sizes[component] = (sizes[component] as number) + 1;
    if (module.targets.some((_, reference) => isRequiredBy(module, reference))) requires[component] = 1;
  });
  return Uint8Array.from(componentOf, (component) =>
    Number((sizes[component] as number) > 1 && requires[component] === 1),
  );
}

/** Modules that something required leads to. */
function findRequired({ modules, numbers }: NumberedModules, { requests }: EvaluationGraph): Uint8Array {
  const found = new Set<number>();
  for (const module of modules) {
    module.targets.forEach((path, reference) => {
      const target = numbers.get(path ?? '');
      if (target !== undefined && isRequiredBy(module, reference)) found.add(target);
    });
  }
  for (const module of found) for (const target of requests[module] as readonly number[]) found.add(target);
  return Uint8Array.from(modules, (_, number) => Number(found.has(number)));
}

/** Whether a module calls nothing when it runs. */
const isIdle = ({ facts }: Module): boolean => facts.syntax?.parts?.isAll === true;

const UNKNOWN = -1;
const NOBODY = -2;
const VARIOUS = -3;

const agree = (known: number | undefined, now: number): number =>
  known === UNKNOWN || known === now ? now : VARIOUS;

export function findRuns(numbered: NumberedModules, { bundleOf }: Split): Runs {
  const { modules } = numbered;
  const graph = evaluationGraph(numbered);
  const { isWhole, hasStars } = findSeen(numbered);
  const isEntangled = findEntangled(numbered);
  const isRequired = findRequired(numbered, graph);
  const askers = findAskers(graph);
  const prior = findPrior(numbered, graph, askers, isRequired);
  const led = bitMatrix(prior.sets.rows, modules.length);
  const fits = Uint8Array.from(modules, (module, number) =>
    Number(hasStars[number] === 0 && isEntangled[number] === 0 && isEsModule(module)),
  );
  /** The next one, in whatever direction: what is still, and in another bundle, may as well run earlier. */
  const neighbour = (order: readonly number[], place: number, step: 1 | -1): number => {
    const bundle = bundleOf[order[place] as number];
    let next = place + step;
    while (graph.still[order[next] ?? -1] === 1 && bundleOf[order[next] as number] !== bundle) next += step;
    return order[next] ?? NOBODY;
  };
  const behind = new Int32Array(modules.length).fill(UNKNOWN);
  const before = new Int32Array(modules.length).fill(UNKNOWN);
  const met = new Int32Array(modules.length);
  let time = 0;
  eachOrder(
    graph,
    (all, root) => {
      const isWaiting = all.some((module) => awaits(modules[module] as Module));
      const order = all.filter((module) => !isPrior(prior, root, module));
      order.forEach((module, place) => {
        if (isWaiting) fits[module] = 0;
        behind[module] = agree(behind[module], neighbour(order, place, 1));
        before[module] = agree(before[module], neighbour(order, place, -1));
      });
    },
    (module, root) => {
      time++;
      if (isPrior(prior, root, module)) addBit(led, prior.rowOf[root] as number, module);
      else if (met[module] === 0) met[module] = time;
    },
  );
  const isNext = (module: number, next: number | undefined): next is number =>
    next !== undefined &&
    next >= 0 &&
    before[next] === module &&
    isWhole[module] === 0 &&
    (isRequired[module] === 0 || isIdle(modules[module] as Module)) &&
    fits[next] === 1 &&
    bundleOf[next] === bundleOf[module];
  const lists: number[][] = [];
  modules.forEach((_, first) => {
    if (fits[first] === 0) return;
    const earlier = before[first] as number;
    if (earlier >= 0 && fits[earlier] === 1 && behind[earlier] === first && isNext(earlier, first)) return;
    const run = [first];
    for (let next = behind[first]; isNext(run.at(-1) as number, next); next = behind[next]) run.push(next);
    lists.push(...cutAtPrior(run, prior.sets, led).filter(({ length }) => length > 1));
  });
  return { graph, prior, lists, met, isWhole, askers };
}

/**
 * Cuts a run into lists: if one module of a list is prior to a root that leads to it, so are all of them.
 * @param sets the modules that are prior to each root
 * @param led those of them that it leads to
 */
function cutAtPrior(run: readonly number[], sets: BitMatrix, led: BitMatrix): number[][] {
  const lists: number[][] = [];
  /** Of the list so far, by row: whether the root leads to one that is prior; whether one is not. */
  const isLed = new Uint8Array(sets.rows);
  const isOpen = new Uint8Array(sets.rows);
  for (const module of run) {
    const leads = (row: number): boolean => isLed[row] === 1 || hasBit(led, row, module);
    const opens = (row: number): boolean => isOpen[row] === 1 || !hasBit(sets, row, module);
    const list = lists.at(-1);
    if (list && isLed.every((_, row) => !leads(row) || !opens(row))) list.push(module);
    else {
      lists.push([module]);
      isLed.fill(0);
      isOpen.fill(0);
    }
    isLed.forEach((_, row) => {
      if (hasBit(led, row, module)) isLed[row] = 1;
      if (!hasBit(sets, row, module)) isOpen[row] = 1;
    });
  }
  return lists;
}
