/**
 * Modules that share functions run as they would alone: random graphs, in which some modules fail, are evaluated by ECMA-262 in random visits, module
 * by module and function by function.
 */
import { expect } from 'chai';
import { randomNumbers } from '../../bench/generate-graph';
import { eachOrder, type SharedFunction, withoutDisorder } from '../../lib/core/evaluation';
import { toGraph } from '../../lib/core/graph';
import { findRuns, type Runs } from '../../lib/core/runs';
import { split } from '../../lib/core/split';
import type { ModuleFacts, Reference } from '../../lib/facts';
import type { Module } from '../../lib/model';
import { moduleFacts } from '../../lib/parse/from-tokens';

const GRAPHS = 3_000;

type Edges = number[][];

interface Program {
  imports: Edges;
  later: Edges;
  workers: Edges;
  entries: number[];
  fails: Set<number>;
  /** Those that only declare functions. */
  still: Set<number>;
}

/** In a third of the programs, one is a page that another one shows later: they have much in common. */
const [LATER, APP, MAIN] = [0, 1, 2];

function randomProgram(random: () => number): Program {
  const size = 3 + Math.floor(random() * 8);
  const numbers = Array.from({ length: size }, (_, number) => number);
  const shuffled = (): number[] =>
    numbers
      .map((number) => [random(), number] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, n]) => n);
  const pick = (density: number, isEdge: (number: number, target: number) => boolean = () => true): Edges =>
    numbers.map((number) =>
      shuffled().filter((target) => isEdge(number, target) && random() < density / size),
    );
  const isPaged = random() < 1 / 3;
  const isCyclic = random() < (isPaged ? 0.7 : 0.4);
  const isRound = isPaged && random() < 0.3;
  const imports = pick(1 + random() * 2, (number, target) => {
    if (!isPaged) return isCyclic || target > number;
    return number > MAIN
      ? (target > MAIN && (isCyclic || target > number)) || (isRound && target === MAIN)
      : target > MAIN;
  });
  const later = pick(random() * (isPaged ? 0.7 : 1.5), (number) => !isPaged || number <= MAIN);
  if (isPaged) {
    const add = (edges: Edges, number: number, target: number): void => {
      edges[number] = [target, ...(edges[number] ?? [])].toSorted(() => random() - 0.5);
    };
    if (random() < 0.5) imports[MAIN] = [];
    if (random() < 0.8) add(imports, MAIN, APP);
    if (random() < 0.4) add(later, MAIN, LATER);
    add(later, APP, LATER);
  }
  const workers = pick(random() < 0.3 ? 0.5 : 0);
  const first = isPaged ? MAIN : 0;
  const entries = random() < 0.5 ? [first] : [first, 1];
  const fails = new Set(random() < 0.5 ? numbers.filter(() => random() < 0.2) : []);
  const isLeaf = (n: number): boolean => [imports, later, workers].every((edges) => edges[n]?.length === 0);
  const still = numbers.filter((n) => isLeaf(n) && !fails.has(n));
  return { imports, later, workers, entries, fails, still: new Set(still.filter(() => random() < 0.7)) };
}

const pathOf = (number: number): string => `/m${number}.js`;

function modulesOf({ imports, later, workers, still }: Program): Map<string, Module> {
  return new Map(
    imports.map((targets, number): [string, Module] => {
      const path = pathOf(number);
      const source = [
        ...targets.map((target) => `import '.${pathOf(target)}';`),
        ...(later[number] ?? []).map((target) => `() => import('.${pathOf(target)}');`),
        still.has(number) ? 'export function still() {} export default still;' : 'export {};',
      ].join('\n');
      const facts = moduleFacts(source, {}) as ModuleFacts;
      const end = source.length;
      const started = (workers[number] ?? []).map(
        (target): Reference => ({
          kind: 'new Worker()',
          specifier: `.${pathOf(target)}`,
          start: end,
          end,
          optional: true,
        }),
      );
      const references = [...facts.references, ...started];
      const all = [...targets, ...(later[number] ?? []), ...(workers[number] ?? [])].map(pathOf);
      const module = {
        path,
        source,
        facts: { ...facts, references },
        targets: all,
        shims: {},
        runtime: undefined,
        isNodeModule: true,
      };
      return [path, { ...module, isPure: false }];
    }),
  );
}

/** What is evaluated: ECMA-262, Evaluate() and InnerModuleEvaluation() of modules that do not await. */
class Evaluation {
  readonly trace: string[] = [];
  /** Of which something has run, if not all. */
  readonly begun = new Set<number>();
  private readonly state = new Map<number, 'evaluating' | 'evaluated' | 'failed'>();

  constructor(
    private readonly requests: (node: number) => readonly number[],
    private readonly members: (node: number) => readonly number[],
    private readonly fails: ReadonlySet<number>,
  ) {}

  from(root: number): void {
    const open: { node: number; index: number; least: number }[] = [];
    try {
      this.visit(root, open, { index: 0 });
      this.trace.push('done');
    } catch {
      for (const { node } of open) this.state.set(node, 'failed');
      this.trace.push('failed');
    }
  }

  private visit(
    node: number,
    open: { node: number; index: number; least: number }[],
    counter: { index: number },
  ): void {
    const state = this.state.get(node);
    if (state === 'failed') throw new Error('failed before');
    if (state !== undefined) return;
    this.state.set(node, 'evaluating');
    const own = { node, index: counter.index, least: counter.index };
    counter.index++;
    open.push(own);
    for (const target of this.requests(node)) {
      this.visit(target, open, counter);
      const other = open.find((each) => each.node === target);
      if (other) own.least = Math.min(own.least, other.least);
    }
    for (const member of this.members(node)) {
      this.begun.add(member);
      if (this.fails.has(member)) throw new Error('fails');
      this.trace.push(String(member));
    }
    if (own.least < own.index) return;
    for (const { node: each } of open.splice(open.indexOf(own))) this.state.set(each, 'evaluated');
  }
}

function allFrom(starts: Iterable<number>, ...edges: Edges[]): ReadonlySet<number> {
  const found = new Set(starts);
  for (const module of found)
    for (const each of edges) for (const target of each[module] as number[]) found.add(target);
  return found;
}

/** What visits begin with: all entries of a page, or a worker. */
function startsOf({ entries, imports, later, workers }: Program): number[][] {
  const started = [...allFrom(entries, imports, later, workers)].flatMap(
    (module) => workers[module] as number[],
  );
  return [entries, ...started.map((worker) => [worker])];
}

/**
 * What may be asked for next: what the visit begins with; and, by what has run, whatever it can call: functions are there before their modules
 * have run.
 */
const askable = (begun: Iterable<number>, { imports, later }: Program): number[] =>
  [...allFrom(begun, imports)].flatMap((module) => later[module] as number[]);

/** Whether some root leads to not all of a function, or in another order. */
function isJoinedByPrior({ graph }: Runs, functions: readonly SharedFunction[]): boolean {
  let found = false;
  eachOrder(graph, (order) => {
    for (const { members } of functions) {
      const led = order.filter((module) => members.includes(module)).join();
      if (led !== '' && led !== members.join()) found = true;
    }
  });
  return found;
}

/** Modules that have run before what is still, though they import it. */
const findLate = (trace: readonly string[], { imports, still }: Program): number[] =>
  imports.flatMap((targets, module) =>
    trace.includes(String(module)) &&
    targets.some(
      (target) =>
        still.has(target) && !trace.slice(0, trace.indexOf(String(module))).includes(String(target)),
    )
      ? module
      : [],
  );

describe('modules that run one right after the other', () => {
  it('run as they would alone, in every visit', () => {
    let shared = 0;
    let disordered = 0;
    let moved = 0;
    let joinedByPrior = 0;
    for (let seed = 1; seed <= GRAPHS; seed++) {
      const random = randomNumbers(seed);
      const program = randomProgram(random);
      const entries = program.entries.map((number) => ({ path: pathOf(number) }));
      const numbered = toGraph(modulesOf(program), entries, String);
      const runs = findRuns(numbered, split(numbered.scripts));
      const { graph, lists } = runs;
      const functions = withoutDisorder(lists, runs);
      const members = functions.map((each) => each.members);
      if (JSON.stringify(members) !== JSON.stringify(lists)) disordered++;
      shared += functions.length;
      if (isJoinedByPrior(runs, functions)) joinedByPrior++;
      const begins = startsOf(program);
      const pickOne = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const functionOf = new Map(functions.flatMap((each) => each.members.map((member) => [member, each])));
      const hostOf = (module: number): number => functionOf.get(module)?.members.at(-1) ?? module;
      const requests = (module: number): readonly number[] => graph.requests[module] as readonly number[];
      for (let visit = 0; visit < 4; visit++) {
        const starts = pickOne(begins);
        const alone = new Evaluation(requests, (module) => [module], program.fails);
        const together = new Evaluation(
          (node) => (functionOf.get(node)?.requests ?? requests(node)).map(hostOf),
          (node) => functionOf.get(node)?.members ?? [node],
          program.fails,
        );
        const roots: number[] = [];
        for (let turn = 0; turn < 8; turn++) {
          const root = pickOne([...starts, ...askable(alone.begun, program)]);
          roots.push(root);
          alone.from(root);
          together.from(hostOf(root));
        }
        const where = `seed ${seed}, ${JSON.stringify({ program, roots, functions })}`;
        const isSeen = (name: string): boolean => !program.still.has(Number(name));
        expect(together.trace.filter(isSeen), where).to.deep.equal(alone.trace.filter(isSeen));
        expect(findLate(together.trace, program), where).to.deep.equal([]);
        if (together.trace.join() !== alone.trace.join()) moved++;
      }
    }
    expect(shared).to.be.above(GRAPHS / 2);
    expect(disordered).to.be.within(1, GRAPHS / 100);
    expect(moved).to.be.above(GRAPHS / 100);

    expect(joinedByPrior).to.be.above(GRAPHS / 50);
  });
});
