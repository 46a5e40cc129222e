/**
 * ES modules in bundles do what they do in Node: seeded random graphs, run both ways. `SEED=123` runs one graph and,
 * where it fails, takes away all that the difference does not need; with `COUNT=50`, 50 graphs from there.
 */
import { expect } from 'chai';
import { runtime } from '#client';
import { compare, describeMismatch, type Mismatch } from './compare';
import type { Program } from './files';
import { type Graph, randomGraph } from './random-graphs';
import { smallest } from './shrink';

const { SEED, COUNT } = process.env;
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
    it(`do what they do in Node: seeds ${seed} to ${seed + count - 1}`, async () => {
      const { mismatches, broken } = await compare(graphsFrom(seed, count));
      if (mismatches.length > 0) expect.fail(await report(mismatches));
      expect(broken, 'graphs that V8 cannot run').to.be.at.most(3);
    }).timeout(SEED === undefined ? 60_000 : 600_000);
  }
});

/** Whether the program has nothing but ES modules that never wait, and whose names are known before anything runs. */
const isSimple = ({ plans }: Graph): boolean =>
  plans.every(({ language, waits, stars }) => language === 'mjs' && waits === 'never' && stars.length === 0);

/** How many graphs there are to choose from; there, each has a runtime that is half as large. */
const SIMPLE_FROM = 6000;

describe('ES modules: random graphs of nothing else', () => {
  it('do what they do in Node, with the runtime of such programs', async () => {
    const graphs = Array.from({ length: SIMPLE_FROM }, (_, index) => randomGraph(50_001 + index))
      .filter(isSimple)
      .slice(0, 500);
    let hasIt = false;
    const look = (text: string): string => {
      hasIt ||= text.includes(runtime.simple);
      return text;
    };
    const { mismatches } = await compare(graphs, { mutate: look });
    if (mismatches.length > 0) expect.fail(await report(mismatches));
    expect(hasIt).to.equal(true);
    const forms = new Set(graphs.flatMap((graph) => graph.forms));
    expect([...forms]).to.include.members([
      'graph: cycle',
      'graph: import of itself',
      'graph: module that throws',
    ]);
  }).timeout(60_000);
});
