/** Scripts that stand alone, made of small projects and run where there is no page. */
import { createContext, runInContext } from 'node:vm';
import dynapack from 'dynapack';
import { finish, hush, type Packed, type Pipe } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** A bundled project, and the warnings of its pack. */
export interface Alone extends Packed {
  project: Project;
  warnings: dynapack.WarningEvent[];
}

/** Bundles a project whose entries are all files at the first level, or those that are named. */
export async function packAlone(
  files: ProjectFiles,
  options: dynapack.Options,
  pipe: Pipe = (stream) => stream,
  entries = Object.keys(files).filter((name) => /^[^/]+\.[cm]?js$/.test(name)),
): Promise<Alone> {
  const project = new Project(files).link('node-ensure');
  const warnings: dynapack.WarningEvent[] = [];
  const pack = hush(dynapack({ root: project.directory, ...options }));
  pack.on('warning', (warning) => warnings.push(warning));
  for (const entry of entries) pack.write(project.path(entry));
  pack.end();
  return { ...(await finish(pack, undefined, pipe(pack))), project, warnings };
}

/** Packs with one entry, the first file, that stands alone. */
export async function textAlone(
  files: ProjectFiles,
  options: dynapack.Options = {},
  pipe?: Pipe,
): Promise<string> {
  const [entry] = Object.keys(files) as [string];
  const { bundles } = await packAlone(files, { standalone: [entry], ...options }, pipe, [entry]);
  return bundles[entry.replace(/\.[cm]?js$/, '.js')] as string;
}

/** What a script finds where it runs. */
export interface Place {
  // biome-ignore lint/suspicious/noExplicitAny: globals are whatever modules make them
  globals: any;
  run(text: string): void;
  /** Waits until nothing is under way any more. */
  settle(): Promise<void>;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A global object with timers and nothing else that is not the language's; a worker has a `self` as well. */
export function place(more: Record<string, unknown> = {}, hasSelf = false): Place {
  let timers = 0;
  const later = (callback: () => void, delay = 0): void => {
    timers++;
    setTimeout(
      () => {
        timers--;
        callback();
      },
      Math.min(delay, 5),
    );
  };
  const globals: Record<string, unknown> = { setTimeout: later, URL, ...more };
  if (hasSelf) globals.self = globals;
  const context = createContext(globals);
  return {
    globals,
    run: (text) => void runInContext(text, context),
    async settle() {
      for (let quiet = 0; quiet < 5; quiet++) {
        if (timers > 0) quiet = 0;
        await nextTurn();
      }
    },
  };
}

/** What a script logs with `log.push()` from beginning to end. */
export async function logOf(text: string): Promise<unknown[]> {
  const log: unknown[] = [];
  const where = place({ log });
  where.run(text);
  await where.settle();
  return log;
}
