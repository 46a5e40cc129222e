/** ARCHITECTURE.md, "Who may import whom", as a test. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';

const root = resolve(__dirname, '..');

/**
 * Place → the places of `lib/` it may import from, itself included where it is a folder of several files; after
 * `type ` stand those it may import types from, and nothing else.
 */
const allowed: Record<string, string[]> = {
  index: ['pack', 'cache', 'type minify', 'type model', 'options', 'errors', 'streams', 'type warnings'],
  pack: [
    'module-path',
    'deferred',
    'loaders',
    'streams',
    'run',
    'type cache',
    'type warnings',
    'type build',
    'options',
    'errors',
    'type model',
    'minify',
    'fs',
  ],
  loaders: ['type options', 'render'],
  run: [
    'hash',
    'loaders',
    'analyse',
    'check',
    'type warnings',
    'build',
    'core',
    'type options',
    'type model',
    'fs',
  ],
  cache: [
    'module-path',
    'cache',
    'hash',
    'type minify',
    'render',
    'recent',
    'type run',
    'told',
    'warnings',
    'fs',
    'type releases',
    'type build',
    'type analyse',
    'type check',
    'type core',
    'type model',
  ],
  check: [
    'module-path',
    'check',
    'core',
    'render',
    'type fs',
    'type options',
    'type warnings',
    'errors',
    'type model',
  ],
  build: ['module-path', 'core', 'render', 'type model'],
  parsing: ['parsing', 'analyse', 'parse', 'fs', 'type options', 'type model'],
  analyse: [
    'urls',
    'module-path',
    'parse',
    'fs',
    'formats',
    'type check',
    'type options',
    'type render',
    'errors',
    'type model',
  ],
  formats: ['errors'],
  warnings: ['module-path', 'errors', 'type model'],
  options: ['values', 'cache', 'fs', 'releases', 'type parse', 'errors'],
  errors: ['dynapack-error'],
  'dynapack-error': [],
  deferred: [],
  hash: [],
  told: ['hash', 'recent', 'type warnings'],
  recent: [],
  model: [],
  'module-path': [],
  urls: [],
  values: [],
  parse: ['parse', 'type model', 'errors'],
  core: ['urls', 'module-path', 'core', 'type model'],
  render: ['urls', 'module-path', 'render', 'core', 'errors', 'type model', 'type options'],
  fs: ['urls', 'module-path', 'fs', 'errors'],
  patch: ['patch', 'errors'],
  releases: ['releases', 'hash', 'patch', 'fs'],
  minify: ['module-path', 'minify', 'fs', 'type render', 'errors', 'type model'],
  server: ['values', 'server', 'patch', 'releases', 'fs', 'errors', 'hash'],
  streams: [
    'module-path',
    'core',
    'parsing',
    'cache',
    'told',
    'deferred',
    'hash',
    'warnings',
    'streams',
    'type run',
    'type warnings',
    'type build',
    'analyse',
    'check',
    'minify',
    'render',
    'releases',
    'fs',
    'type options',
    'errors',
    'type model',
  ],
  cli: [
    'cli',
    'hash',
    'cache',
    'patch',
    'releases',
    'pack',
    'streams',
    'fs',
    'errors',
    'type model',
    'warnings',
  ],
};

/** Package → the only places that may import it. */
const packages: Record<string, string[]> = {
  esprima: ['parse/esprima'],
  meriyah: ['parse/modern'],
  'oxc-resolver': ['fs'],
  cacache: ['fs/store'],
  through2: ['streams', 'pack'],
  'readable-stream': ['streams'],
  vinyl: ['streams', 'cli'],
  'vinyl-fs': ['cli'],
  diff: ['cli/patches'],
  '@jridgewell/sourcemap-codec': ['render/maps', 'render/minified-maps'],
  '@jridgewell/trace-mapping': ['render/input-maps'],
  '#client': ['loaders', 'fs/virtual-sources', 'server/dynosrc'],
  'isomorphic-git': ['fs/git'],
  'node:fs': ['fs'],
  'node:fs/promises': ['fs'],
  'node:worker_threads': [
    'fs/pool',
    'parsing',
    'releases/worker',
    'minify/terser-worker',
    'server/encode-worker',
  ],
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
  'model',
  'errors',
]);

interface Import {
  /** File without extension, relative to lib/. */
  from: string;
  to: string;
  typeOnly: boolean;
}

function sourceFiles(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every static import, re-export, `import = require`, and `() => require(…) as …`, of a file. */
function importsOf(file: string, base: string): Import[] {
  const source = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const pattern =
    /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?(?:\w+\s*=\s*require\()?'([^']+)'|^import\s+(type\s+)?\w+\s*=\s*require\('([^']+)'|=> require\('([^']+)'\) as /gm;
  const from = relative(base, file).replace(/\.ts$/, '');
  return [...source.matchAll(pattern)].map((match) => {
    const specifier = (match[2] ?? match[4] ?? match[5]) as string;
    const to = specifier.startsWith('.') ? relative(base, resolve(dirname(file), specifier)) : specifier;
    return { from, to, typeOnly: Boolean(match[1] ?? match[3]) };
  });
}

const place = (path: string): string => path.split('/')[0] as string;
const isWithin = (path: string, places: string[]): boolean =>
  places.some((allowedPlace) => path === allowedPlace || path.startsWith(`${allowedPlace}/`));

/** The rule an import breaks, if any. */
function violation({ from, to, typeOnly }: Import): string | undefined {
  if (Object.hasOwn(allowed, place(to))) {
    const places = allowed[place(from)] ?? [];
    if (places.includes(place(to)) || (typeOnly && places.includes(`type ${place(to)}`))) return undefined;
    return `${from} imports ${typeOnly ? 'types from ' : ''}${to}`;
  }
  const isPure = pure.has(place(from));
  if (isPure && to.startsWith('node:')) return `${from} is pure but imports ${to}`;
  const users = packages[to];
  if (users && !typeOnly && !isWithin(from, users)) return `${from} imports ${to}`;
  return undefined;
}

describe('architecture', () => {
  const lib = join(root, 'lib');
  const imports = sourceFiles(lib).flatMap((file) => importsOf(file, lib));

  it('reads the imports of every file', () => {
    expect(imports.length).to.be.greaterThan(60);
    expect(imports).to.deep.include({ from: 'streams/entries', to: 'vinyl', typeOnly: false });
    expect(imports).to.deep.include({ from: 'parse/modern', to: 'meriyah', typeOnly: false });
  });

  it('every file has its place', () => {
    const places = new Set(sourceFiles(lib).map((file) => place(relative(lib, file).replace(/\.ts$/, ''))));
    expect([...places].sort()).to.deep.equal(Object.keys(allowed).sort());
  });

  it('imports go one way', () => {
    expect(imports.map(violation).filter(Boolean)).to.deep.equal([]);
  });

  it('the rules have teeth', () => {
    expect(violation({ from: 'core/split', to: 'fs/files', typeOnly: true })).to.be.a('string');
    expect(violation({ from: 'core/split', to: 'model', typeOnly: false })).to.be.a('string');
    expect(violation({ from: 'core/split', to: 'model', typeOnly: true })).to.equal(undefined);
    expect(violation({ from: 'new/place', to: 'model', typeOnly: true })).to.be.a('string');
    expect(violation({ from: 'parse/scope', to: 'node:path', typeOnly: false })).to.be.a('string');
    expect(violation({ from: 'parse/scope', to: 'esprima', typeOnly: false })).to.be.a('string');
    expect(violation({ from: 'options', to: 'index', typeOnly: true })).to.be.a('string');
  });

  it('the client imports nothing', () => {
    const client = join(root, 'client');
    expect(sourceFiles(client).flatMap((file) => importsOf(file, client))).to.deep.equal([]);
  });

  it('no file of lib or client grows beyond 350 lines', () => {
    const long = [...sourceFiles(lib), ...sourceFiles(join(root, 'client'))].filter(
      (file) => readFileSync(file, 'utf8').split('\n').length > 350,
    );
    expect(long).to.deep.equal([]);
  });
});
