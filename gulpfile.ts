import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { delimiter, isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { parallel, series } from 'gulp';
import { transform as lightningcss } from 'lightningcss';
import { type CompressOptions, type MinifyOptions, minify } from 'terser';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { findImports, withImports } from './test/architecture/imports';
import { assertES5 } from './test/client/es5';

/** The loader's files in the order in which their statements run. The functions among them are hoisted. */
const LOADER_FILES = [
  'ensure',
  'loader',
  'download',
  'plain',
  'modules',
  'document',
  'state',
  'parsed',
  'entries',
  'arrive',
  'start',
];

/** The files of the loader that updates what is in its store, likewise. */
const UPDATING_FILES = [
  'ensure',
  'loader',
  'download',
  'updates/scripts-only',
  'updates/fetch',
  'updates/find',
  'updates/store',
  'updates/copy',
  'updates/control',
  'updates/keep',
  'patch',
  'modules',
  'document',
  'state',
  'parsed',
  'order/order',
  'entries',
  'arrive',
  'start',
];

/** The files of the loader of workers. */
const WORKER_FILES = [
  'ensure',
  'loader',
  'workers/import',
  'modules',
  'state',
  'workers/tags',
  'arrive',
  'workers/start',
];

/** The files of a loader of pages with styles. */
const withStyles = (files: readonly string[]): string[] =>
  files.flatMap((name) => STYLED_FILES[name] ?? [name]);

const STYLED_FILES: Record<string, string[]> = {
  plain: ['styles/plain', 'styles/styles', 'order/order'],
  'updates/scripts-only': ['styles/styles', 'styles/updates/bring'],
};

/** The files of the runtime by its parts, which lib/core/runtime.ts chooses from. One part uses another where programs have what that is for. */
const RUNTIME_PARTS = {
  base: ['objects', 'namespace', 'failures', 'import'],
  common: ['names', 'common'],
  modules: ['exports', 'link', 'views', 'evaluate', 'calls'],
  page: ['api'],
  stars: ['stars'],
  waiting: ['asynchronous', 'iterate'],
  assets: ['assets'],
  workers: ['workers'],
  address: ['address'],
  global: ['global'],
};

const RUNTIME_FILES = Object.values(RUNTIME_PARTS).flat();

/** What stands in the place of most of that in simple programs: by kind of program, the files, and whether such programs import CommonJS. */
const SIMPLE_RUNTIMES: Record<string, [files: string[], defined?: { HAS_COMMON: boolean }]> = {
  simple: [['objects', 'failures', 'simple/simple'], { HAS_COMMON: false }],
  simpleMixed: [['names', 'common', 'objects', 'failures', 'simple/simple'], { HAS_COMMON: true }],
  acyclic: [['objects', 'failures', 'acyclic/acyclic'], { HAS_COMMON: false }],
  acyclicMixed: [['names', 'common', 'objects', 'failures', 'acyclic/acyclic'], { HAS_COMMON: true }],
  onlyCommon: [['names', 'only-common/only-common']],
};

/** The files of what runs the modules of a script that stands alone, likewise. */
const STANDALONE_FILES = ['standalone/require', 'standalone/load', 'ensure', 'standalone/simple'];

const CONSTANTS = {
  HAS_LINKS: false,
  IS_SIMPLE: false,
  HAS_MORE: true,
  HAS_COMMON: true,
  HAS_VIEW: false,
  HAS_ENSURE: false,
};

/** What that can do besides running CommonJS. lib/render/standalone.ts chooses. */
const STANDALONE_KINDS = {
  common: CONSTANTS,
  commonEnsuring: { ...CONSTANTS, HAS_ENSURE: true },
  linked: { ...CONSTANTS, HAS_LINKS: true },
  linkedEnsuring: { ...CONSTANTS, HAS_LINKS: true, HAS_ENSURE: true },
  plain: { ...CONSTANTS, IS_SIMPLE: true, HAS_COMMON: false, HAS_MORE: false },
  plainLibrary: { ...CONSTANTS, IS_SIMPLE: true, HAS_COMMON: false, HAS_MORE: false, HAS_VIEW: true },
  simple: { ...CONSTANTS, IS_SIMPLE: true, HAS_COMMON: false },
  simpleLibrary: { ...CONSTANTS, IS_SIMPLE: true, HAS_COMMON: false, HAS_VIEW: true },
  simpleMixed: { ...CONSTANTS, IS_SIMPLE: true, HAS_VIEW: true, HAS_ENSURE: true },
};

/** Fields of its records, which nobody else sees. */
const STANDALONE_NAMES = { properties: { regex: /^(?:getters|bindings|evaluate|namespace|getNamespace)$/ } };

/** The files of the client of `dynapack/server`, likewise. */
const DYNOSRC_FILES = [
  'patch',
  'document',
  'server/store',
  'server/cookie',
  'server/trust',
  'server/releases',
  'server/run',
  'server/later/now',
  'server/api',
];

/** The files of the one that runs assets at once, likewise. */
const SYNC_DYNOSRC_FILES = [
  ...DYNOSRC_FILES.filter((name) => name !== 'server/later/now'),
  'server/sync/hash',
  'server/sync/now',
];

/** Fields of its records, which nobody else sees. */
const DYNOSRC_NAMES = { properties: { regex: /^(?:asset|called|sha256|position|isStyle)$/, builtins: true } };

/** Letters for the plain loader's local names. Any order is right; in this one, gzip makes least of the result. */
const LOADER_LETTERS = 'etosnpfjlaykcrgidvwmbhxu';

const LOADER_NAMES = { nth_identifier: { get: (index: number) => LOADER_LETTERS[index] ?? `_${index}` } };

/** What texts may weigh, in bytes after gzip, a little of it for the differences between zlibs. */
const BUDGETS: Record<string, number> = {
  loader: 1440,
  updatingLoader: 3490,
  styledLoader: 2200,
  updatingStyledLoader: 4100,
  workerLoader: 1170,
  worker: 400,
  common: 270,
  commonEnsuring: 365,
  linked: 395,
  linkedEnsuring: 435,
  plain: 380,
  plainLibrary: 420,
  simple: 640,
  simpleLibrary: 700,
  simpleMixed: 1150,
  publish: 195,
  address: 215,
};

/** Declares what the library has of `dist/client`, so that both are made at the same time. */
async function declarations(): Promise<void> {
  await mkdir('dist/client', { recursive: true });
  await writeFile('dist/client/text.d.ts', await clientTypes());
  await writeFile('dist/client/report.d.ts', reportTypes());
}

/** Writes the library to dist/lib, declarations and scripts. */
async function lib(): Promise<void> {
  await rm('dist/lib', { recursive: true, force: true });
  await Promise.all([run('tsc', '-p', '.', '--emitDeclarationOnly'), scripts()]);
  await copyFile('lib/files.d.ts', 'dist/lib/files.d.ts');
}

/**
 * The one package that becomes part of the scripts: it is an ES module that imports another package, and where that is required,
 * Yarn's Plug'n'Play does not find the other one.
 */
const INCLUDED = 'through2';

/**
 * Writes one script for each that package.json names, and one for each set of modules that several of them share: a few scripts
 * are loaded in two thirds of the time that one for each module takes.
 */
async function scripts(): Promise<void> {
  const { rolldown } = await import('rolldown');
  const input = Object.fromEntries((await libraryNames()).map((name) => [name, `./lib/${name}.ts`]));
  const external = (specifier: string): boolean =>
    !specifier.startsWith('.') && !isAbsolute(specifier) && specifier !== INCLUDED;
  const license = await readFile(`node_modules/${INCLUDED}/LICENSE.md`, 'utf8');
  const bundle = await rolldown({ input, external, platform: 'node', tsconfig: false });
  await bundle.write({
    dir: 'dist/lib',
    format: 'cjs',
    strict: true,
    minifyInternalExports: false,
    banner: ({ moduleIds }) =>
      moduleIds.some((id) => id.includes(`/${INCLUDED}/`)) ? `/*! ${INCLUDED}\n\n${license}*/` : '',
    chunkFileNames: ({ name, moduleIds }) => `${nameOfShared(moduleIds) ?? name}.js`,
  });
  await bundle.close();
}

/** Says what can be imported by name from the scripts that users load. These need the texts of `dist/client`. */
async function names(): Promise<void> {
  for (const name of ['index', 'server/index']) await nameExports(resolve('dist/lib', `${name}.js`));
}

/**
 * Says at the end of a script what can be imported from it by name: Node finds such names without running the script
 * (https://github.com/nodejs/cjs-module-lexer).
 */
async function nameExports(path: string): Promise<void> {
  const { default: exported } = (await import(path)) as { default: object };
  const names = Object.entries(exported).flatMap(([name, value]) =>
    typeof value === 'function' ? name : [],
  );
  await appendFile(path, `0 && (module.exports = { ${names.join(', ')} });\n`);
}

/** Paths without extension of what package.json names in dist/lib. The rest of the library is reached from there. */
async function libraryNames(): Promise<string[]> {
  const names = (await readFile('package.json', 'utf8')).matchAll(/"\.\/dist\/lib\/(.+)\.js"/g);
  return [...new Set([...names].map((match) => match[1] as string))];
}

/** A shared script is called like its last module, which the others are there for; helpers of the bundler are no modules. */
function nameOfShared(modules: readonly string[]): string | undefined {
  const last = modules.at(-1);
  return last && relative('lib', last).replace(/\.ts$/, '');
}

/** Formatting and lint, nothing changed. */
export const lint = (): Promise<void> => run('biome', 'ci', '--error-on-warnings');

/** Types of everything that is not compiled. */
const types = (): Promise<void> => run('tsc', '-p', 'test');

/** Finds the browsers and Redis, or installs Debian's, before tests need them. */
const programs = (): Promise<void> => run('tsx', 'test/helpers/programs.ts');

/** Test files, as many at once as there are processors: with one more, all together take longer. */
const mocha = (...files: readonly string[]): Promise<void> =>
  run('mocha', '--parallel', '--jobs', String(availableParallelism()), ...files);

const all = (): Promise<void> => mocha('test/**/*.test.ts');

/** The suites that ask functions of the core, and run bundles in this process. */
const core = (): Promise<void> =>
  mocha('test/{architecture,core,fs,patch}/*.test.ts', 'test/samples.test.ts');

/** Installs what the pages of examples/pages use. What bundles them is here already: gulp and its plugins above, and dynapack. */
async function installExample(): Promise<void> {
  await run('npm', 'ci', '--prefix', 'examples/pages', '--omit=dev', '--no-audit', '--no-fund');
  await symlink(resolve('.'), 'examples/pages/node_modules/dynapack', 'junction');
}

/** Bundles examples/pages and prints what it made; with `--serve`, serves the pages as well. */
function bundleExample(): Promise<void> {
  return run('gulp', '--cwd', 'examples/pages', ...(process.argv.includes('--serve') ? ['serve'] : []));
}

/** Draws the table of imports in ARCHITECTURE.md. */
export async function imports(): Promise<void> {
  const text = await readFile('ARCHITECTURE.md', 'utf8');
  await writeFile('ARCHITECTURE.md', withImports(text, findImports('lib')));
}

/** Writes the pages of the reference anew, from the declarations in lib. */
export const reference = (): Promise<void> => run('tsx', 'test/docs/reference.ts');

/** Draws the drawings of the documents from builds. */
const makeDrawings = (): Promise<void> => run('tsx', 'test/docs/drawings.ts');

/** Takes the pictures of a report and of the examples that stand in the documents. */
const takePictures = async (): Promise<void> => {
  await run('tsx', 'test/report/pictures.ts');
  await run('tsx', 'test/examples/pictures.ts');
};

/** Removes what the other tasks make. */
export const clean = (): Promise<void> => rm('dist', { recursive: true, force: true });

/** The parts of the client, each compiled with the declarations of what its browsers have. */
const CLIENT_PROJECTS = [
  'client',
  'client/updates',
  'client/styles',
  'client/styles/updates',
  'client/worker',
  'client/workers',
  'client/runtime',
  'client/runtime/simple',
  'client/runtime/acyclic',
  'client/runtime/only-common',
  'client/server/later',
  'client/server/sync',
  'client/standalone',
];

/** Compiles what runs in browsers and writes it as readable scripts, and as the texts that builds contain. */
export async function client(): Promise<void> {
  await run('tsc', '--build', '--force', ...CLIENT_PROJECTS);
  const readable = {
    loader: await readableLoader(LOADER_FILES, 'config, bringer, trust'),
    updatingLoader: await readableLoader(UPDATING_FILES, 'config, bringer, trust'),
    styledLoader: await readableLoader(withStyles(LOADER_FILES), 'config, bringer, trust'),
    updatingStyledLoader: await readableLoader(withStyles(UPDATING_FILES), 'config, bringer, trust'),
    workerLoader: await readableLoader(WORKER_FILES, 'config, trust'),
    findScript: await readScripts(['script']),
    worker: await readScripts(['worker/worker']),
    runtime: await readRuntime(RUNTIME_FILES),
    dynoSrc: await readableLoader(DYNOSRC_FILES, 'config'),
    syncDynoSrc: await readableLoader(SYNC_DYNOSRC_FILES, 'config'),
    publish: await readScripts(['standalone/publish']),
    address: await readScripts(['standalone/address']),
    standalone: await readableStandalone(),
  };
  const texts = {
    loader: await minifiedLoader(readable.loader, LOADER_NAMES),
    updatingLoader: await minifiedLoader(readable.updatingLoader),
    styledLoader: await minifiedLoader(readable.styledLoader, LOADER_NAMES),
    updatingStyledLoader: await minifiedLoader(readable.updatingStyledLoader),
    workerLoader: await minifiedLoader(readable.workerLoader),
    findScript: await minifiedLoader(readable.findScript),
    worker: await minifiedWorker(readable.worker),
    dynoSrc: await minifiedLoader(readable.dynoSrc, DYNOSRC_NAMES),
    syncDynoSrc: await minifiedLoader(readable.syncDynoSrc, DYNOSRC_NAMES),
    publish: await minifiedLoader(readable.publish),
    address: await minifiedLoader(readable.address),
  };
  const standalone = await minifiedStandalones(readable.standalone);
  const { runtime: _, ...old } = readable;
  for (const { worker, ...functions } of [old, texts]) {
    for (const code of [worker, ...Object.values(functions).map((text) => `(${text})`)]) assertES5(code);
  }
  for (const text of Object.values(standalone)) assertES5(`(${text})`);
  reportSizes(texts);
  reportSizes(standalone);
  await mkdir('dist/client', { recursive: true });
  await writeFile('dist/client/loader.js', `${readable.loader};\n`);
  await writeFile('dist/client/updating-loader.js', `${readable.updatingLoader};\n`);
  await writeFile('dist/client/worker.js', readable.worker);
  await writeFile('dist/client/runtime.js', readable.runtime);
  const runtime = await minifiedRuntime(readable.runtime);
  reportSizes({ runtime: Object.values(runtime).join('\n') });
  const lines = Object.entries({ ...texts, runtime, standalone }).map(
    ([name, text]) => `exports.${name} = ${JSON.stringify(text)};\n`,
  );
  await writeFile('dist/client/text.js', `'use strict';\n${lines.join('')}`);
}

/** Runs a command of an installed package, and fails when it does. */
function run(command: string, ...parameters: string[]): Promise<void> {
  return new Promise((onDone, onFailure) => {
    const path = `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`;
    const child = spawn(command, parameters, { stdio: 'inherit', env: { ...process.env, PATH: path } });
    child.on('error', onFailure);
    child.on('close', (code) => (code === 0 ? onDone() : onFailure(new Error(`${command} failed`))));
  });
}

/** A function expression, which is what snippets call. */
async function readableLoader(names: readonly string[], parameters: string): Promise<string> {
  return `(function (${parameters}) {\n${await readScripts(names)}})`;
}

/** A function expression that gives what the entry exports. */
async function readableStandalone(): Promise<string> {
  const code = await readScripts(STANDALONE_FILES);
  return `(function (modules, entry) {\n${code}\nreturn start();\n})`;
}

/** Compiled files of `client/`, one after the other. */
async function readScripts(names: readonly string[]): Promise<string> {
  const sources = names.map((name) => readFile(`dist/client/source/${name}.js`, 'utf8'));
  // The compiler puts the directive into every file. Nothing depends on it, and it has a size.
  return (await Promise.all(sources)).map((source) => source.replace(/^"use strict";\n/, '')).join('\n');
}

const readRuntime = (names: readonly string[]): Promise<string> =>
  readScripts(names.map((name) => `runtime/${name}`));

/** The loader runs everywhere. The runtime runs where generators do: ES modules need no less. */
const compress = { passes: 4, unsafe: true, pure_getters: true, keep_fargs: false } as const;

/** A function expression alone is no program, so it is minified as a value that is assigned. */
async function minifiedLoader(
  readable: string,
  mangle: MinifyOptions['mangle'] = true,
  defined: Record<string, boolean> = {},
): Promise<string> {
  const { code } = await minify(`loader=${readable}`, {
    ecma: 5,
    compress: { ...compress, conditionals: 'HAS_LINKS' in defined, global_defs: defined },
    mangle,
  });
  if (!code) throw new Error('terser gave no code');
  return code.replace(/^loader=/, '').replace(/;$/, '');
}

/** One text for each kind, without what that has no use for. */
async function minifiedStandalones(readable: string): Promise<Record<keyof typeof STANDALONE_KINDS, string>> {
  const texts = Object.entries(STANDALONE_KINDS).map(
    async ([name, defined]) => [name, await minifiedLoader(readable, STANDALONE_NAMES, defined)] as const,
  );
  return Object.fromEntries(await Promise.all(texts)) as Record<keyof typeof STANDALONE_KINDS, string>;
}

/** Fields of the runtime's records, which nobody else sees. */
const RUNTIME_FIELDS =
  /^(?:getters|rank|bindings|namespaces?|getNamespace|interop|result|generator|module|requested|indirect|own|takers|stars|heirs|awaited|bound|views|state|failure|index|least|root|awaits|order|pending|waiting|promise|settle)$/;

/** The worker is a script of its own. */
async function minifiedWorker(readable: string): Promise<string> {
  const { code } = await minify(readable, { ecma: 5, compress, toplevel: true });
  if (!code) throw new Error('terser gave no code');
  return code;
}

/** The runtime is the body of a module function, made of parts: each is minified by itself, with the names that all have of it. */
async function minifiedRuntime(readable: string): Promise<Record<string, string>> {
  const nameCache = {};
  const mangle = {
    toplevel: true,
    reserved: ['require', 'exports'],
    properties: { regex: RUNTIME_FIELDS, builtins: true },
  };
  await minify(readable, { ecma: 2015, compress: false, mangle, nameCache });
  const minified = async (files: readonly string[], options: CompressOptions): Promise<string> => {
    const { code } = await minify(await readRuntime(files), {
      ecma: 2015,
      compress: { ...compress, ecma: 2015, ...options },
      mangle,
      nameCache,
    });
    if (!code) throw new Error('terser gave no code');
    return code;
  };
  const texts: Record<string, string> = {};
  for (const [name, [files, defined]] of Object.entries(SIMPLE_RUNTIMES))
    texts[name] = await minified(files, { toplevel: true, global_defs: { ...defined } });
  for (const [part, files] of Object.entries(RUNTIME_PARTS))
    texts[part] = await minified(files, { reduce_funcs: false, toplevel: false });
  return texts;
}

/** Prints what texts weigh, and fails when one is too heavy. */
function reportSizes(texts: Record<string, string>): void {
  for (const [name, text] of Object.entries(texts)) {
    const size = gzipSync(text, { level: 9 }).length;
    console.log(`${name}: ${text.length} bytes, ${size} after gzip`);
    const over = size - (BUDGETS[name] ?? size);
    if (over > 0) throw new Error(`${name} is ${over} bytes over its budget`);
  }
}

/** Declares the texts, and exports the types of what the loader is a function of. */
async function clientTypes(): Promise<string> {
  const config = await readFile('client/config.ts', 'utf8');
  return [
    '/** The text of `function(config: LoaderConfig, bringer?: HTMLScriptElement, trust?: (url: string) => string): void`. */',
    'export declare const loader: string;',
    '',
    '/** The text of a function like the loader that updates bundles by patches where it can. */',
    'export declare const updatingLoader: string;',
    '',
    '/** The text of a function like the loader that loads styles as well. */',
    'export declare const styledLoader: string;',
    '',
    '/** The text of a function like the one that updates bundles, which loads styles as well. */',
    'export declare const updatingStyledLoader: string;',
    '',
    '/** The text of `function(config: LoaderConfig, trust?: (url: string) => string): void`, which starts a worker. */',
    'export declare const workerLoader: string;',
    '',
    '/** The text of `function(attribute: string): HTMLScriptElement`, which gives the script element that it is called in. */',
    'export declare const findScript: string;',
    '',
    '/** The text of the service worker that answers for updated bundles. */',
    'export declare const worker: string;',
    '',
    '/** The text of a CommonJS module whose exports are what rendered ES modules call, in parts. */',
    `export declare const runtime: Record<${Object.keys({ ...SIMPLE_RUNTIMES, ...RUNTIME_PARTS })
      .map((part) => `'${part}'`)
      .join(' | ')}, string>;`,
    '',
    '/** The text of the function that makes `dynoSrc` of pages, of what the server passes. */',
    'export declare const dynoSrc: string;',
    '',
    '/** The text of a function like that, which runs assets at once. */',
    'export declare const syncDynoSrc: string;',
    '',
    '/** The texts of functions that run the modules of a script that stands alone: `function(modules: object, entry: string): unknown`. */',
    `export declare const standalone: Record<${Object.keys(STANDALONE_KINDS)
      .map((kind) => `'${kind}'`)
      .join(' | ')}, string>;`,
    '',
    '/** The text of a function that gives what a library exports to who runs it: `function(name: string, exported: unknown): void`. */',
    'export declare const publish: string;',
    '',
    '/** The text of a function that gives the URL of the script that calls it. */',
    'export declare const address: string;',
    '',
    config.replace(/^(interface|type) /gm, 'export $1 '),
  ].join('\n');
}

/** Declares what lib/report/page.ts has of the report's page, which the library bundles once it is there. */
function reportTypes(): string {
  return [
    '/** The script of the page, for the inside of an element. */',
    'export declare const script: string;',
    '',
    '/** Its style, likewise. */',
    'export declare const style: string;',
    '',
    '/** The Content-Security-Policy that lets these two in, and nothing else. */',
    'export declare const policy: string;',
    '',
  ].join('\n');
}

/** What the script and the style of a report may weigh together, in bytes as they are in each report. */
const REPORT_BUDGET = 60_000;

/** Bundles the page of reports with the library that was just built, and writes its parts as texts. */
export async function report(): Promise<void> {
  const [script] = await Promise.all([reportScript(), run('tsc', '-p', 'client/report')]);
  const style = await reportStyle();
  const size = script.length + style.length;
  const compressed = gzipSync(script + style, { level: 9 }).length;
  console.log(`report: ${size} bytes, ${compressed} after gzip`);
  if (size > REPORT_BUDGET) throw new Error(`report is ${size - REPORT_BUDGET} bytes over its budget`);
  const lines = Object.entries({ script, style, policy: reportPolicy(script, style) }).map(
    ([name, text]) => `exports.${name} = ${JSON.stringify(text)};\n`,
  );
  await writeFile('dist/client/report.js', `'use strict';\n${lines.join('')}`);
}

/** One script that stands alone. It names the one package that is part of it, which asks for that. */
async function reportScript(): Promise<string> {
  const entry = 'client/report/main.ts';
  const { default: dynapack } = (await import(pathToFileURL(resolve('dist/lib/index.js')).href)) as {
    default: typeof import('dynapack');
  };
  const pack = dynapack({ standalone: [entry], env: { NODE_ENV: 'production' } });
  pack.deps().pipe(typescript()).pipe(pack.mods());
  pack.end(resolve(entry));
  const [bundle, ...others]: File[] = await pack.pipe(pack.minify()).toArray();
  if (!bundle || others.length > 0) throw new Error('The report is not one script');
  const license = await readFile('node_modules/d3-hierarchy/LICENSE', 'utf8');
  const script = `/*! d3-hierarchy\n\n${license}*/\n${String(bundle.contents)}`;
  if (/<\/script|<!--/i.test(script)) throw new Error('The script would end its element');
  return script;
}

const typescript = () =>
  objectTransform(async (file: File) => {
    if (file.extname !== '.ts') return file;
    const { code } = await transform(String(file.contents), { loader: 'ts', target: 'es2022' });
    file.contents = Buffer.from(code);
    return file;
  });

async function reportStyle(): Promise<string> {
  const filename = 'client/report/style.css';
  const { code } = lightningcss({ filename, code: await readFile(filename), minify: true });
  return String(code);
}

function reportPolicy(script: string, style: string): string {
  const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** What is built follows from these alone: files, and directories with all that is in them. */
const SOURCES = {
  files: ['package.json', 'package-lock.json', 'tsconfig.json', 'gulpfile.ts'],
  directories: ['client', 'lib'],
};

/** Holds the hash of the sources that were built, and is there when all of it has gone well. `prepare.js` looks for it. */
const STAMP = 'dist/sources.sha256';

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const found = SOURCES.directories.map((name) => readdir(name, { recursive: true, withFileTypes: true }));
  const entries = (await Promise.all(found)).flat().filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  const sorted = [...SOURCES.files, ...paths].sort();
  const contents = await Promise.all(sorted.map((path) => readFile(path)));
  for (const [index, content] of contents.entries()) hash.update(`${sorted[index]}\n`).update(content);
  return hash.digest('hex');
}

let sources: string;

async function beginBuild(): Promise<void> {
  sources = await hashSources();
  await rm(STAMP, { force: true });
}

const endBuild = (): Promise<void> => writeFile(STAMP, sources);

/** Everything users install. */
export const build = series(beginBuild, declarations, parallel(client, lib), names, report, endBuild);

/** Builds what users install, unless it was built from the same sources, as behind `npm ci`. */
export async function built(): Promise<void> {
  const stamp = await readFile(STAMP, 'utf8').catch(() => undefined);
  if (stamp === (await hashSources())) return;
  await new Promise<void>((onDone, onFailure) => build((error) => (error ? onFailure(error) : onDone())));
}

/** Lint, build, types and all tests. */
export const test = series(parallel(lint, built), parallel(types, programs), all);

/** What tells in a minute whether a change is on its way: lint, build, types, and the suites of the core. */
export const check = series(parallel(lint, built), parallel(types, core));

/** Pictures of what users see, for the documents. */
export const pictures = series(built, takePictures);

/** Drawings for the documents: graphs and what they become, and what visitors download. */
export const drawings = series(built, makeDrawings);

/** Builds the library, then bundles examples/pages with it. */
export const example = series(built, installExample, bundleExample);

export default build;
