import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parallel, series } from 'gulp';
import { minify } from 'terser';
import { assertES5 } from './test/client/es5';

/** The loader's files in the order in which their statements run. The functions among them are hoisted. */
const CLIENT_FILES = ['loader', 'modules', 'state', 'start'];

/** Letters for the loader's local names. Any order is right; in this one, gzip makes least of the result. */
const CLIENT_LETTERS = 'nesitbfrdahpovlcum';

/** What the loader may weigh, in bytes after gzip: 0.70 KB, a little of it for the differences between zlibs. */
const CLIENT_BUDGET = 716;

/** Compiles the library to dist/lib. The loader's text must be there before. */
async function lib(): Promise<void> {
  await rm('dist/lib', { recursive: true, force: true });
  await run('tsc', '-p', '.');
}

/** Formatting and lint, nothing changed. */
export const lint = (): Promise<void> => run('biome', 'ci', '--error-on-warnings');

/** Types of everything that is not compiled. */
const types = (): Promise<void> => run('tsc', '-p', 'test');

/** Finds Chromium, or installs Debian's, before tests need it. */
const browser = (): Promise<void> => run('tsx', 'test/helpers/chromium.ts');

const mocha = (): Promise<void> => run('mocha');

/** Installs what examples/pages uses. */
const installExample = (): Promise<void> =>
  run('npm', 'ci', '--prefix', 'examples/pages', '--no-audit', '--no-fund');

/** Bundles examples/pages and prints what it made; with `--serve`, serves the pages as well. */
function bundleExample(): Promise<void> {
  return run('gulp', '--cwd', 'examples/pages', ...(process.argv.includes('--serve') ? ['serve'] : []));
}

const benchSplit = (): Promise<void> => run('tsx', 'bench/split.ts');

/** Removes what the other tasks make. */
export const clean = (): Promise<void> => rm('dist', { recursive: true, force: true });

/** Compiles the loader and writes it as a readable script, and as the text that snippets contain. */
export async function client(): Promise<void> {
  await run('tsc', '-p', 'client');
  const readable = await readableLoader();
  const text = await minifiedLoader(readable);
  assertES5(`(${readable})`);
  assertES5(`(${text})`);
  reportSize(text);
  await mkdir('dist/client', { recursive: true });
  await writeFile('dist/client/loader.js', `(${readable});\n`);
  await writeFile('dist/client/text.js', `'use strict';\nexports.loader = ${JSON.stringify(text)};\n`);
  await writeFile('dist/client/text.d.ts', await loaderTypes());
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

/** All files of the loader, in one scope: that of a function of the config. */
async function readableLoader(): Promise<string> {
  const sources = CLIENT_FILES.map((name) => readFile(`dist/client/source/${name}.js`, 'utf8'));
  // The compiler puts the directive into every file. The loader does not depend on it, and it has a size.
  const bodies = (await Promise.all(sources)).map((source) => source.replace(/^"use strict";\n/, ''));
  return `function (config) {\n${bodies.join('\n')}}`;
}

/** A function expression alone is no program, so it is minified as a value that is assigned. */
async function minifiedLoader(readable: string): Promise<string> {
  const { code } = await minify(`loader=${readable}`, {
    ecma: 5,
    compress: { passes: 4, unsafe: true, pure_getters: true, keep_fargs: false, conditionals: false },
    mangle: { nth_identifier: { get: (index: number) => CLIENT_LETTERS[index] ?? `_${index}` } },
  });
  if (!code) throw new Error('terser gave no code');
  return code.replace(/^loader=/, '').replace(/;$/, '');
}

function reportSize(text: string): void {
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`loader: ${text.length} bytes, ${size} after gzip`);
  if (size > CLIENT_BUDGET) throw new Error(`The loader is ${size - CLIENT_BUDGET} bytes over its budget`);
}

/** Declares the text, and exports the types of what the text is a function of. */
async function loaderTypes(): Promise<string> {
  const config = await readFile('client/config.ts', 'utf8');
  return [
    '/** The text of `function(config: LoaderConfig): void`. */',
    'export declare const loader: string;',
    '',
    config.replace(/^(interface|type) /gm, 'export $1 '),
  ].join('\n');
}

/** Everything users install. */
export const build = series(client, lib);

/** Lint, build, types and all tests. */
export const test = series(parallel(lint, build), parallel(types, browser), mocha);

/** Builds the library, then bundles examples/pages with it. */
export const example = series(build, installExample, bundleExample);

export const bench = series(build, benchSplit);

export default build;
