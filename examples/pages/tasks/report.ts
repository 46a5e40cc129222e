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

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;

/** Columns of equal width; the numbers in columns 1 and 2 to the right, as numbers are. */
function printTable(rows: readonly (readonly string[])[]): void {
  const width = (column: number) => Math.max(...rows.map((row) => row[column].length));
  for (const [name, raw, gzip, contents] of rows) {
    console.log(
      `  ${name.padEnd(width(0))}  ${raw.padStart(width(1))}  ${gzip.padStart(width(2))}  ${contents}`,
    );
  }
}

/** Prints the entries of a build and what they start with, then every bundle with its sizes and contents. */
export async function printReport({ entries, bundles, minimal }: BuildMetadata): Promise<void> {
  const aliases: Record<string, string> = JSON.parse(await readFile('views/scripts/aliases.json', 'utf8'));
  const texts = new Map<string, Buffer>();
  for (const name of Object.keys(bundles)) texts.set(name, await readFile(`public/js/${aliases[name]}`));
  const row = (title: string, names: readonly string[], contents: string) => {
    const files = names.map((name) => texts.get(name) as Buffer);
    const total = (size: (file: Buffer) => number) =>
      kilobytes(files.reduce((sum, file) => sum + size(file), 0));
    return [title, total((file) => file.length), total((file) => gzipSync(file).length), contents];
  };
  const pages = Object.entries(entries).map(([entry, names]) => row(entry, names, names.join(', ')));
  const all = Object.entries(bundles).map(([name, paths]) => row(aliases[name], [name], contentsOf(paths)));

  console.log('');
  printTable([['Page', 'raw', 'gzip', 'starts with'], ...pages]);
  console.log('');
  printTable([['Bundle', 'raw', 'gzip', 'holds'], ...all]);
  console.log(`\n  ${all.length} bundles${minimal ? ', which is the minimum' : ''}\n`);
}
