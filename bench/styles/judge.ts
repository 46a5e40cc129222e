/** What is wrong with a page after a step, against what its sources say. */
import type { Step } from './page';
import { agreedPairs, has, nameOf, type Pair } from './pairs';
import { documentOf, type Program, pairName, rootsOf } from './program';
import type { Visit } from './visits';

export interface Judgement {
  /** Styles that what is loaded imports. */
  needed: ReadonlySet<number>;
  /** Pairs whose order all documents of the page agree on. */
  pairs: number;
  /** Of these, pairs that stand the other way round. */
  faults: Pair[];
  /** Pairs that stand otherwise than all that is loaded has them, where a part that is not loaded contradicts that. */
  contested: Pair[];
  /** Of these, pairs that no part has the other way round but by way of other styles. */
  indirect: Pair[];
  /** Styles that have not come. */
  missing: number[];
}

/** Whether both are there, and the first one has the last word. */
const isReversed = ({ first, second }: Pair, { there, last }: Step): boolean =>
  there.has(first) && there.has(second) && last[pairName(first, second)] === first;

/** @param loaded what the visit has loaded, the entry first */
export function judge(program: Program, loaded: Visit, step: Step): Judgement {
  const documents = loaded.map((root) => documentOf(program, root));
  const needed = new Set(documents.flat());
  const all = rootsOf(program, loaded[0] as string).map((root) => documentOf(program, root));
  const agreed = agreedPairs(all);
  const said = [...agreedPairs(documents).values()];
  const isAgreed = (pair: Pair): boolean => agreed.has(nameOf(pair));
  const reversed = said.filter((pair) => isReversed(pair, step));
  const contested = reversed.filter((pair) => !isAgreed(pair));
  return {
    needed,
    pairs: said.filter(isAgreed).length,
    faults: reversed.filter(isAgreed),
    contested,
    indirect: contested.filter(({ first, second }) => !all.some((document) => has(document, second, first))),
    missing: [...needed].filter((style) => !step.there.has(style)),
  };
}

/** In words, a line each. */
export function describe({ styles }: Program, { faults, contested, indirect, missing }: Judgement): string[] {
  const inWords = ({ first, second }: Pair): string => `${styles[first]} stands behind ${styles[second]}`;
  return [
    ...faults.map((pair) => `fault: ${inWords(pair)}`),
    ...contested.map(
      (pair) => `contested${indirect.includes(pair) ? ' by way of others' : ''}: ${inWords(pair)}`,
    ),
    ...missing.map((style) => `missing: ${styles[style]}`),
  ];
}
