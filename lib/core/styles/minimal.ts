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
  { files, orders }: StyleSplit,
  loads: ReadonlyMap<number, number[]>,
): boolean {
  const { classOf, empty } = classesOf(proof);
  const moduleOf = (style: number): number => (items[style] as StyleItem).module;
  const classAt = (style: number): number => classOf[moduleOf(style)] as number;
  const reached = items.flatMap((_, style) => (classAt(style) === empty ? [] : [style]));
  const isUniform = (file: readonly number[]): boolean =>
    file.length > 0 &&
    file.every(
      (style, index) =>
        index === 0 ||
        (classAt(style) === classAt(file[0] as number) &&
          problem.mayFollow(style, file[index - 1] as number)),
    );
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
      return isSameSet(order, [...new Set(documents.flat())]) && keeps(order, documents);
    }) &&
    areFewest(files, orders, problem, classAt)
  );
}

/** Whether two lists have the same items, none of them twice. */
function isSameSet(list: readonly number[], items: readonly number[]): boolean {
  const set = new Set(list);
  return set.size === list.length && list.length === items.length && items.every((item) => set.has(item));
}

/** Whether each two styles stand as the first document has them that has both, unless documents up to it have them the other way round, by way of others. */
function keeps(order: readonly number[], documents: readonly (readonly number[])[]): boolean {
  const places = new Map(order.map((style, place) => [style, place]));
  const lists = documents.map((document) => document.map((style) => places.get(style) as number));
  return lists.every((list, number) => {
    const isAscending = list.every((place, index) => index === 0 || place > (list[index - 1] as number));
    if (isAscending) return true;
    const before = lists.slice(0, number + 1);
    return list.every((second, index) =>
      list.slice(0, index).every((first) => first < second || isLed(second, first, before)),
    );
  });
}

/** Whether lists lead from one place to another one behind it, over places that they have in ascending order. */
function isLed(from: number, to: number, lists: readonly (readonly number[])[]): boolean {
  const reached = new Set([from]);
  for (const place of reached) {
    for (const list of lists) {
      const index = list.indexOf(place);
      if (index === -1) continue;
      for (const later of list.slice(index + 1)) if (later > place && later <= to) reached.add(later);
    }
    if (reached.has(to)) return true;
  }
  return false;
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
