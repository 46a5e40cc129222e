/**
 * In which order ES modules run: from each root, that of ECMA-262 (InnerModuleEvaluation(), 16.2.1.6.1.3.1). A module runs when all that it
 * requests have run that can before it, in the order in which it requests them. So what runs first and is in no cycle with the rest leaves the
 * order of the rest as it is.
 */
import type { Module } from '../model';
import { type BitMatrix, hasBit } from './bits';
import { isEsModule } from './es-module';
import type { NumberedModules } from './graph';
import { isPlainStyle } from './kinds';
import { isStill } from './still';

export interface EvaluationGraph {
  /** What each module requests, in order, each once. What CommonJS requires runs when it says so: none. */
  requests: readonly (readonly number[])[];
  /** What evaluation begins with: what pages and workers begin with, and what is asked for otherwise than by declarations of ES modules. */
  roots: readonly number[];
  /** 1 for a module of which something runs. */
  runs: Uint8Array;
  /** 1 for a module of which nobody can tell when (`still.ts`). */
  still: Uint8Array;
}

/** What has run before roots can be asked for (`prior.ts`). */
export interface Prior {
  /** Row of each root in `sets`; -1 if nothing is known to have run. */
  rowOf: Int32Array;
  /** The modules that are prior to each root. */
  sets: BitMatrix;
}

export function isPrior({ rowOf, sets }: Prior, root: number, module: number): boolean {
  const row = rowOf[root] as number;
  return row >= 0 && hasBit(sets, row, module);
}

/** Whether a module asks for the target of a reference by a declaration, so that it runs before. */
export const isDeclared = (module: Module, reference: number): boolean =>
  isEsModule(module) && module.facts.references[reference]?.kind === 'import';

export function evaluationGraph({ modules, numbers, graph }: NumberedModules): EvaluationGraph {
  const isRoot = new Uint8Array(modules.length);
  for (const entry of graph.entries) isRoot[entry] = 1;
  for (const module of modules) {
    module.targets.forEach((path, reference) => {
      const target = numbers.get(path ?? '');
      if (target !== undefined && !isDeclared(module, reference)) isRoot[target] = 1;
    });
  }
  return {
    requests: allRequests({ modules, numbers }),
    roots: [...isRoot.keys()].filter((number) => isRoot[number] === 1),
    runs: Uint8Array.from(modules, (module) => Number(!module.isBridge && !isPlainStyle(module))),
    still: Uint8Array.from(modules, (module) => Number(isStill(module))),
  };
}

/** See `EvaluationGraph`. */
export const allRequests = ({ modules, numbers }: Pick<NumberedModules, 'modules' | 'numbers'>): number[][] =>
  modules.map((module) => requestsOf(module, numbers));

function requestsOf(module: Module, numbers: ReadonlyMap<string, number>): number[] {
  const { syntax } = module.facts;
  if (syntax === undefined || !isEsModule(module)) return [];
  const paths = syntax.requests.map((reference) => module.targets[reference] ?? '');
  return [...new Set(paths)].flatMap((path) => numbers.get(path) ?? []);
}

/**
 * Walks through graphs of as many modules, from one root after the other. It keeps its own stack, because a chain of imports may be longer
 * than the engine's.
 */
class Walk {
  private readonly seen: Int32Array;
  private readonly next: Int32Array;
  private time = 0;

  constructor(
    size: number,
    private readonly requests: (module: number) => readonly number[],
  ) {
    this.seen = new Int32Array(size);
    this.next = new Int32Array(size);
  }

  from(root: number, enter: (module: number) => void, leave: (module: number) => void): void {
    this.time++;
    const path: number[] = [];
    const meet = (module: number): void => {
      if (this.seen[module] === this.time) return;
      this.seen[module] = this.time;
      this.next[module] = 0;
      enter(module);
      path.push(module);
    };
    meet(root);
    for (let module = path.at(-1); module !== undefined; module = path.at(-1)) {
      const place = this.next[module] as number;
      const target = this.requests(module)[place];
      this.next[module] = place + 1;
      if (target !== undefined) meet(target);
      else leave(path.pop() as number);
    }
  }
}

const nothing = (): void => {};

/** What is told of each root: the modules that run, in order. The list is the same object for all roots. */
export function eachOrder(
  { requests, roots, runs }: EvaluationGraph,
  tell: (order: readonly number[], root: number) => void,
  enter: (module: number, root: number) => void = nothing,
): void {
  const walk = new Walk(requests.length, (module) => requests[module] as readonly number[]);
  const order: number[] = [];
  for (const root of roots) {
    order.length = 0;
    walk.from(
      root,
      (module) => enter(module, root),
      (module) => {
        if (runs[module] === 1) order.push(module);
      },
    );
    tell(order, root);
  }
}

/** Modules that run one right after the other, by the function that holds them, and what that requests in their place. */
export interface SharedFunction {
  /** In the order in which they run. */
  members: readonly number[];
  /** Others than these, in order, each once. */
  requests: readonly number[];
}

/** Each member, with its function. */
export const byMember = (functions: readonly SharedFunction[]): ReadonlyMap<number, SharedFunction> =>
  new Map(functions.flatMap((each) => each.members.map((member) => [member, each])));

/**
 * What the members of a function request: as they do when they are met in the order in which modules are from the first root that may run them.
 * @param met when each was
 */
function requestsOfAll(members: readonly number[], { requests }: EvaluationGraph, met: Int32Array): number[] {
  const own = new Set(members);
  const found = new Set<number>();
  const seen = new Set<number>();
  const visit = (member: number): void => {
    if (seen.has(member)) return;
    seen.add(member);
    for (const target of requests[member] as readonly number[]) {
      if (own.has(target)) visit(target);
      else found.add(target);
    }
  };
  const byTime = members.toSorted((a, b) => (met[a] as number) - (met[b] as number));
  for (const member of byTime) visit(member);
  return [...found];
}

/** A function stands where its last member does. */
const hosting =
  (functionOf: ReadonlyMap<number, SharedFunction>) =>
  (module: number): number =>
    functionOf.get(module)?.members.at(-1) ?? module;

/** What the function of each module requests, by the modules where functions stand. */
function requestsOfFunctions(
  { requests }: Pick<EvaluationGraph, 'requests'>,
  functionOf: ReadonlyMap<number, SharedFunction>,
): readonly (readonly number[])[] {
  const hostOf = hosting(functionOf);
  return requests.map((targets, module) => (functionOf.get(module)?.requests ?? targets).map(hostOf));
}

/** Whether a function requests itself, by way of others or not. Where none does, each is left after all that it requests. */
export function hasCycles(
  graph: Pick<EvaluationGraph, 'requests'>,
  functions: readonly SharedFunction[],
): boolean {
  const requests = requestsOfFunctions(graph, byMember(functions));
  const all = [...requests.keys()];
  const left = new Int32Array(requests.length + 1);
  let time = 0;
  // From one that would request all.
  new Walk(left.length, (module) => requests[module] ?? all).from(requests.length, nothing, (module) => {
    left[module] = time++;
  });
  const isLeftLater = (target: number, module: number): boolean =>
    (left[target] as number) >= (left[module] as number);
  return requests.some((targets, module) => targets.some((target) => isLeftLater(target, module)));
}

/**
 * The functions with which the modules run in another order, from any root, save for those that are still, or prior to it; some, if there are any.
 * Others may with those that are left when these are no more.
 */
function findDisorder(
  graph: EvaluationGraph,
  prior: Prior,
  functions: readonly SharedFunction[],
): ReadonlySet<SharedFunction> {
  const functionOf = byMember(functions);
  const hostOf = hosting(functionOf);
  const requests = requestsOfFunctions(graph, functionOf);
  const walk = new Walk(requests.length, (module) => requests[module] as readonly number[]);
  const wrong = new Set<SharedFunction>();
  eachOrder(graph, (order, root) => {
    const now: number[] = [];
    const met: number[] = [];
    walk.from(
      hostOf(root),
      (module) => met.push(module),
      (module) => {
        const shared = functionOf.get(module);
        if (shared) now.push(...shared.members);
        else if (graph.runs[module] === 1) now.push(module);
      },
    );
    const isSeen = (module: number): boolean => graph.still[module] === 0 && !isPrior(prior, root, module);
    const [before, after] = [order.filter(isSeen), now.filter(isSeen)];
    const place = before.findIndex((module, index) => after[index] !== module);
    if (place < 0 && before.length === after.length) return;
    const near = [before[place], after[place]].flatMap((module) => functionOf.get(module ?? -1) ?? []);
    const all = near.length > 0 ? near : met.flatMap((module) => functionOf.get(module) ?? []);
    for (const each of all) wrong.add(each);
  });
  return wrong;
}

/**
 * Functions with what they request. Those that would have modules run in another order are halved until none does.
 * @param cuts the members of each, which run one right after the other
 * @param met when each module was
 * @param isWhole 1 for modules whose namespaces somebody may have
 */
export function withoutDisorder(
  cuts: readonly (readonly number[])[],
  {
    graph,
    prior,
    met,
    isWhole,
  }: { graph: EvaluationGraph; prior: Prior; met: Int32Array; isWhole: Uint8Array },
): readonly SharedFunction[] {
  const functionOf = (members: readonly number[]): SharedFunction => ({
    members,
    requests: requestsOfAll(members, graph, met),
  });
  let functions = cuts.map(functionOf);
  const wrongOf = (all: readonly SharedFunction[]) => findDisorder(graph, prior, all);
  for (let wrong = wrongOf(functions); wrong.size > 0; wrong = wrongOf(functions)) {
    const known = wrong;
    functions = functions.flatMap((each) =>
      known.has(each) ? halvesOf(each.members, isWhole).map(functionOf) : each,
    );
  }
  return functions;
}

/** Of one whose last member has a namespace, the others are there for that one: none. */
function halvesOf(members: readonly number[], isWhole: Uint8Array): (readonly number[])[] {
  if (isWhole[members.at(-1) as number] === 1) return [];
  const middle = members.length >> 1;
  return [members.slice(0, middle), members.slice(middle)].filter(({ length }) => length > 1);
}
