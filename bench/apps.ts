/** The programs that are bundled. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { type Formats, type GeneratedApp, generateApp } from './generate-app';
import type { GraphSize } from './generate-graph';
import { install } from './install';
import type { App } from './program';
import { type StarsName, starCounts, writeStarsApp } from './stars-app';
import { writeTinyApp } from './tiny-app';
import { workspace } from './workspace';

interface SvelteCompiler {
  compile(source: string, options: object): { js: { code: string } };
}

const sizes = {
  '1k': { modules: 1_000, roots: 50, edges: 3_500, entries: 10 },
  '1k-cjs': { modules: 1_000, roots: 50, edges: 3_500, entries: 10 },
  '10k': { modules: 10_000, roots: 300, edges: 35_000, entries: 30 },
  '50k': { modules: 50_000, roots: 1_000, edges: 175_000, entries: 100 },
} satisfies Record<string, GraphSize>;

/** Programs of installed packages, by their directories, with the module that is edited. */
const installed = {
  real: { source: 'app', edited: 'src/pages/seeds.js' },
  babylon: { source: 'babylon', edited: 'src/main.js' },
  svelte: { source: 'svelte', edited: 'src/main.js' },
  vue: { source: 'vue', edited: 'src/main.js' },
  styled: { source: 'app', edited: 'src/pages/seeds.css' },
} as const;

type InstalledName = keyof typeof installed;

export type AppName = 'tiny' | InstalledName | StarsName | keyof typeof sizes;

/** Those that the command line may name: the tiny one is for a question of its own. */
export const appNames = [
  ...Object.keys(installed),
  ...Object.keys(sizes),
  ...Object.keys(starCounts),
] as AppName[];

/** Generated programs are kept until what generates them changes. */
const generation = ['generate-app.ts', 'generate-code.ts', 'generate-graph.ts', 'apps.ts']
  .reduce((hash, file) => hash.update(readFileSync(join(__dirname, file))), createHash('sha256'))
  .digest('hex')
  .slice(0, 8);

/** Puts a program, unedited, into the workspace. */
export function prepareApp(name: AppName): App {
  if (name === 'tiny') return writeTinyApp(0, false);
  if (isOf(installed, name)) return prepareInstalled(name);
  if (isOf(starCounts, name)) return writeStarsApp(name);
  return prepareGenerated(name, name === '1k-cjs' ? 'commonjs' : 'mixed');
}

function isOf<Name extends AppName>(programs: Readonly<Record<Name, unknown>>, name: AppName): name is Name {
  return name in programs;
}

/** A copy, because its sources are edited; what it has installed stays where it is. */
function prepareInstalled(name: InstalledName): App {
  const source = join(__dirname, installed[name].source);
  const directory = join(workspace, name);
  install(source);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const item of ['src', 'package.json']) {
    cpSync(join(source, item), join(directory, item), { recursive: true });
  }
  compileComponents(join(directory, 'src'), source);
  if (name === 'styled') addStyles(join(directory, 'src'));
  symlinkSync(join(source, 'node_modules'), join(directory, 'node_modules'), 'junction');
  return { name, directory, entries: ['src/main.js'], edited: installed[name].edited, hasModules: true };
}

/** Rules in a style. */
const RULES = 40;

/** Gives each module of a program a style of its own, of some kilobytes. */
function addStyles(directory: string): void {
  const modules = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const name of modules.filter((each) => each.endsWith('.js'))) {
    const path = join(directory, name);
    const style = basename(path, '.js');
    const rules = Array.from(
      { length: RULES },
      (_, index) => `.${style}-${index} {\n  margin: ${index}px;\n  color: rgb(${index}, 0, 0);\n}\n`,
    );
    writeFileSync(path.replace(/\.js$/, '.css'), rules.join('\n'));
    writeFileSync(path, `import './${style}.css';\n${readFileSync(path, 'utf8')}`);
  }
}

/** Writes a script beside each component of Svelte, so that no bundler needs a plugin. */
function compileComponents(directory: string, program: string): void {
  const components = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const name of components.filter((each) => each.endsWith('.svelte'))) {
    const { compile } = createRequire(join(program, 'package.json'))('svelte/compiler') as SvelteCompiler;
    const path = join(directory, name);
    writeFileSync(
      `${path}.js`,
      compile(readFileSync(path, 'utf8'), { css: 'injected', filename: path }).js.code,
    );
  }
}

function prepareGenerated(name: keyof typeof sizes, formats: Formats): App {
  const directory = join(workspace, `${name}-${generation}`);
  const record = join(workspace, `${name}-${generation}.json`);
  if (!existsSync(record)) {
    rmSync(directory, { recursive: true, force: true });
    writeFileSync(record, JSON.stringify(generateApp(directory, sizes[name], formats)));
  }
  const { graph, paths } = JSON.parse(readFileSync(record, 'utf8')) as GeneratedApp;
  const entries = graph.entries.map((entry) => paths[entry] as string);
  // The second module of the first feature: the entry's unit, but not the entry.
  const edited = paths[1] as string;
  restore(join(directory, edited));
  return { name, directory, entries, edited, hasModules: formats === 'mixed', graph, paths };
}

/** Takes back the edits of runs before. */
function restore(path: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\nself\.edited = '[^']*';\n/g, ''));
}
