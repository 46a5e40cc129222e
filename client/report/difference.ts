/** Two lists of things by their names → what came, went, and changed in size. */

export interface Difference {
  name: string;
  /** Absent where it was not there. */
  before?: number;
  after?: number;
  change: number;
}

/** Those that differ, the largest changes first. Sizes of a name that comes more than once are added. */
export function differences(
  before: Iterable<readonly [name: string, size: number]>,
  after: Iterable<readonly [name: string, size: number]>,
): Difference[] {
  const old = added(before);
  const now = added(after);
  const names = new Set([...old.keys(), ...now.keys()]);
  const all = [...names].map((name): Difference => {
    const was = old.get(name);
    const is = now.get(name);
    return {
      name,
      ...(was !== undefined && { before: was }),
      ...(is !== undefined && { after: is }),
      change: (is ?? 0) - (was ?? 0),
    };
  });
  return all
    .filter((each) => each.before !== each.after)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.name < b.name ? -1 : 1));
}

function added(pairs: Iterable<readonly [string, number]>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const [name, size] of pairs) sizes.set(name, (sizes.get(name) ?? 0) + size);
  return sizes;
}
