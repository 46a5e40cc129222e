/** Directories whose files the system tells of as they change, so that nobody has to look at each. */
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** What happened since it was taken last. */
export interface Happenings {
  /** Files that may have been written. */
  files: ReadonlySet<string>;
  /** Directories in which a name has come or gone. */
  directories: ReadonlySet<string>;
}

/** More than this at once, and some of it may have been lost on the way. */
const MANY = 2000;

/**
 * On Linux, a write is in the queue of the system (inotify) before it returns, so that after a turn of the event loop all of
 * it has been heard of. Elsewhere news comes when it comes, and this class says that it knows nothing.
 */
export class DirectoryWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private files = new Set<string>();
  private directories = new Set<string>();
  private isBroken = process.platform !== 'linux';

  /** Watches one more directory, which exists; its subdirectories are not included. */
  add(directory: string): void {
    if (this.isBroken || this.watchers.has(directory)) return;
    try {
      // Not persistent: it keeps no process alive.
      const watcher = watch(directory, { persistent: false }, (event, name) =>
        this.note(directory, event, name),
      );
      watcher.on('error', () => this.close());
      this.watchers.set(directory, watcher);
    } catch {
      // The system allows no more of them, or the directory has gone.
      this.close();
    }
  }

  /** What happened since the last call; `undefined` when that is not known, and everything has to be looked at. */
  async take(): Promise<Happenings | undefined> {
    // What was written before this call is heard of when the loop has been at its poll phase.
    for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
    const { files, directories } = this;
    this.files = new Set();
    this.directories = new Set();
    return this.isBroken || files.size > MANY ? undefined : { files, directories };
  }

  /** Whether it can tell anything. */
  get isReliable(): boolean {
    return !this.isBroken;
  }

  private note(directory: string, event: string, name: string | null): void {
    if (name === null) this.close();
    else this.files.add(join(directory, name));
    if (event === 'rename') this.directories.add(directory);
  }

  private close(): void {
    this.isBroken = true;
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }
}
