/** The same sources in Node: what a visit logs there is what it must log in a browser. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Modules that are required at first, by path, and names of offers asked for after that, one after the other. */
export interface NodeVisit {
  entries: string[];
  asks: string[];
}

/** Runs visits in one process; every visit needs files of its own, for Node remembers modules. */
const RUN = `
const visits = JSON.parse(require('fs').readFileSync(0, 'utf8'));
(async () => {
  const logs = [];
  for (const { entries, asks } of visits) {
    const offers = {};
    globalThis.log = [];
    globalThis.offer = (name, load) => { offers[name] = load; };
    for (const entry of entries) require(entry);
    for (const name of asks) {
      await new Promise((resolve, reject) => offers[name]((error) => (error ? reject(error) : resolve())));
    }
    logs.push(log);
  }
  process.stdout.write(JSON.stringify(logs));
})();
`;

/** The log of each visit. */
export async function visitsInNode(visits: readonly NodeVisit[]): Promise<string[][]> {
  const running = promisify(execFile)(process.execPath, ['--eval', RUN], { maxBuffer: 1e8 });
  running.child.stdin?.end(JSON.stringify(visits));
  return JSON.parse((await running).stdout);
}
