/** What the files of a directory import of each other, circles among them, and the table of it in ARCHITECTURE.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface Import {
  /** File without extension, relative to the directory. */
  from: string;
  /** Likewise, or a package. */
  to: string;
  isPackage: boolean;
  typeOnly: boolean;
}

export function sourceFiles(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Static imports, re-exports, `import = require`, and `() => require(…) as …`. */
const IMPORT =
  /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?(?:\w+\s*=\s*require\()?'([^']+)'|^import\s+(type\s+)?\w+\s*=\s*require\('([^']+)'|=> require\('([^']+)'\) as /gm;

function importsOf(file: string, base: string): Import[] {
  const source = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const from = relative(base, file).replace(/\.ts$/, '');
  return [...source.matchAll(IMPORT)].map((match) => {
    const specifier = (match[2] ?? match[4] ?? match[5]) as string;
    const isPackage = !specifier.startsWith('.');
    const to = isPackage ? specifier : relative(base, resolve(dirname(file), specifier));
    return { from, to, isPackage, typeOnly: Boolean(match[1] ?? match[3]) };
  });
}

/** Every import of every file. */
export const findImports = (directory: string): Import[] =>
  sourceFiles(directory).flatMap((file) => importsOf(file, directory));

/** What stands directly in the directory: a folder, or a file that is alone. */
export const placeOf = (path: string): string => path.split('/')[0] as string;

/** Sets of files that import each other, types included, each in the order of a walk: none where imports go one way. */
export function findCircles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const way: string[] = [];
  const circles: string[][] = [];
  const walk = (file: string): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file]);
    if (way.includes(file) || done.has(file)) return;
    way.push(file);
    targets.get(file)?.forEach(walk);
    way.pop();
    done.add(file);
  };
  for (const file of targets.keys()) walk(file);
  return circles;
}

/** Which places a place imports from, and which of them only types of. */
interface Row {
  place: string;
  values: string[];
  types: string[];
}

function rowsOf(imports: readonly Import[]): Row[] {
  const files = imports.filter(({ isPackage }) => !isPackage);
  const places = new Set([...imports.map(({ from }) => from), ...files.map(({ to }) => to)].map(placeOf));
  return [...places].sort().map((place) => {
    const others = files.filter(({ from, to }) => placeOf(from) === place && placeOf(to) !== place);
    const values = new Set(others.filter(({ typeOnly }) => !typeOnly).map(({ to }) => placeOf(to)));
    const types = new Set(others.map(({ to }) => placeOf(to)).filter((to) => !values.has(to)));
    return { place, values: [...values].sort(), types: [...types].sort() };
  });
}

/** So common that naming them says nothing. */
const COMMON = new Set(['errors', 'facts', 'model', 'module-path', 'ranges', 'warnings', 'dynapack-error']);

/** Places in the order of a walk from those that nobody imports, so that imports mostly lead down. */
function downwards(rows: readonly Row[]): Row[] {
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  const ordered: Row[] = [];
  const seen = new Set<string>();
  const visit = (row: Row | undefined): void => {
    if (row === undefined || seen.has(row.place)) return;
    seen.add(row.place);
    for (const to of row.values) visit(byPlace.get(to));
    ordered.unshift(row);
  };
  const imported = new Set(rows.flatMap(({ values }) => values));
  for (const row of [...rows].reverse()) if (!imported.has(row.place)) visit(row);
  rows.forEach(visit);
  return ordered;
}

/** The table: a row for each place, above those it imports from wherever these are not imported the other way. */
export function drawImports(imports: readonly Import[]): string {
  const name = (places: readonly string[]): string =>
    places
      .filter((place) => !COMMON.has(place))
      .map((place) => `\`${place}\``)
      .join(' ');
  const rows = downwards(rowsOf(imports)).map(
    ({ place, values, types }) => `| \`${place}\` | ${name(values)} | ${name(types)} |`,
  );
  return ['| In `lib/` | imports | only types of |', '| --- | --- | --- |', ...rows].join('\n');
}

const BEGIN = '<!-- imports: npx gulp imports -->\n\n';
const END = '\n\n<!-- end of imports -->';

/** ARCHITECTURE.md with the table in its place. */
export function withImports(text: string, imports: readonly Import[]): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin)
    throw new Error(`ARCHITECTURE.md has no place for the imports: ${BEGIN.trim()}`);
  return text.slice(0, begin) + BEGIN + drawImports(imports) + text.slice(end);
}
