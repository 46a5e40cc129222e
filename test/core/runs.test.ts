/**
 * Modules that share functions run as they would alone: random graphs, in which some modules fail, are evaluated by ECMA-262 in random visits, module
 * by module and function by function.
 */
import { expect } from 'chai';
import { randomNumbers } from '../../bench/generate-graph';
import { withoutDisorder } from '../../lib/core/evaluation';
import { toGraph } from '../../lib/core/graph';
import { findRuns } from '../../lib/core/runs';
import { split } from '../../lib/core/split';
import type { ModuleFacts } from '../../lib/facts';
import type { Module } from '../../lib/model';
import { moduleFacts } from '../../lib/parse/from-tokens';

const GRAPHS = 3_000;

type Edges = number[][];

interface Program {
  imports: Edges;
  later: Edges;
  entries: number[];
  fails: Set<number>;
  /** Those that only declare functions. */
  still: Set<number>;
}

function randomProgram(random: () => number): Program {
  const size = 2 + Math.floor(random() * 9);
  const numbers = Array.from({ length: size }, (_, number) => number);
  const shuffled = (): number[] =>
    numbers
      .map((number) => [random(), number] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, n]) => n);
  const isCyclic = random() < 0.4;
  const pick = (density: number, isBack: boolean): Edges =>
    numbers.map((number) =>
      shuffled().filter((target) => (isBack || target > number) && random() < density / size),
    );
  const imports = pick(1 + random() * 2, isCyclic);
  const later = pick(random() * 1.5, true);
  const entries = random() < 0.5 ? [0] : [0, 1];
  const fails = new Set(random() < 0.5 ? numbers.filter(() => random() < 0.2) : []);
  const still = numbers.filter((n) => imports[n]?.length === 0 && later[n]?.length === 0 && !fails.has(n));
  return { imports, later, entries, fails, still: new Set(still.filter(() => random() < 0.7)) };
}

const pathOf = (number: number): string => `/m${number}.js`;

function modulesOf({ imports, later, still }: Program): Map<string, Module> {
  return new Map(
    imports.map((targets, number): [string, Module] => {
      const path = pathOf(number);
      const source = [
        ...targets.map((target) => `import '.${pathOf(target)}';`),
        ...(later[number] ?? []).map((target) => `() => import('.${pathOf(target)}');`),
        still.has(number) ? 'export function still() {} export default still;' : 'export {};',
      ].join('\n');
      const facts = moduleFacts(source, {}) as ModuleFacts;
      const all = [...targets, ...(later[number] ?? [])].map(pathOf);
      const module = { path, source, facts, targets: all, shims: {}, runtime: undefined, isNodeModule: true };
      return [path, { ...module, isPure: false }];
    }),
  );
}

/** What is evaluated: ECMA-262, Evaluate() and InnerModuleEvaluation() of modules that do not await. */
class Evaluation {
  readonly trace: string[] = [];
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
      if (this.fails.has(member)) throw new Error('fails');
      this.trace.push(String(member));
    }
    if (own.least < own.index) return;
    for (const { node: each } of open.splice(open.indexOf(own))) this.state.set(each, 'evaluated');
  }
}

/** Which roots somebody who visits may ask for, one after the other. */
function randomVisit({ entries, later, imports }: Program, random: () => number): number[] {
  const roots = new Set(entries);
  const reached = new Set(entries);
  for (const module of reached) {
    for (const target of imports[module] as number[]) reached.add(target);
    for (const target of later[module] as number[]) {
      reached.add(target);
      roots.add(target);
    }
  }
  const dynamic = [...roots].filter((root) => !entries.includes(root) || random() < 0.2);
  const first = entries.toSorted(() => random() - 0.5);
  return [...first, ...Array.from({ length: 6 }, () => dynamic[Math.floor(random() * dynamic.length)] ?? 0)];
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
      const functionOf = new Map(functions.flatMap((each) => each.members.map((member) => [member, each])));
      const hostOf = (module: number): number => functionOf.get(module)?.members.at(-1) ?? module;
      const requests = (module: number): readonly number[] => graph.requests[module] as readonly number[];
      for (let visit = 0; visit < 4; visit++) {
        const roots = randomVisit(program, random);
        const alone = new Evaluation(requests, (module) => [module], program.fails);
        const together = new Evaluation(
          (node) => (functionOf.get(node)?.requests ?? requests(node)).map(hostOf),
          (node) => functionOf.get(node)?.members ?? [node],
          program.fails,
        );
        for (const root of roots) {
          const number = numbered.numbers.get(pathOf(root)) as number;
          alone.from(number);
          together.from(hostOf(number));
        }
        const where = `seed ${seed}, ${JSON.stringify({ program, roots, functions })}`;
        const isSeen = (name: string): boolean => !program.still.has(Number(name));
        expect(together.trace.filter(isSeen), where).to.deep.equal(alone.trace.filter(isSeen));
        expect(findLate(together.trace, program), where).to.deep.equal([]);
        if (together.trace.join() !== alone.trace.join()) moved++;
      }
    }
    expect(shared).to.be.above(GRAPHS / 2);
    expect(disordered).to.be.above(0);
    expect(moved).to.be.above(GRAPHS / 100);
  });
});
