/** Pages of a project as they are built, visited, and told of by Node. */
import { execFileSync } from 'node:child_process';
import type dynapack from 'dynapack';
import { pack } from '../helpers/pack';
import type { Project } from '../helpers/project';

export interface Built {
  bundles: Record<string, string>;
  /** Of each page, the names of the files that it loads, sorted, and what it tells. */
  loaded: Record<string, string[]>;
  told: Record<string, unknown[]>;
}

/** Pages tell by pushing to `told`, and promise to tell by pushing to `loads`. */
export async function build(
  project: Project,
  pages: readonly string[],
  options: dynapack.Options = {},
  isMinified = false,
): Promise<Built> {
  const paths = pages.map((page) => project.path(page));
  const packed = await pack(
    paths,
    { root: project.directory, ...options },
    isMinified ? (packer) => packer.pipe(packer.minify()) : undefined,
  );
  const { bundles, entries } = packed.metadata;
  const loaded: Built['loaded'] = {};
  const told: Built['told'] = {};
  for (const [name, files] of Object.entries(entries)) {
    const modules = files.flatMap((file) => bundles[file] ?? []);
    loaded[name] = modules
      .flatMap((path) => (path.startsWith(project.directory) ? path.slice(project.directory.length + 1) : []))
      .sort();
    const { page, errors, settle } = await packed.visit(name, { told: [], loads: [] });
    await settle();
    if (errors.length > 0) throw errors[0];
    told[name] = page.told;
  }
  return { bundles: packed.bundles, loaded, told };
}

/** All in one process. */
const RUN = `(async () => {
  const all = [];
  for (const path of process.argv.slice(1)) {
    globalThis.told = [];
    globalThis.loads = [];
    await import(path);
    for (const load of loads) await load;
    all.push(told);
  }
  require('fs').writeSync(1, JSON.stringify(all));
})()`;

/** What pages tell in Node, of which each has files of its own. */
export const tellInNode = (paths: readonly string[]): unknown[][] =>
  JSON.parse(
    execFileSync(process.execPath, ['--no-warnings', '--eval', RUN, ...paths], { encoding: 'utf8' }),
  );

/** How many functions of ES modules bundles have. */
export const functionsIn = (bundles: Record<string, string>): number =>
  [
    ...Object.values(bundles)
      .join('\n')
      .matchAll(/^"[^"]+":\(?function\*/gm),
  ].length;
