import type { LogEvent, Pack } from '../pack';

/** Milliseconds between two drawings of the line: people read no faster. */
const INTERVAL = 80;

interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows on a terminal, in one line that is gone when the work is done, how far a pack has come. */
export function showProgress(pack: Pack, output: Terminal): void {
  if (!output.isTTY) return;
  let drawn = 0;
  pack.on('log', (event: LogEvent) => {
    if (event.type !== 'module' || Date.now() - drawn < INTERVAL) return;
    drawn = Date.now();
    output.write(`\r\x1b[K${event.ready} of ${event.found} modules`);
  });
  pack.on('bundled', () => output.write('\r\x1b[K'));
  pack.on('error', () => output.write('\r\x1b[K'));
}
