/** The same files in Node: what modules tell there is what they must tell from bundles. */
import { spawn } from 'node:child_process';
import { RECORDER } from './recorder';

/**
 * Imports one entry after the other. An entry ends when it says so, or when nothing keeps the process alive any more:
 * then something waits for ever. Modules that never ended are never heard again.
 */
const RUN = `
const { readFileSync, writeSync } = require('fs');
const { recorder, entries } = JSON.parse(readFileSync(0, 'utf8'));
globalThis.rest = () => new Promise(setImmediate);
process.on('unhandledRejection', () => {});
let started = 0;
function next() {
  if (started > 0) writeSync(1, JSON.stringify(globalThis.events) + '\\n');
  const entry = entries[started++];
  if (entry === undefined) return process.off('beforeExit', next);
  (0, eval)(recorder);
  globalThis.finished = () => setImmediate(next);
  import(entry).catch((error) => {
    events.push('cannot start: ' + error?.constructor?.name);
    next();
  });
}
process.on('beforeExit', next);
next();
`;

/** What was told before the process ended: one list of events for each entry it came to the end of. */
function run(entries: readonly string[]): Promise<string[][]> {
  const child = spawn(process.execPath, ['--no-warnings', '--eval', RUN], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  child.stdin.end(JSON.stringify({ recorder: RECORDER, entries }));
  const parse = (): string[][] =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return new Promise((onDone, onFailure) => {
    child.on('error', onFailure).on('close', () => onDone(parse()));
  });
}

/**
 * What the modules behind each entry tell: one list of events for each, or `undefined` where V8 itself breaks: a
 * module that waits in vain for one that failed ends the process with "Check failed: module->status()".
 */
export async function traceInNode(entries: readonly string[]): Promise<(string[] | undefined)[]> {
  const traces: (string[] | undefined)[] = await run(entries);
  while (traces.length < entries.length) {
    traces.push(undefined, ...(await run(entries.slice(traces.length + 1))));
  }
  return traces;
}
