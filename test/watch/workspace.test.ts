/** Whatever happens to a workspace: a cache tells of it at once, and the next build with it is a clean build. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, hush } from '../helpers/pack';
import { Workspace } from './workspace';

const SEEDS = 6;
const STEPS = 10;

/** What a build says: the texts of its bundles, or its error. */
async function build({ project, entry }: Workspace, cache?: dynapack.Cache): Promise<Map<string, string>> {
  const pack = hush(dynapack({ root: project.path('app'), ...(cache && { cache }) }));
  pack.end(entry);
  return finish(pack).then(
    ({ bundles }) => new Map(Object.entries(bundles)),
    (error) => new Map([['error', String(error)]]),
  );
}

/** Waits until something has come, or is not to be expected any more. */
async function until(hasCome: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 100 && !hasCome(); turn++) await sleep(10);
  return hasCome();
}

const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([name, text]) => b.get(name) === text);

async function live(seed: number, isTold: boolean): Promise<void> {
  const workspace = new Workspace(seed);
  const cache = dynapack.cache();
  let told = 0;
  if (isTold) cache.on('change', () => told++);
  let outputs = await build(workspace, cache);
  let before = await build(workspace);
  const history: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    told = 0;
    history.push(workspace.change().join(', '));
    const clean = await build(workspace);
    const context = `seed ${seed}, after: ${history.join('; ')}`;
    if (isTold && !isSame(clean, before))
      expect(await until(() => told > 0), `told; ${context}`).to.equal(true);
    const emitted = await build(workspace, cache);
    outputs = emitted.has('error') ? outputs : new Map([...outputs, ...emitted]);
    const current = emitted.has('error')
      ? emitted
      : [...clean.keys()].map((name) => [name, outputs.get(name)]);
    expect(Object.fromEntries(current), context).to.deep.equal(Object.fromEntries(clean));
    before = clean;
  }
}

describe('a workspace', () => {
  for (const isTold of [false, true]) {
    it(`is built as if for the first time after any change, ${isTold ? 'the system telling' : 'by looking'}`, async () => {
      for (let seed = 1; seed <= SEEDS; seed++) await live(seed, isTold);
    }).timeout(60_000);
  }
});
