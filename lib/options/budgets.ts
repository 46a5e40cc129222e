/** What budgets may be: bytes, in words. */

/** Name of an entry, stable name of a worker's module or of one that is requested later, or `*` → most bytes after brotli. */
export type Budgets = Readonly<Record<string, string | number>>;

const UNITS = { B: 1, kB: 1000, MB: 1_000_000, KiB: 1024, MiB: 1_048_576 } as const;

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|kB|MB|KiB|MiB)$/;

export const budgetForm =
  "an object of numbers of bytes, or of sizes in B, kB, MB, KiB or MiB: { home: '80 kB', '*': '200 kB' }";

/** @returns `undefined` when it is no size */
export function bytesIn(size: unknown): number | undefined {
  if (typeof size === 'number') return Number.isFinite(size) && size >= 0 ? size : undefined;
  const [, number, unit] = (typeof size === 'string' && SIZE.exec(size)) || [];
  return unit === undefined ? undefined : Math.round(Number(number) * UNITS[unit as keyof typeof UNITS]);
}

export const isBudget = (value: unknown): boolean => bytesIn(value) !== undefined;

export const resolveBudgets = (budgets: Budgets = {}): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(budgets)
      .filter(([, size]) => size !== undefined)
      .map(([name, size]) => [name, bytesIn(size) as number]),
  );
