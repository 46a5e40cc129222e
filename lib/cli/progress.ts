import type { LogEvent, Pack } from '../pack';

/** Milliseconds between two drawings of the line: people read no faster. */
const INTERVAL = 80;

/** Milliseconds between two lines where lines stay, as in the log of a server: only builds that take long have any. */
const PLAIN_INTERVAL = 5000;

/** Width of the bar, in characters. */
const WIDTH = 24;

const CLEAR = '\r\x1b[K';

interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

const count = ({ ready, found }: Progress): string => `${ready} of ${found} modules`;

function bar(progress: Progress): string {
  const done = Math.floor((WIDTH * progress.ready) / progress.found);
  return `[${'='.repeat(done)}${' '.repeat(WIDTH - done)}] ${count(progress)}`;
}

type Progress = Extract<LogEvent, { type: 'module' }>;

/**
 * Shows how far a pack has come: on a terminal as a bar, in one line that is gone when the work is done; elsewhere a line now and
 * then.
 */
export function showProgress(pack: Pack, output: Terminal): void {
  const interval = output.isTTY ? INTERVAL : PLAIN_INTERVAL;
  let shown = output.isTTY ? 0 : Date.now();
  pack.on('log', (event: LogEvent) => {
    if (event.type !== 'module' || Date.now() - shown < interval) return;
    shown = Date.now();
    output.write(output.isTTY ? CLEAR + bar(event) : `${count(event)}\n`);
  });
  if (!output.isTTY) return;
  pack.on('bundled', () => output.write(CLEAR));
  pack.on('error', () => output.write(CLEAR));
}
