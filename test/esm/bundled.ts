/** Graphs as bundles, run in pages without a browser. */
import type dynapack from 'dynapack';
import { type Pipe, pack } from '../helpers/pack';
import type { Project } from '../helpers/project';
import { visit } from '../helpers/visit';
import type { Program } from './files';
import { entryOf } from './files';
import { RECORDER } from './recorder';

const PRELUDE = `<script>
self.rest = () => new Promise((resolve) => setTimeout(resolve));
self.finished = () => {};
${RECORDER}
</script>`;

/** How many pages are open at once: most of the time of each is waiting. */
const PAGES = 50;

/** Changes the text of a bundle. */
export type Mutation = (text: string) => string;

/** What happens to every bundle before it is run. */
export interface Treatment {
  mutate?: Mutation;
  pipe?: Pipe;
  options?: dynapack.Options;
}

/**
 * What the modules of each graph tell, when all of them are entries of one pack.
 */
export async function traceInBundles(
  programs: readonly Program[],
  project: Project,
  { mutate = (text) => text, pipe, options }: Treatment = {},
): Promise<string[][]> {
  const paths = programs.map((program) => project.path(entryOf(program)));
  const { bundles, scripts } = await pack(paths, { root: project.directory, ...options }, pipe);
  const mutated = Object.fromEntries(Object.entries(bundles).map(([name, text]) => [name, mutate(text)]));
  const open = async ({ seed }: Program): Promise<string[]> => {
    const { page } = await visit(mutated, [PRELUDE, scripts[`main${seed}.html`] as string]);
    return page.events;
  };
  const traces: string[][] = [];
  for (let first = 0; first < programs.length; first += PAGES) {
    traces.push(...(await openAll(programs.slice(first, first + PAGES), open)));
  }
  return traces;
}

/** Opens pages at once; where errors of theirs are left unhandled, one by one, to tell whose they are. */
async function openAll(
  programs: readonly Program[],
  open: (program: Program) => Promise<string[]>,
): Promise<string[][]> {
  const unhandled: string[] = [];
  const note = (error: unknown): void => {
    unhandled.push(`unhandled: ${error}`);
  };
  process.on('unhandledRejection', note);
  const traces = await Promise.all(programs.map(open));
  process.off('unhandledRejection', note);
  if (unhandled.length === 0) return traces;
  if (programs.length === 1) return [[...(traces[0] as string[]), ...unhandled]];
  const alone: string[][] = [];
  for (const program of programs) alone.push(...(await openAll([program], open)));
  return alone;
}
