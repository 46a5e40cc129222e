#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

/**
 * The process does nothing but one build, so how it starts may be set for that. From version 22 on, Node keeps what it has compiled for the next
 * time. Version 20 (V8 11) optimises functions as soon as they have run for a moment, and in vain when what comes next is of another kind: with
 * twice the patience, a cold build takes a sixth less time.
 */
function prepare(): void {
  const { enableCompileCache } = require('node:module') as { enableCompileCache?: () => unknown };
  enableCompileCache?.();
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=264000');
}

/** A reader that has seen enough (`dynapack … | head -1`) is no failure: the rest goes unsaid. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

process.stdout.on('error', ignoreClosed);
process.stderr.on('error', ignoreClosed);

prepare();
// Loaded now, when that is set.
const { main } = require('#cli/main') as typeof import('./main');
main(process.argv.slice(2), process.stdout, process.stderr).then((code) => {
  process.exitCode = code;
});
