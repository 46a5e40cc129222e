/**
 * ES modules in bundles do what they do in Node: seeded random graphs, run both ways. `SEED=123` runs one graph and,
 * where it fails, takes away all that the difference does not need; with `COUNT=50`, 50 graphs from there; with `SHARED=1`, as functions of several
 * modules.
 */
import { expect } from 'chai';
import { runtime } from '#client';
import { sharing } from '../helpers/pack';
import { compare, describeMismatch, type Mismatch } from './compare';
import type { Program } from './files';
import { staticOf } from './plan';
import { type Graph, randomGraph } from './random-graphs';
import { smallest } from './shrink';

const { SEED, COUNT, SHARED } = process.env;
const start = Number(SEED ?? 1);
const total = Number(COUNT ?? (SEED === undefined ? 1500 : 1));
const PER_TEST = 250;

const graphsFrom = (seed: number, count: number): Program[] =>
  Array.from({ length: count }, (_, index) => randomGraph(seed + index));

async function report(mismatches: readonly Mismatch[]): Promise<string> {
  const seeds = mismatches.map(({ program }) => program.seed).join(', ');
  const first = mismatches[0] as Mismatch;
  const shown = SEED === undefined ? first : await smallest(first);
  return `${mismatches.length} graphs differ: ${seeds}\n${describeMismatch(shown, first.program.seed)}`;
}

describe('ES modules: random graphs', () => {
  for (let seed = start; seed < start + total; seed += PER_TEST) {
    const count = Math.min(PER_TEST, start + total - seed);
    // Every other time as functions of several modules.
    const pipe = ((seed - start) / PER_TEST) % 2 === 1 || SHARED ? sharing : undefined;
    it(`do what they do in Node${pipe ? ', sharing functions' : ''}: seeds ${seed} to ${seed + count - 1}`, async () => {
      const { mismatches, broken } = await compare(graphsFrom(seed, count), { ...(pipe && { pipe }) });
      if (mismatches.length > 0) expect.fail(await report(mismatches));
      expect(broken, 'graphs that V8 cannot run').to.be.at.most(3);
    }).timeout(SEED === undefined ? 60_000 : 600_000);
  }
});

/** Whether no module waits, and all names are known before anything runs. */
const isSimple = ({ plans }: Graph): boolean =>
  plans.every(({ waits, stars }) => waits === 'never' && stars.length === 0);

const hasOthers = ({ plans }: Graph): boolean => plans.some(({ language }) => language !== 'mjs');

/** Whether ES modules lead to themselves. */
function leadsBack({ plans }: Graph): boolean {
  const left = new Set(plans.filter(({ language }) => language === 'mjs'));
  // Who asks for nothing that is left is in no cycle.
  for (let size = -1; size !== left.size; ) {
    size = left.size;
    for (const plan of left)
      if (![...left].some(({ number }) => staticOf(plan).includes(number))) left.delete(plan);
  }
  return left.size > 0;
}

/** The runtimes of such programs, which are smaller than that of others. All graphs of a test are in one pack. */
const SIMPLE: [title: string, part: SimplePart, isMeant: (graph: Graph) => boolean][] = [
  ['of ES modules', 'acyclic', (graph) => !hasOthers(graph) && !leadsBack(graph)],
  ['of ES modules that lead to themselves', 'simple', (graph) => !hasOthers(graph)],
  ['of ES modules that import CommonJS', 'acyclicMixed', (graph) => hasOthers(graph) && !leadsBack(graph)],
  ['of both', 'simpleMixed', () => true],
];

type SimplePart = 'simple' | 'simpleMixed' | 'acyclic' | 'acyclicMixed';

describe('ES modules: random graphs without `await` and stars', () => {
  const simple = Array.from({ length: 5000 }, (_, index) => randomGraph(50_001 + index)).filter(isSimple);
  for (const [title, part, isMeant] of SIMPLE) {
    it(`${title} do what they do in Node, with the runtime that these have`, async () => {
      const graphs = simple.filter(isMeant).slice(0, 300);
      const used: boolean[] = [];
      const look = (text: string): string => {
        if (text.includes('require.cache[')) used.push(text.includes(runtime[part]));
        return text;
      };
      const pipes = part.startsWith('acyclic') ? [{}, { pipe: sharing }] : [{}];
      for (const pipe of pipes) {
        const { mismatches } = await compare(graphs, { mutate: look, ...pipe });
        if (mismatches.length > 0) expect.fail(await report(mismatches));
      }
      expect(used).to.deep.equal(pipes.map(() => true));
      expect(graphs).to.have.lengthOf.above(250);
      const forms = new Set(graphs.flatMap((graph) => graph.forms));
      expect(forms).to.include('graph: module that throws');
      if (part === 'simple') expect(forms).to.include('graph: cycle').and.include('graph: import of itself');
    }).timeout(60_000);
  }
});
