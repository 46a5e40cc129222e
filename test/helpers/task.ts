/** Builds as tasks have them: bundles and scripts go through plugins into directories. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { dest } from 'vinyl-fs';
import { hush } from './pack';
import { type Project, readFiles } from './project';

export interface Task {
  entries: readonly string[];
  /** Directory of the bundles, in the project. */
  output: string;
  /** Directory of what `scripts()` gives; that of the bundles, if it is not said. */
  scripts?: string;
  /** Puts transforms between `deps()` and `mods()`. */
  splice?(pack: dynapack.Pack): void;
  /** What bundles go through on their way. */
  plugins?(pack: dynapack.Pack): Duplex[];
  /** Where `dest()` writes the maps of bundles, beside them. */
  maps?: string;
  options?: dynapack.Options;
  scriptsOptions?: dynapack.ScriptsOptions;
}

/** Names of Files, as they come by. */
const recorder = (names: string[]): Duplex =>
  objectTransform(async (file: File) => {
    names.push(file.relative);
    return file;
  }) as unknown as Duplex;

/** Runs the task, and gives the names of all Files that the pack and `scripts()` have given out. */
export async function runTask(project: Project, task: Task): Promise<string[]> {
  const { entries, output, scripts = output, splice, plugins, maps, options, scriptsOptions } = task;
  const pack = hush(dynapack({ root: project.directory, ...options }));
  splice?.(pack);
  for (const entry of entries) pack.write(project.path(entry));
  pack.end();
  const given: string[] = [];
  await pipeline([
    pack as Duplex,
    recorder(given),
    ...(plugins?.(pack) ?? []),
    dest(resolve(project.directory, output), maps === undefined ? {} : { sourcemaps: maps }) as Duplex,
    pack.scripts(scriptsOptions),
    recorder(given),
    dest(resolve(project.directory, scripts)) as Duplex,
  ]);
  return given.sort();
}

/** What the task writes without a cache: path in the project → text. */
export async function runClean(project: Project, task: Task): Promise<Record<string, string>> {
  const { output, scripts = output, options } = task;
  // Not in the project: names that come and go there may mean something.
  const directory = mkdtempSync(join(tmpdir(), 'dynapack-clean-'));
  const { cache: _, ...others } = options ?? {};
  const at = (name: string): string => join(directory, name);
  try {
    await runTask(project, { ...task, output: at(output), scripts: at(scripts), options: others });
    return readFiles(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
