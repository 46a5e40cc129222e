/** A server that is killed while it writes leaves nothing that another one would take for something. */
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { Running } from '../helpers/process';
import { Project, readFiles } from '../helpers/project';
import { script } from './texts';

const SERVER = `
  const { createServer } = require('node:http');
  const dynosrc = require('dynapack/server');
  dynosrc.globals({ assetsDir: 'assets', outputDir: 'output', refresh: 0, keep: 5 });
  dynosrc.assets({ app: {}, other: {}, large: {} });
  const middleware = dynosrc.middleware();
  createServer((request, response) => middleware(request, response, async () => {
    const records = await dynosrc.getPatches(request, { patches: ['app', 'other'], format: 'json' });
    response.end(JSON.stringify(records));
  })).listen(0, '127.0.0.1', function () { console.log('port ' + this.address().port); });
`;

const KILLS = 12;
const text = (name: string, version: number): string => script(name, String(version), 150);
/** It is recorded, and not written at once. */
const large = (version: number): string => `/* ${version} ${'x'.repeat(6_000_000)} */`;

describe('a server that is killed', () => {
  it('is right again when it starts again', async () => {
    const project = new Project({ 'server.js': SERVER }).link('dynapack');
    let cookie = '';
    let held: Record<string, string> = {};
    project.write({ 'assets/large.js': large(-1) });
    for (let round = 0; round < KILLS; round++) {
      project.write({ 'assets/app.js': text('app', round), 'assets/other.js': text('other', round >> 1) });
      const server = new Running(process.execPath, ['server.js'], project.directory);
      const [, port] = await server.next(/port (\d+)/);
      const ask = async (): Promise<dynosrc.PatchRecord[]> => {
        const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie } });
        return response.json() as Promise<dynosrc.PatchRecord[]>;
      };
      const records = await ask();
      held = check(records, held, round);
      cookie = cookieOf(records);
      // While other visitors keep it busy, another version comes, and then the end.
      project.write({ 'assets/app.js': text('app', -1 - round), 'assets/large.js': large(round) });
      const busy = Promise.allSettled(Array.from({ length: 20 }, ask));
      await new Promise((resolve) => setTimeout(resolve, (round * 67) % 120));
      await server.stop();
      await busy;
      checkFiles(readFiles(project.path('output')));
    }
  });
});

/** What a browser has when it has got these, and did hold that. */
function check(
  records: readonly dynosrc.PatchRecord[],
  held: Record<string, string>,
  round: number,
): Record<string, string> {
  const now = Object.fromEntries(
    records.map(({ id, raw, diff }) => [
      id,
      raw ?? (diff === undefined ? (held[id] as string) : applyPatch(diff, [held[id] as string], sha256)),
    ]),
  );
  expect(now).to.deep.equal({ app: text('app', round), other: text('other', round >> 1) });
  return now;
}

function cookieOf(records: readonly dynosrc.PatchRecord[]): string {
  const { place = '' } = records[0] as dynosrc.PatchRecord;
  return `_ds=1.${place.replace(/\.\d+$/, '')}.D`;
}

/** Everything that has a place is whole. */
function checkFiles(files: Record<string, string>): void {
  const names = Object.keys(files).filter((name) => !name.startsWith('unfinished/'));
  expect(names.filter((name) => name.startsWith('texts/'))).not.to.deep.equal([]);
  for (const name of names) {
    const contents = files[name] as string;
    if (name.startsWith('texts/')) expect(sha256(contents), name).to.equal(name.slice(6));
    if (name.startsWith('patches/')) expect(sha256(contents.slice(44)), name).to.equal(contents.slice(0, 43));
    if (name.startsWith('releases/')) expect(name).to.include(sha256(contents).slice(0, 6));
  }
}
