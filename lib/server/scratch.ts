/** A directory for one process: gone with it, and those of processes that could not tidy up are removed by the next. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { listDirectory, removeDirectory, removeDirectoryNow } from '../fs/served';

/** @param parent of the directories of all processes */
export function openScratch(parent: string): string {
  const directory = join(parent, `${process.pid}-${randomUUID().slice(0, 8)}`);
  process.once('exit', () => removeDirectoryNow(directory));
  removeAbandoned(parent).catch(() => {});
  return directory;
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await listDirectory(parent)) {
    if (!isRunning(Number.parseInt(name, 10))) await removeDirectory(join(parent, name));
  }
}

/** Whether a process runs: signal 0 only asks. One of somebody else runs as well. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
