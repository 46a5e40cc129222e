#!/usr/bin/env node
import { main } from './main';

/** A reader that has seen enough (`dynapack … | head -1`) is no failure: the rest goes unsaid. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

process.stdout.on('error', ignoreClosed);
process.stderr.on('error', ignoreClosed);

main(process.argv.slice(2), process.stdout, process.stderr).then((code) => {
  process.exitCode = code;
});
