/** Runs random modules in Node and in bundles, and tells of each what it exports. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pack } from '../../helpers/pack';
import { Project, type ProjectFiles } from '../../helpers/project';
import { FILES, type RandomModule } from './modules';

/** Imports the module beside it and tells everything about its exports that rewriting must not change. */
const ENTRY = `
async function tell(value, depth = 0) {
  if (depth > 4) return '…';
  const inner = (each) => tell(each, depth + 1);
  if (typeof value === 'function') {
    const statics = await Promise.all(Object.keys(value).map(async (key) => key + ':' + (await inner(value[key]))));
    let result;
    try { result = value(); } catch (error) { result = error.name; }
    return 'function ' + value.name + '{' + statics + '}' + (await inner(result));
  }
  if (value instanceof Promise) return 'promise ' + (await value.then(inner, (error) => error.name));
  if (Array.isArray(value)) return '[' + (await Promise.all(value.map(inner))) + ']';
  if (Object(value) !== value) return typeof value + ' ' + String(value);
  const keys = Object.keys(value);
  const properties = await Promise.all(keys.map(async (key) => key + ':' + (await inner(value[key]))));
  return Object.prototype.toString.call(value) + '{' + properties + '}';
}
globalThis.told = import('./main.mjs').then(tell, (error) => 'throws ' + error.name);
`;

const entryOf = ({ seed }: RandomModule): string => `m${seed}/entry${seed}.mjs`;

/** Not evaluated by an option: there, `require` and the like are global. */
const RUN = `
process.on('unhandledRejection', () => {});
(async () => {
  const told = [];
  for (const entry of process.argv.slice(2)) {
    await import(entry);
    told.push(await globalThis.told);
  }
  require('fs').writeSync(1, JSON.stringify(told));
})();`;

/** A project with a directory for each module. */
export function writeModules(modules: readonly RandomModule[]): Project {
  const files: ProjectFiles = {};
  for (const module of modules) {
    for (const [name, text] of Object.entries(FILES)) files[`m${module.seed}/${name}`] = text;
    files[`m${module.seed}/main.mjs`] = module.source;
    files[entryOf(module)] = ENTRY;
  }
  files['run.cjs'] = RUN;
  return new Project(files);
}

/** What Node makes of the modules. */
export async function tellInNode(modules: readonly RandomModule[], project: Project): Promise<string[]> {
  const entries = modules.map((module) => project.path(entryOf(module)));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', project.path('run.cjs'), ...entries],
    { maxBuffer: 1e8 },
  );
  return JSON.parse(stdout);
}

/** What their bundles make of them. */
export async function tellInBundles(modules: readonly RandomModule[], project: Project): Promise<string[]> {
  const packed = await pack(
    modules.map((module) => project.path(entryOf(module))),
    { root: project.directory },
  );
  return Promise.all(
    modules.map(async ({ seed }) => {
      const name = Object.keys(packed.metadata.entries).find((each) => each.endsWith(`entry${seed}`));
      const { page } = await packed.visit(name as string);
      return page.told;
    }),
  );
}
