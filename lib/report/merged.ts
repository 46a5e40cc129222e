/** What the option `split` has made of bundles: which are groups, and which are merged, at what price. */
import { hasBit } from '../core/bits';
import { findGroups, type Groups } from '../core/groups';
import { type Cores, coresOf } from '../core/split';
import { isVirtual } from '../fs/virtual';
import type { Finished } from '../run';
import type { ReportBundle } from './data';

/** What is told of a bundle of scripts. */
type Told = Pick<ReportBundle, 'group' | 'merged'>;

/** What it is found from. */
export interface SplitInput {
  build: Finished;
  groups: Groups;
  root: string;
  /** Number of a module → bytes that it has in its bundle. */
  sizeOf(module: number): number;
  /** Number of a root's module → index of the request for it. */
  requestOf(module: number): number;
}

/**
 * By the index of bundles of scripts, what the option has done to them; nothing where it is not used. A bundle is merged where its modules have different cores, for
 * they would be as many bundles without it. What comes too early is that of `core/price.ts`, by the bytes that are served.
 */
export function describeSplit(input: SplitInput): Told[] {
  const { build, groups, root } = input;
  if (build.metadata.price === undefined) return [];
  const known = coresOf(build.scripts);
  const names = Object.keys(groups);
  const isFile = (path: string): boolean => !isVirtual(path);
  const groupOf = findGroups(build.paths, groups, { root, isFile });
  return build.split.bundles.map((modules, bundle): Told => {
    const group = names[groupOf[modules[0] as number] as number];
    const merged = describeMerged(input, known, modules, bundle);
    return { ...(group !== undefined && { group }), ...(merged && { merged }) };
  });
}

function describeMerged(
  { build, sizeOf, requestOf }: SplitInput,
  { roots, cores, coreOf }: Cores,
  modules: readonly number[],
  bundle: number,
): Told['merged'] {
  const firsts = new Map(modules.map((module) => [coreOf[module] as number, module]));
  if (firsts.size < 2) return undefined;
  const isInCore = (module: number, root: number): boolean =>
    hasBit(cores, roots.signatureOf[module] as number, root);
  const early: { request: number; bytes: number }[] = [];
  let saved = 0;
  roots.modules.forEach((module, root) => {
    saved += [...firsts.values()].filter((first) => isInCore(first, root)).length;
    if (!build.split.loads.get(module)?.includes(bundle)) return;
    saved -= 1;
    const bytes = modules.reduce((sum, each) => sum + (isInCore(each, root) ? 0 : sizeOf(each)), 0);
    if (bytes > 0) early.push({ request: requestOf(module), bytes });
  });
  return {
    bundles: firsts.size,
    saved,
    early: early.sort((a, b) => b.bytes - a.bytes || a.request - b.request),
  };
}
