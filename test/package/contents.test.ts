/** What the tarball holds, and what package.json promises. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { defaultBuiltins } from '../../lib/fs/builtins';
import { packed, repository } from './installed';

interface PackageJson {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
  devDependencies: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
  imports: Record<string, string | Record<string, string>>;
  bin: Record<string, string>;
  main: string;
  types: string;
}

/**
 * Bytes the download may have; it was 67 kB for CommonJS alone, 155 kB with ES modules, source maps and patches, 210 kB with
 * releases, minify and the updating loader, 246 kB with the server, 310 kB with all that builds tell of what fails in pages, 359 kB with all that servers and pages do, and 479 kB with
 * styles, workers and options that give names a meaning, 511 kB with patterns and scripts that stand alone, 577 kB with reports, their page and larger bundles, 610 kB with the documentation's pages and
 * drawings, 653 kB with functions of several modules and runtimes for simple programs, 697 kB with all that builds tell of streams in a wrong order, and 726 kB with
 * what suites of other bundlers and real applications have asked for, 20 kB of it the list of changes.
 */
const SIZE_BUDGET = 730_000;

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const packageJson = readJson(join(repository, 'package.json')) as PackageJson;
const library = join(repository, 'dist/lib');

function filesIn(directory: string, extension: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(extension)).map((name) => join(directory, name));
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** What a compiled file or a declaration names: `require('x')`, `require.resolve('x')`, `from 'x'`, `import('x')`. */
function specifiersOf(file: string): string[] {
  const text = withoutComments(readFileSync(file, 'utf8'));
  return [
    ...text.matchAll(/(?:\bfrom|\brequire(?:\.resolve)?\(|\bimport\(|^import)\s*["']([\w@#:./-]+)["']/gm),
  ].map((match) => match[1] as string);
}

/** The package of a specifier; `undefined` for relative ones, Node's and our own. */
function packageOf(specifier: string): string | undefined {
  if (/^(\.|node:|#)/.test(specifier) || builtinModules.includes(specifier)) return undefined;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return name === 'dynapack' ? undefined : name;
}

const isPackage = (name: string | undefined): name is string => name !== undefined;

/** Paths of the files that package.json names. */
function namedFiles(): string[] {
  const { main, types, bin, exports, imports } = packageJson;
  const targets = [...Object.values(exports), ...Object.values(imports)].flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  return [main, types, ...Object.values(bin), ...targets].map((path) => relative('.', path));
}

/** Scripts that those lead to which package.json names. */
function reachableScripts(): string[] {
  const found = new Set(namedFiles().filter((path) => path.endsWith('.js')));
  for (const file of found) {
    // Names without extension are those of examples in messages.
    const required = specifiersOf(join(repository, file)).filter((each) => /^\..*\.js$/.test(each));
    for (const specifier of required) found.add(join(dirname(file), specifier));
  }
  return [...found];
}

/** Declarations that index.d.ts leads to. */
function reachableDeclarations(): string[] {
  const found = new Set([join(library, 'index.d.ts')]);
  for (const file of found) {
    for (const specifier of specifiersOf(file)) {
      if (specifier.startsWith('.')) found.add(`${resolve(file, '..', specifier)}.d.ts`);
    }
  }
  return [...found];
}

/** The package that has the types of a package. */
function typesOf(name: string): string {
  const own = readJson(join(repository, 'node_modules', name, 'package.json')) as Partial<PackageJson>;
  return own.types === undefined ? `@types/${name}` : name;
}

const typePackages = (): string[] =>
  reachableDeclarations().flatMap(specifiersOf).map(packageOf).filter(isPackage);

/** Packages that hold the shims of Node's builtins. */
function shimPackages(): string[] {
  const paths = Object.values(defaultBuiltins());
  return paths
    .filter((path) => existsSync(path))
    .map((path) => packageOf(path.slice(path.lastIndexOf('/node_modules/') + '/node_modules/'.length)))
    .filter(isPackage);
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

describe('the tarball', function () {
  this.timeout(60_000);

  it('holds the library, the scripts of pages and the documents', async () => {
    const { files } = await packed();
    expect(files).to.include.members([
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'docs/README.md',
      'docs/troubleshooting.md',
      'docs/images/diamond.svg',
      'dist/lib/index.js',
      'dist/lib/index.d.ts',
      'dist/lib/cli/bin.js',
      'dist/client/text.js',
      'dist/client/text.d.ts',
      'dist/client/loader.js',
      'dist/client/updating-loader.js',
      'dist/client/worker.js',
      'dist/client/runtime.js',
      'dist/client/report.js',
      'dist/client/report.d.ts',
    ]);
  });

  it('holds nothing else', async () => {
    const { files } = await packed();
    const expected =
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|docs\/[\w-]+\.md|docs\/images\/[\w-]+\.svg|dist\/lib\/.*\.(js|d\.ts)|dist\/client\/(loader\.js|updating-loader\.js|worker\.js|runtime\.js|report\.js|report\.d\.ts|text\.js|text\.d\.ts))$/;
    expect(files.filter((file) => !expected.test(file))).to.deep.equal([]);
  });

  it('holds no file whose source is gone', async () => {
    const { files } = await packed();
    const compiled = files.filter((file) => file.startsWith('dist/lib/'));
    const isThere = (file: string): boolean => existsSync(join(repository, file));
    const gone = compiled.filter((file) => {
      const source = file.replace(/^dist\//, '');
      return !isThere(source) && !isThere(source.replace(/(\.d\.ts|\.js)$/, '.ts'));
    });
    expect(gone).to.deep.equal([]);
  });

  it('is small', async () => {
    const { size } = await packed();
    expect(size).to.be.below(SIZE_BUDGET);
  });

  it('holds everything package.json names', async () => {
    const { files } = await packed();
    expect(namedFiles().filter((path) => !files.includes(path))).to.deep.equal([]);
  });

  it('holds every script that those load, and no other one of the library', async () => {
    const { files } = await packed();
    const reachable = reachableScripts();
    expect(reachable.filter((path) => !files.includes(path))).to.deep.equal([]);
    const scripts = files.filter((path) => /^dist\/lib\/.*\.js$/.test(path));
    expect(scripts.filter((path) => !reachable.includes(path))).to.deep.equal([]);
  });
});

describe('dependencies', () => {
  const required = filesIn(library, '.js').flatMap(specifiersOf).map(packageOf).filter(isPackage);
  const { peerDependencies: peers, peerDependenciesMeta: peersMeta } = packageJson;
  const declared = Object.keys({ ...packageJson.dependencies, ...peers });

  it('are what the library uses, no more and no less', () => {
    const used = [...required, ...shimPackages(), ...typePackages().map(typesOf)];
    expect(required).to.include.members(['vinyl', 'esprima', 'readable-stream']);
    expect(sorted(declared)).to.deep.equal(sorted(used));
  });

  it('that users bring along are optional, of any version for npm, and tested', () => {
    for (const [name, range] of Object.entries(peers)) {
      expect(range, name).to.equal('*');
      expect(peersMeta[name]?.optional, name).to.equal(true);
      expect(packageJson.devDependencies).to.have.property(name);
    }
  });

  it('of the public types have types', () => {
    expect(sorted(typePackages())).to.deep.equal(['vinyl']);
    expect(declared).to.include('@types/vinyl');
  });
});
