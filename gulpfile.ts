import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { assertES5 } from './test/client/es5';

/** The loader's files in the order in which their statements run. The functions among them are hoisted. */
const CLIENT_FILES = ['loader', 'modules', 'state', 'start'];

/** Letters for the loader's local names. Any order is right; in this one, gzip makes least of the result. */
const CLIENT_LETTERS = 'nesitbfrdahpovlcum';

/** What the loader may weigh, in bytes after gzip. */
const CLIENT_BUDGET = 700;

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
  return new Promise((resolve, reject) => {
    const child = spawn(`node_modules/.bin/${command}`, parameters, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} failed`))));
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
    compress: { passes: 4, unsafe: true, pure_getters: true, keep_fargs: false },
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
