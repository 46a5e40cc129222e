/** The log of gulp, where this process is gulp. */

export interface Log {
  warn(text: string): void;
}

/** What gulplog makes: an emitter that gulp's command listens to. */
type Emitter = Partial<Log> & { listenerCount(event: string): number };

/** Where the package sparkles, of which gulplog is made, keeps the one emitter of each name in a process: now, and up to gulp 4. */
const STORES = [Symbol.for('sparkles:store'), 'store@sparkles'] as const;

/**
 * Finds the log, whichever copy of gulplog the command has loaded. gulp's command listens to errors however quiet it is told to be:
 * whoever runs gulp says what is shown.
 * @returns `undefined` where nobody listens to it
 */
export function findGulpLog(): Log | undefined {
  const global = globalThis as unknown as Record<string | symbol, Record<string, Emitter> | undefined>;
  const logs = STORES.map((store) => global[store]?.gulplog);
  return logs.find((log): log is Emitter & Log => log?.warn !== undefined && log.listenerCount('error') > 0);
}
