/** Programs that run beside this process and end with it, however it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Waits for the end of its standard input, which nobody but us holds open, and then ends the program. */
const GUARDED = '"$@" & read -r _; kill $!';

/** Starts a program that keeps neither this process nor its event loop alive. Its standard output can be read. */
export function startBeside(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcess {
  const child = spawn('sh', ['-c', GUARDED, 'sh', command, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as Socket | null)?.unref();
  return child;
}
