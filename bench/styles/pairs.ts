/** Pairs of styles whose order sources say. */

export interface Pair {
  first: number;
  second: number;
}

export const nameOf = ({ first, second }: Pair): string => `${first} ${second}`;

/** Whether a document has both, in this order. */
export const has = (document: readonly number[], first: number, second: number): boolean =>
  document.includes(first) && document.indexOf(first) < document.indexOf(second);

/** Style → those that stand behind it in some document, by way of other styles, too. */
function findBehind(documents: readonly (readonly number[])[]): Map<number, Set<number>> {
  const behind = new Map<number, Set<number>>();
  for (const document of documents)
    document.forEach((style, index) => {
      behind.set(style, new Set([...(behind.get(style) ?? []), ...document.slice(index + 1)]));
    });
  for (const found of behind.values())
    for (const style of found) for (const next of behind.get(style) ?? []) found.add(next);
  return behind;
}

/** The pairs that a document has in this order, and that none has the other way round, by way of other styles neither. */
export function agreedPairs(documents: readonly (readonly number[])[]): Map<string, Pair> {
  const behind = findBehind(documents);
  const pairs = documents.flatMap((document) =>
    document.flatMap((first, index) => document.slice(index + 1).map((second): Pair => ({ first, second }))),
  );
  const agreed = pairs.filter(({ first, second }) => !behind.get(second)?.has(first));
  return new Map(agreed.map((pair) => [nameOf(pair), pair]));
}
