/** What runs in a process of its own for every measured build: `node worker.js <task as JSON> <file for the report>`. */
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type PeerName, peerOf } from './peers';
import type { Job, Pages } from './peers/peer';
import { readUsage, type Usage } from './usage';

/** What a process is started for. */
export interface Task {
  peer: PeerName;
  job: Job;
  /** How many edits follow the first build; absent: one build is all. */
  edits?: number;
}

/** What one build, or one build after an edit, took. */
export interface Rebuild {
  seconds: number;
  userSeconds: number;
}

/** What a process has to say at its end. */
export interface Report {
  usage: Usage;
  pages: Pages;
  rebuilds: Rebuild[];
}

/** Whether any script of a directory, or of those below it, contains a text. */
function contains(directory: string, text: string): boolean {
  return readdirSync(directory, { withFileTypes: true }).some((item) => {
    const path = join(directory, item.name);
    return item.isDirectory() ? contains(path, text) : readFileSync(path, 'utf8').includes(text);
  });
}

/** Nobody saves an edit at once when the first build has ended: what bundlers do meanwhile, such as to watch files, is done. */
const PAUSE = 1000;

/** Edits a module and builds again, as often as asked. Of several times, the first is not counted: it warms up. */
async function rebuild({ peer, job, edits }: Task): Promise<Rebuild[]> {
  const session = await peerOf(peer, job.project).open?.(job);
  if (session === undefined) throw new Error('keeps nothing from build to build');
  await setTimeout(PAUSE);
  const rebuilds: Rebuild[] = [];
  const uncounted = (edits as number) > 1 ? 1 : 0;
  for (let edit = 0; edit < (edits as number) + uncounted; edit++) {
    const text = `edit ${edit} of ${process.pid}`;
    const before = readUsage();
    const start = performance.now();
    await session.rebuild(() => appendFileSync(job.edited, `\nself.edited = '${text}';\n`));
    const seconds = (performance.now() - start) / 1000;
    rebuilds.push({ seconds, userSeconds: readUsage().userSeconds - before.userSeconds });
    if (!contains(job.output, text)) throw new Error('what it wrote does not contain the edit');
  }
  return rebuilds.slice(uncounted);
}

async function run(task: Task): Promise<Report> {
  if (task.edits !== undefined) return { rebuilds: await rebuild(task), pages: {}, usage: readUsage() };
  const pages = await peerOf(task.peer, task.job.project).build(task.job);
  return { pages, rebuilds: [], usage: readUsage() };
}

async function main(task: string, file: string): Promise<void> {
  try {
    writeFileSync(file, JSON.stringify(await run(JSON.parse(task) as Task)));
    // As commands do: what a bundler keeps open must not keep its process waiting.
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

main(process.argv[2] as string, process.argv[3] as string);
