/**
 * The proof of every build: do these files keep the order of each page, and are there fewest of them? Worked out anew from the documents, with the cores by
 * the formula of `core/minimal.ts`, and from pairs of files, not of styles: two files are one too many when the one can be appended to the other on every page.
 */
import { classesOf, isEqual, loadsBy, type Proof } from '../minimal';
import type { StyleItem } from './documents';
import type { StyleProblem, StyleSplit } from './split';

/** @param loads what requests for roots must have of the files */
export function areStylesMinimal(
  proof: Proof,
  items: readonly StyleItem[],
  problem: StyleProblem,
  { files, orders, contradictions }: StyleSplit,
  loads: ReadonlyMap<number, number[]>,
): boolean {
  const { classOf, empty } = classesOf(proof);
  const moduleOf = (style: number): number => (items[style] as StyleItem).module;
  const classAt = (style: number): number => classOf[moduleOf(style)] as number;
  const reached = items.flatMap((_, style) => (classAt(style) === empty ? [] : [style]));
  const isUniform = (file: readonly number[]): boolean =>
    file.length > 0 && file.every((style) => classAt(style) === classAt(file[0] as number));
  const broken = new Set(contradictions.map(({ first, second }) => `${first} ${second}`));
  return (
    isSameSet(files.flat(), reached) &&
    files.every(isUniform) &&
    isEqual(
      loads,
      loadsBy(
        proof,
        files.map(([first]) => moduleOf(first as number)),
      ),
    ) &&
    [...problem.pages].every(([entry, roots]) => {
      const order = (orders.get(entry) ?? []).flatMap((file) => files[file] as number[]);
      const documents = roots.map((root) => problem.documents.get(root) ?? []);
      return isSameSet(order, [...new Set(documents.flat())]) && keeps(order, documents, broken);
    }) &&
    areFewest(files, orders, problem, classAt)
  );
}

/** Whether two lists have the same items, none of them twice. */
function isSameSet(list: readonly number[], items: readonly number[]): boolean {
  const set = new Set(list);
  return set.size === list.length && list.length === items.length && items.every((item) => set.has(item));
}

/** Whether neighbours in documents stand in their order, but for the pairs that are known to be contradicted. */
function keeps(
  order: readonly number[],
  documents: readonly (readonly number[])[],
  broken: ReadonlySet<string>,
): boolean {
  const places = new Map(order.map((style, place) => [style, place]));
  const placeOf = (style: number): number => places.get(style) as number;
  return documents.every((document) =>
    document.every((style, index) => {
      const next = document[index + 1];
      return next === undefined || placeOf(style) < placeOf(next) || broken.has(`${style} ${next}`);
    }),
  );
}

/** Whether no two files of one core could be one. */
function areFewest(
  files: readonly (readonly number[])[],
  orders: StyleSplit['orders'],
  { mayFollow }: StyleProblem,
  classAt: (style: number) => number,
): boolean {
  /** The files that stand behind each one, on some page; -1 for none. */
  const behind = files.map(() => new Set<number>());
  for (const order of orders.values())
    order.forEach((file, place) => {
      behind[file]?.add(order[place + 1] ?? -1);
    });
  return files.every((file, index) => {
    const [next, ...others] = behind[index] as ReadonlySet<number>;
    const follower = files[next ?? -1];
    if (follower === undefined || others.length > 0) return true;
    const [last, first] = [file.at(-1) as number, follower[0] as number];
    return classAt(last) !== classAt(first) || !mayFollow(first, last);
  });
}
