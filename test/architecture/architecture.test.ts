/** ARCHITECTURE.md, "Who may import whom", as a test. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import {
  drawImports,
  findCircles,
  findImports,
  type Import,
  placeOf,
  sourceFiles,
  withImports,
} from './imports';

const root = resolve(__dirname, '../..');

/** Package → the only places that may import it. */
const packages: Record<string, string[]> = {
  esprima: ['parse/tree/esprima'],
  meriyah: ['parse/tree/modern'],
  'oxc-minify': ['minify/oxc'],
  'oxc-resolver': ['fs'],
  cacache: ['fs/store'],
  through2: ['streams'],
  'readable-stream': ['streams'],
  vinyl: ['streams', 'cli'],
  'vinyl-fs': ['cli'],
  diff: ['cli/patches'],
  '@jridgewell/sourcemap-codec': ['render/maps', 'render/minified-maps', 'render/moved-mappings'],
  '@jridgewell/trace-mapping': ['render/input-maps'],
  '#report': ['report/page'],
  '#client': ['loaders', 'fs/virtual-sources', 'server/dynosrc'],
  'isomorphic-git': ['fs/git'],
  'node:fs': ['fs'],
  'node:fs/promises': ['fs'],
  'node:worker_threads': ['fs/pool', 'parsing', 'releases/worker', 'server/encode-worker'],
};

/** These import nothing of Node. */
const pure = new Set([
  'core',
  'parse',
  'render',
  'build',
  'link',
  'duplicates',
  'warnings',
  'reachable',
  'shape',
  'patch',
  'facts',
  'model',
  'errors',
]);

const isWithin = (path: string, places: string[]): boolean =>
  places.some((allowedPlace) => path === allowedPlace || path.startsWith(`${allowedPlace}/`));

/** The rule about what comes from elsewhere that an import breaks, if any. */
function violation({ from, to, typeOnly }: Import): string | undefined {
  if (pure.has(placeOf(from)) && (to.startsWith('node:') || placeOf(to) === 'fs') && !typeOnly)
    return `${from} is pure but imports ${to}`;
  const users = packages[to];
  if (users && !typeOnly && !isWithin(from, users)) return `${from} imports ${to}`;
  return undefined;
}

describe('architecture', () => {
  const lib = join(root, 'lib');
  const imports = findImports(lib);

  it('reads the imports of every file', () => {
    expect(imports.length).to.be.greaterThan(60);
    expect(imports).to.deep.include({
      from: 'streams/entries',
      to: 'vinyl',
      isPackage: true,
      typeOnly: false,
    });
    expect(imports).to.deep.include({
      from: 'parse/tree/modern',
      to: 'meriyah',
      isPackage: true,
      typeOnly: false,
    });
  });

  it('no files import each other in a circle, types included', () => {
    expect(findCircles(imports)).to.deep.equal([]);
  });

  it('neither do files of the bench', () => {
    expect(findCircles(findImports(join(root, 'bench')))).to.deep.equal([]);
  });

  it('packages and the disk are only where they belong', () => {
    expect(imports.map(violation).filter(Boolean)).to.deep.equal([]);
  });

  it('the table of imports is that of the code (npx gulp imports draws it)', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    expect(text).to.equal(withImports(text, imports));
  });

  it('the rules have teeth', () => {
    const make = (from: string, to: string): Import => ({ from, to, isPackage: false, typeOnly: false });
    expect(violation(make('core/split', 'fs/files'))).to.be.a('string');
    expect(violation(make('core/split', 'model'))).to.equal(undefined);
    expect(violation(make('parse/tree/scope', 'node:path'))).to.be.a('string');
    expect(violation(make('parse/tree/scope', 'esprima'))).to.be.a('string');
    const way = [make('a', 'b/c'), make('b/c', 'd'), make('d', 'b/e')];
    expect(findCircles(way)).to.deep.equal([]);
    expect(findCircles([...way, { ...make('b/e', 'b/c'), typeOnly: true }])).to.deep.equal([
      ['b/c', 'd', 'b/e', 'b/c'],
    ]);
    expect(drawImports([...way, make('e', 'b/c')])).to.match(/`a` \| `b`.*\n.*`b` \| `d`/s);
  });

  const client = findImports(join(root, 'client'));
  const isOfReport = ({ from }: Import): boolean => placeOf(from) === 'report';

  it('the client imports nothing, but for the page of reports', () => {
    expect(client.filter((each) => !isOfReport(each))).to.deep.equal([]);
  });

  it('the page of reports imports its own files, in no circle, one package, and types of what it shows', () => {
    const imports = client.filter(isOfReport);
    expect(findCircles(imports)).to.deep.equal([]);
    const others = imports.filter(({ to }) => placeOf(to) !== 'report');
    expect(new Set(others.map(({ to, typeOnly }) => `${to}${typeOnly ? ', types' : ''}`))).to.deep.equal(
      new Set(['d3-hierarchy', '../lib/report/data, types']),
    );
  });

  it('no file of lib or client grows beyond 350 lines', () => {
    const long = [...sourceFiles(lib), ...sourceFiles(join(root, 'client'))].filter(
      (file) => readFileSync(file, 'utf8').split('\n').length > 350,
    );
    expect(long).to.deep.equal([]);
  });
});
