/** Sums over visits. */
import type { Judgement } from './judge';
import type { Step } from './page';
import { type Program, stylesIn, styleText } from './program';

/** Bytes are those of texts. */
const zero = {
  visits: 0,
  /** Entries and parts that were loaded. */
  steps: 0,
  pairs: 0,
  faults: 0,
  contested: 0,
  indirect: 0,
  visitsWithFaults: 0,
  /** Pairs of an entry whose order in the end depends on what was loaded first. */
  byClicks: 0,
  missing: 0,
  /** Entries and parts that ran before their styles were applied. */
  early: 0,
  warnings: 0,
  files: 0,
  requests: 0,
  bytes: 0,
  /** Of styles that have come before, or in another file of the same step. */
  again: 0,
  /** Of styles that nothing loaded so far imports. */
  unasked: 0,
};

export type Score = Record<keyof typeof zero, number>;

export const scoreOf = (part: Partial<Score>): Score => ({ ...zero, ...part });

export function addUp(scores: readonly Score[]): Score {
  const total = scoreOf({});
  for (const score of scores)
    for (const name of Object.keys(zero) as (keyof Score)[]) total[name] += score[name];
  return total;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** What traffic comes to, step by step. */
function scoreTraffic(
  program: Program,
  steps: readonly Step[],
  judged: readonly Judgement[],
): Partial<Score> {
  const sizes = program.styles.map((_, style) => Buffer.byteLength(styleText(program, style)));
  const sizeOf = (styles: readonly number[]): number => sum(styles.map((style) => sizes[style] as number));
  const known = new Set<number>();
  const score = { requests: 0, bytes: 0, again: 0, unasked: 0 };
  steps.forEach(({ texts }, index) => {
    const came = texts.flatMap(stylesIn);
    const fresh = [...new Set(came)].filter((style) => !known.has(style));
    score.requests += texts.length;
    score.bytes += sum(texts.map((text) => Buffer.byteLength(text)));
    score.again += sizeOf(came) - sizeOf(fresh);
    score.unasked += sizeOf(fresh.filter((style) => !judged[index]?.needed.has(style)));
    for (const style of fresh) known.add(style);
  });
  return score;
}

export function scoreVisit(program: Program, steps: readonly Step[], judged: readonly Judgement[]): Score {
  const faults = sum(judged.map((each) => each.faults.length));
  return scoreOf({
    ...scoreTraffic(program, steps, judged),
    visits: 1,
    steps: steps.length,
    pairs: sum(judged.map(({ pairs }) => pairs)),
    faults,
    contested: sum(judged.map(({ contested }) => contested.length)),
    indirect: sum(judged.map(({ indirect }) => indirect.length)),
    visitsWithFaults: faults > 0 ? 1 : 0,
    missing: sum(judged.map(({ missing }) => missing.length)),
    early: steps.filter(({ lacking }) => lacking > 0).length,
  });
}

/** @param ends the last steps of all visits that begin with one entry */
export function countByClicks(ends: readonly Step[]): number {
  const last = new Map<string, Set<number>>();
  for (const end of ends)
    for (const [pair, style] of Object.entries(end.last)) last.set(pair, new Set(last.get(pair)).add(style));
  return [...last.values()].filter(({ size }) => size > 1).length;
}
