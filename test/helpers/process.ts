/** Child processes that tests start, with what they print. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Project, ProjectFiles } from './project';

export interface Finished {
  code: number | null;
  /** Standard output and standard error, as they came. */
  output: string;
}

/** Milliseconds until expected output counts as missing. */
const LONGEST_WAIT = 30_000;

const running = new Set<Running>();

/** A process whose output can be waited for. */
export class Running {
  output = '';
  readonly finished: Promise<Finished>;
  private readonly child: ChildProcess;
  private readonly watchers = new Set<() => void>();
  private position = 0;

  constructor(command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) {
    this.child = spawn(command, args, {
      cwd,
      env: { ...process.env, NODE_ENV: '', FORCE_COLOR: '0', NO_COLOR: '1', ...env },
    });
    running.add(this);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk;
        for (const watcher of this.watchers) watcher();
      });
    }
    this.finished = new Promise((onFinished) => {
      this.child.on('close', (code) => {
        running.delete(this);
        onFinished({ code, output: this.output });
      });
    });
  }

  /** Waits for new output that matches and gives the match; fails with all output when the process ends first. */
  next(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((onMatch, onFailure) => {
      const giveUp = (): void => onFailure(new Error(`waited too long for ${pattern}:\n${this.output}`));
      const timer = setTimeout(giveUp, LONGEST_WAIT);
      const look = (): void => {
        const match = pattern.exec(this.output.slice(this.position));
        if (!match) return;
        this.position += match.index + match[0].length;
        this.watchers.delete(look);
        clearTimeout(timer);
        onMatch(match);
      };
      this.watchers.add(look);
      this.finished.then(({ output }) => onFailure(new Error(`ended without ${pattern}:\n${output}`)));
      look();
    });
  }

  stop(): Promise<Finished> {
    this.child.kill('SIGKILL');
    return this.finished;
  }
}

const repository = resolve(__dirname, '../..');

/** Runs gulp in a directory. */
export function gulp(cwd: string, ...args: string[]): Running {
  return new Running(process.execPath, [resolve(repository, 'node_modules/gulp/bin/gulp.js'), ...args], cwd);
}

const bin = resolve(repository, 'dist/lib/cli/bin.js');

/** Runs the built `dynapack` command in a directory. */
export function command(cwd: string, ...args: string[]): Running {
  return new Running(process.execPath, [bin, ...args], cwd);
}

/** As `command`, with standard output and standard error in the order in which they were written. */
export function commandInOrder(cwd: string, ...args: string[]): Running {
  return new Running('sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, bin, ...args], cwd);
}

/**
 * Saves files as often as it takes until a watcher's output matches: what is written in a watcher's first moments
 * may escape it.
 */
export async function saveUntil(
  watching: Running,
  project: Project,
  files: ProjectFiles,
  pattern: RegExp,
): Promise<void> {
  const save = (): void => project.write(files);
  const timer = setInterval(save, 400);
  save();
  await watching.next(pattern).finally(() => clearInterval(timer));
}

/** Ends what tests left running; called by the hooks after each test. */
export async function stopProcesses(): Promise<void> {
  await Promise.all([...running].map((process) => process.stop()));
}
