/** Whether pages keep to their budgets, by the files that are served. */
import type { Outcome } from '../build';
import type { PackageOf } from '../fs/packages';
import type { ResolvedOptions } from '../options/resolved';
import {
  assertKnown,
  budgeted,
  type Explained,
  type Load,
  largestIn,
  loadsOf,
  restOf,
  subjectOf,
  type WeighedBundle,
} from '../report/budgets';
import { createMeasure, partsOf } from '../report/contents';
import { edgesAlone } from '../report/edges';
import { budgetExceeded, type Excess, sizeUnknown, uncheckedBudgets } from '../report/failures';
import { installedPackage } from '../report/packages';
import { brotliSize } from '../report/sizes';
import { listWords } from '../report/words';
import type { Finished } from '../run';
import type { BuildWarning } from '../warnings';
import type { PackContext } from './context';

async function sizesOf(
  names: ReadonlySet<string>,
  contents: ReadonlyMap<string, Buffer>,
): Promise<ReadonlyMap<string, number>> {
  const missing = [...names].find((name) => !contents.has(name));
  if (missing !== undefined) throw sizeUnknown(missing, 'scripts');
  const sizes = [...names].map(
    async (name) => [name, await brotliSize(contents.get(name) as Buffer)] as const,
  );
  return new Map(await Promise.all(sizes));
}

/** The modules of a load, by number: those of pages, or those of a script that stands alone. */
function graphOf(
  { bundles: [name = ''] }: Load,
  build: Finished,
  packageOf: PackageOf,
): Explained & { numbers: ReadonlyMap<string, number> } {
  const script = build.scriptsAlone.get(name)?.plan;
  const { modules, numbers, names } = script ?? build;
  const pathOf = (number: number): string => modules[number]?.path ?? '';
  const edges = script ? edgesAlone(script) : build.edges;
  return {
    numbers,
    modules: edges.map(({ fixed, later, workers }) => ({ imports: fixed, later, workers })),
    isLate: script !== undefined,
    nameOf: (number) => names.name(pathOf(number)),
    packageOf: (number) => installedPackage(pathOf(number), packageOf)?.name,
  };
}

/** Path of the module that a load begins with. */
const startOf = ({ root, bundles: [name = ''] }: Load, { scriptsAlone, paths, names }: Finished): string =>
  scriptsAlone.get(name)?.plan.path ?? paths.find((path) => names.id(path) === root) ?? '';

/** The options that let bundles hold what some request does not need yet. */
const mergersIn = ({ split: { requestCost, pages } }: ResolvedOptions): string =>
  listWords([
    ...(requestCost > 0 ? ['split.requestCost'] : []),
    ...(Object.keys(pages).length > 0 ? ['split.pages'] : []),
  ]);

/** The reasons, which nobody needs as long as all is well. */
function explain(
  load: Load,
  build: Finished,
  contents: ReadonlyMap<string, Buffer>,
  sizes: ReadonlyMap<string, number>,
  { builder, options }: PackContext,
): string[] {
  const measure = createMeasure(build);
  const parts = partsOf(build);
  const graph = graphOf(load, build, builder.packageOf);
  const weighed = load.bundles.map((name): WeighedBundle => {
    const bytes = measure(name, String(contents.get(name)));
    const modules = (parts.get(name) ?? []).flatMap(({ path }, index) => {
      const number = graph.numbers.get(path);
      return number === undefined ? [] : [{ number, bytes: bytes[index] as number }];
    });
    const raw = (contents.get(name) as Buffer).length;
    return { name, raw, brotli: sizes.get(name) as number, modules, rest: restOf(name, build) };
  });
  return largestIn(weighed, graph.numbers.get(startOf(load, build)) ?? -1, graph, mergersIn(options));
}

/**
 * Checks that there is all that has a budget, as soon as the build is known.
 * @throws INVALID_OPTION
 */
export function assertBudgets({ budgets, root }: ResolvedOptions, outcome: Outcome): void {
  if (budgets.size > 0) assertKnown(loadsOf(outcome, root), budgets);
}

/** What is wrong once all Files are out: without `scripts()`, nothing sees them as they are served. */
export const findUnchecked = ({ options: { budgets, root }, hasScripts }: PackContext): BuildWarning[] =>
  budgets.size > 0 && !hasScripts ? [uncheckedBudgets(root)] : [];

/**
 * Checks the budgets of the pack.
 * @param contents of all bundles, by name
 * @throws BUDGET or SIZE_UNKNOWN
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
  await Promise.all(context.reports);
  throw budgetExceeded(all.sort((a, b) => b.bytes - b.budget - (a.bytes - a.budget)));
}
