import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { BuildMetadata } from 'dynapack';
import { dependencies } from '../package.json';

/** A package's name, or `undefined` for a module of our own. */
const packageOf = (path: string) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];

/** Our own modules, then the packages we chose, then how many more those brought along. */
function contentsOf(paths: readonly string[]): string {
  const own = paths.filter((path) => !packageOf(path)).map((path) => path.replace(/^.*\/src\//, ''));
  const packages = [...new Set(paths.flatMap((path) => packageOf(path) ?? []))];
  const chosen = packages.filter((name) => name in dependencies);
  const others = packages.length - chosen.length;
  return [...own, ...chosen, ...(others > 0 ? [`+ ${others} more`] : [])].join(', ');
}

const isStyle = (name: string) => name.endsWith('.css');
const isScript = (name: string) => !isStyle(name);

const sizeOf = (bytes: number) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`);

/** A bundle before and after gzip. */
interface Sizes {
  raw: number;
  gzip: number;
}

/** Columns of equal width; those with numbers to the right, as numbers are. */
function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell: string, column: number) =>
    /^[\d.]+ k?B$/.test(rows[1][column]) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  console.log('');
  for (const row of rows) console.log(`  ${row.map(pad).join('  ').trimEnd()}`);
}

/** Prints the pages of a build and what they start with, then every bundle of scripts and of styles with its sizes and contents. */
export async function printReport({ entries, bundles, minimal }: BuildMetadata): Promise<void> {
  const aliases: Record<string, string> = JSON.parse(await readFile('views/scripts/aliases.json', 'utf8'));
  const all = Object.entries(bundles);
  const sizes = new Map<string, Sizes>();
  for (const [name] of all) {
    const text = await readFile(`public/js/${aliases[name]}`);
    sizes.set(name, { raw: text.length, gzip: gzipSync(text).length });
  }
  const total = (names: readonly string[], size: keyof Sizes) =>
    sizeOf(names.reduce((sum, name) => sum + (sizes.get(name)?.[size] ?? 0), 0));
  const totals = (names: readonly string[]) => [total(names, 'raw'), total(names, 'gzip')];

  printTable([
    ['Page', 'scripts', 'gzip', 'styles', 'gzip', 'starts with'],
    ...Object.entries(entries).map(([entry, names]) => [
      entry,
      ...totals(names.filter(isScript)),
      ...totals(names.filter(isStyle)),
      names.join(', '),
    ]),
  ]);
  for (const [title, isOfKind] of [
    ['Scripts', isScript],
    ['Styles', isStyle],
  ] as const) {
    const rows = all.filter(([name]) => isOfKind(name));
    printTable([
      [title, 'raw', 'gzip', 'holds'],
      ...rows.map(([name, paths]) => [aliases[name], ...totals([name]), contentsOf(paths)]),
    ]);
  }
  const count = all.filter(([name]) => isScript(name)).length;
  const most = minimal ? ', which is the minimum of both' : '';
  console.log(`\n  ${count} bundles of scripts and ${all.length - count} of styles${most}\n`);
}
