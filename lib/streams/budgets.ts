/** Whether pages keep to their budgets, by the files that are served. */
import type { Outcome } from '../build';
import { budgeted, type Load, largestIn, loadsOf, subjectOf, type WeighedBundle } from '../report/budgets';
import { createMeasure, partsOf } from '../report/contents';
import { budgetExceeded, type Excess, sizeUnknown } from '../report/failures';
import { installedPackage } from '../report/packages';
import { brotliSize } from '../report/sizes';
import type { Finished } from '../run';
import type { PackContext } from './context';

/** What contents come to after brotli: while they are the same, they are not compressed again. */
const known = new WeakMap<Buffer, Promise<number>>();

function sizeOf(contents: Buffer): Promise<number> {
  const size = known.get(contents) ?? brotliSize(contents);
  known.set(contents, size);
  return size;
}

async function sizesOf(
  names: ReadonlySet<string>,
  contents: ReadonlyMap<string, Buffer>,
): Promise<ReadonlyMap<string, number>> {
  const missing = [...names].find((name) => !contents.has(name));
  if (missing !== undefined) throw sizeUnknown(missing, 'scripts');
  const sizes = [...names].map(async (name) => [name, await sizeOf(contents.get(name) as Buffer)] as const);
  return new Map(await Promise.all(sizes));
}

/** The reasons, which nobody needs as long as all is well. */
function explain(
  { root, bundles }: Load,
  build: Finished,
  contents: ReadonlyMap<string, Buffer>,
  sizes: ReadonlyMap<string, number>,
  { builder }: PackContext,
): string[] {
  const measure = createMeasure(build);
  const parts = partsOf(build);
  const weighed = bundles.map((name): WeighedBundle => {
    const bytes = measure(name, String(contents.get(name)));
    const modules = (parts.get(name) ?? []).map(({ path }, index) => ({
      number: build.numbers.get(path) as number,
      bytes: bytes[index] as number,
    }));
    return { raw: (contents.get(name) as Buffer).length, brotli: sizes.get(name) as number, modules };
  });
  const start = build.paths.findIndex((path) => build.names.id(path) === root);
  return largestIn(weighed, start, build, (path) => installedPackage(path, builder.packageOf)?.name);
}

/**
 * Checks the budgets of the pack.
 * @param contents of all bundles, by name
 * @throws BUDGET, INVALID_OPTION or SIZE_UNKNOWN
 */
export async function checkBudgets(
  context: PackContext,
  outcome: Outcome,
  contents: ReadonlyMap<string, Buffer>,
): Promise<void> {
  const { budgets, root } = context.options;
  if (budgets.size === 0) return;
  const limited = budgeted(loadsOf(outcome, root), budgets);
  const sizes = await sizesOf(new Set(limited.flatMap(({ load }) => load.bundles)), contents);
  const bytesOf = ({ bundles }: Load): number =>
    bundles.reduce((sum, name) => sum + (sizes.get(name) as number), 0);
  const exceeding = limited.filter(({ load, budget }) => bytesOf(load) > budget);
  if (exceeding.length === 0) return;
  const build = await context.builder.whole();
  const all = exceeding.map(
    ({ load, budget }): Excess => ({
      subject: subjectOf(load),
      bytes: bytesOf(load),
      budget,
      reasons: explain(load, build, contents, sizes, context),
    }),
  );
  throw budgetExceeded(all.sort((a, b) => b.bytes - b.budget - (a.bytes - a.budget)));
}
