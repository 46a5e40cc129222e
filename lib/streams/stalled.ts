/**
 * Notices that a build waits for something that cannot come any more, because a user's transform drops or
 * holds a File, or because streams are put together wrongly. Without it the process would exit without a word, or a watcher
 * would wait for ever.
 */

/** Builds under way; the process must not end without telling them. */
const active = new Set<() => void>();

/** Told when no build is under way and nothing is left to do. Each says whether it has found something to do. */
const idle = new Set<() => boolean>();

/** How many are told at most: those that are left behind, as by a task whose source fails, must not pile up. */
const MOST_IDLE = 16;

/** Whether others have been told first that nothing is left to do. */
let areOthersTold = false;

const nothing = (): void => undefined;

function onBeforeExit(): void {
  if (active.size > 0) for (const onStalled of [...active]) onStalled();
  else if (!areOthersTold) {
    // Whoever else waits for this may have begun something that a pack waits for. If nobody has, this is called again.
    areOthersTold = true;
    setImmediate(nothing);
  }
  // One alone: what it does may be what others wait for. If it is not, they are told when nothing is left to do again.
  else [...idle].find((onIdle) => onIdle());
}

function listen(): void {
  areOthersTold = false;
  process.off('beforeExit', onBeforeExit);
  if (active.size + idle.size > 0) process.on('beforeExit', onBeforeExit);
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
  active.add(onStalled);
  listen();
  return {
    progress: () => timer.refresh(),
    stop() {
      clearTimeout(timer);
      active.delete(onStalled);
      listen();
    },
  };
}

/**
 * @param onIdle called once nothing keeps the process alive; says whether it has found something to do
 * @returns has it called no more
 */
export function whenIdle(onIdle: () => boolean): () => void {
  idle.add(onIdle);
  for (const oldest of idle) {
    if (idle.size <= MOST_IDLE) break;
    idle.delete(oldest);
  }
  listen();
  return () => {
    idle.delete(onIdle);
    listen();
  };
}
