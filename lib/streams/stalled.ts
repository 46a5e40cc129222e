/**
 * Notices that a build waits for something that cannot come any more, because a user's transform drops or
 * holds a File. Without it the process would exit without a word, or a watcher would wait for ever.
 */

/** Builds under way; the process must not end without telling them. */
const active = new Set<() => void>();

function onBeforeExit(): void {
  for (const onStalled of [...active]) onStalled();
}

/** The longest delay of a timer; a longer one would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

export interface StallGuard {
  /** Something moved. */
  progress(): void;
  /** The build is over. */
  stop(): void;
}

/**
 * @param seconds how long nothing may move
 * @param onStalled called once nothing has moved for so long, or once nothing keeps the process alive
 */
export function guardAgainstStall(seconds: number, onStalled: () => void): StallGuard {
  const timer = setTimeout(onStalled, Math.min(seconds * 1000, LONGEST_DELAY)).unref();
  if (active.size === 0) process.on('beforeExit', onBeforeExit);
  active.add(onStalled);
  return {
    progress: () => timer.refresh(),
    stop() {
      clearTimeout(timer);
      active.delete(onStalled);
      if (active.size === 0) process.off('beforeExit', onBeforeExit);
    },
  };
}
