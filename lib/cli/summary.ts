/** What was built, as a table for people. */
import { gzipSync } from 'node:zlib';
import type { Asset, BuildMetadata, Bundle, SplitPrice } from '../model';
import { showBytes } from '../report/sizes';
import { plural } from '../report/words';
import type { Changes } from './change';

interface Size {
  raw: number;
  gzip: number;
}

function sizeOf({ contents }: Bundle): Size {
  const bytes = Buffer.from(contents);
  return { raw: bytes.length, gzip: gzipSync(bytes).length };
}

const add = (a: Size, b: Size): Size => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip });

const describe = (size: Size): string =>
  `${showBytes(size.raw).padStart(10)} ${showBytes(size.gzip).padStart(10)} gzip`;

/** What rows are made from. */
interface Table {
  sizes: ReadonlyMap<string, Size>;
  changes: Changes;
  width: number;
}

/**
 * Rows of a group: one per bundle, the sum in the title.
 * @param change of all of it
 */
function group(
  title: string,
  names: readonly string[],
  { sizes, changes, width }: Table,
  change = '',
): string[] {
  const sizeAt = (name: string): Size => sizes.get(name) as Size;
  const rows = names.map(
    (name) => `    ${name.padEnd(width)} ${describe(sizeAt(name))}${changes.ofBundle(name)}`,
  );
  const total = names.map(sizeAt).reduce(add, { raw: 0, gzip: 0 });
  return [`  ${title.padEnd(width + 2)} ${describe(total)}${change}`, ...rows];
}

/** The files that pages ask for by a URL; nothing where there are none. */
export function summariseAssets(assets: readonly Asset[]): string {
  if (assets.length === 0) return '';
  const bytes = assets.reduce((sum, { contents }) => sum + contents.length, 0);
  return `${plural(assets.length, 'file')} in assets/: ${showBytes(bytes).padStart(10)}\n`;
}

/** What it costs and saves not to have the fewest bundles without waste. */
function describePrice({ before, after, filesBefore, filesAfter, overfetch }: SplitPrice): string {
  const files = `${filesAfter.mean.toFixed(1)} files per first load in place of ${filesBefore.mean.toFixed(1)}`;
  const early = `${(overfetch.share * 100).toFixed(2)} % of the bytes of sources too early, ${showBytes(overfetch.most)} at most`;
  return `${plural(after, 'bundle')} of scripts in place of ${before}: ${files}, ${early}`;
}

/**
 * The groups of bundles each entry and each worker starts with, the latter with what starts workers, and those of every root that can be requested later.
 * @param relative absolute path → path for people
 * @param changes since the last build
 */
export function summarise(
  metadata: BuildMetadata,
  bundles: readonly Bundle[],
  relative: (path: string) => string,
  changes: Changes,
): string {
  const sizes = new Map(bundles.map((bundle) => [bundle.name, sizeOf(bundle)]));
  const width = Math.max(24, ...bundles.map(({ name }) => name.length));
  const table = { sizes, changes, width };
  const starts = [...Object.values(metadata.entries), ...Object.values(metadata.workers)];
  const known = new Set(starts.map((names) => names.join('\n')));
  const lines: string[] = [];
  if (Object.keys(metadata.entries).length > 0) lines.push('', 'Entries, with the bundles each starts with:');
  for (const [entry, names] of Object.entries(metadata.entries))
    lines.push(...group(entry, names, table, changes.ofEntry(entry)));
  const shared = bundles.filter(({ name }) => !Object.hasOwn(metadata.standalone, name));
  const loaders = shared.flatMap(({ name }) => (Object.hasOwn(metadata.bundles, name) ? [] : name));
  const workers = Object.entries(metadata.workers);
  if (workers.length > 0) lines.push('', 'Workers, with the bundles each starts with:');
  const ids = new Map(Object.entries(metadata.modules).map(([id, path]) => [path, id]));
  for (const [path, names] of workers) {
    const change = changes.ofRoot(ids.get(path) as string);
    lines.push(...group(relative(path), [...loaders, ...names], table, change));
  }
  const later = Object.entries(metadata.roots).filter(([, names]) => !known.has(names.join('\n')));
  if (later.length > 0)
    lines.push('', 'Requested later, with the bundles each must have (those held are not fetched again):');
  for (const [root, names] of later) {
    lines.push(...group(relative(metadata.modules[root] as string), names, table, changes.ofRoot(root)));
  }
  const alone = Object.entries(metadata.standalone);
  if (alone.length > 0) lines.push('', 'Scripts that stand alone:');
  for (const [name, paths] of alone) {
    const size = describe(sizes.get(name) as Size);
    lines.push(
      `  ${name.padEnd(width + 2)} ${size}, ${plural(paths.length, 'module')}${changes.ofBundle(name)}`,
    );
  }
  lines.push(...changes.gone);
  if (shared.length === 0) return `${lines.join('\n')}\n`;
  const modules = Object.values(metadata.bundles).reduce((sum, paths) => sum + paths.length, 0);
  const total = shared.map(({ name }) => sizes.get(name) as Size).reduce(add, { raw: 0, gzip: 0 });
  const proof = metadata.minimal ? ', the fewest possible' : '';
  lines.push(
    '',
    `${plural(modules, 'module')} in ${plural(shared.length - loaders.length, 'bundle')}${proof}:${describe(total)}${changes.ofAll}`,
  );
  if (metadata.price) lines.push(describePrice(metadata.price));
  return `${lines.join('\n')}\n`;
}
