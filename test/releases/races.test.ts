/** Builders that share a store: in every order of their steps, dying at any of them; and as processes. */
import { expect } from 'chai';
import { openReleases } from '../../lib/releases/open';
import type { Storage } from '../../lib/releases/storage';
import { ReleaseStore } from '../../lib/releases/store';
import { Running } from '../helpers/process';
import { Project } from '../helpers/project';
import { createDice, type Dice } from '../patch/texts';
import { assertWhole, contents, MapStorage, record } from './releases';

const SCHEDULES = 1_500;

/** Decides which of the waiting steps is taken next. */
class Schedule {
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly dice: Dice) {}

  turn(): Promise<void> {
    return new Promise((onTurn) => this.waiting.push(onTurn));
  }

  /** Takes steps until all work is done. */
  async run(work: readonly Promise<unknown>[]): Promise<void> {
    let isDone = false;
    const all = Promise.allSettled(work).then(() => {
      isDone = true;
    });
    while (!isDone) {
      const [next] = this.waiting.splice(this.dice.below(this.waiting.length), 1);
      next?.();
      await new Promise(setImmediate);
    }
    await all;
  }
}

/** The storage as one builder uses it, who dies before a step. */
function mortal(storage: Storage, schedule: Schedule, life: number): Storage {
  let steps = 0;
  const step = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await schedule.turn();
    if (++steps > life) throw new Error('dead');
    return work();
  };
  return {
    getItemRaw: (key) => step(() => storage.getItemRaw(key)),
    setItemRaw: (key, value) => step(() => storage.setItemRaw(key, value)),
    getKeys: (base) => step(() => storage.getKeys(base)),
    removeItem: (key) => step(() => storage.removeItem(key)),
  };
}

/** Few texts, so that builders take up what others remove. */
const randomRelease = (dice: Dice): Record<string, string> => ({
  'a.js': `a${dice.below(3)}`,
  'b.js': `b${dice.below(2)}`,
});

async function build(store: ReleaseStore, dice: Dice, times: number, keep: number): Promise<void> {
  for (let count = 0; count < times; count++) await record(store, randomRelease(dice), keep);
}

describe('builders at once', () => {
  it(`lose nothing that a release refers to, in ${SCHEDULES} orders, whoever dies`, async () => {
    let deaths = 0;
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const dice = createDice(seed);
      const storage = new MapStorage();
      const schedule = new Schedule(dice);
      const keep = dice.below(3);
      const builders = Array.from({ length: 2 + dice.below(2) }, () => {
        const life = dice.below(2) === 0 ? 10 + dice.below(70) : Number.POSITIVE_INFINITY;
        return build(new ReleaseStore(mortal(storage, schedule, life)), dice, 2, keep).catch(() => deaths++);
      });
      await schedule.run(builders);
      const store = new ReleaseStore(storage);
      await assertWhole(store, keep + 1);
      await record(store, { 'a.js': 'last' }, keep);
      expect((await contents(store)).at(-1)).to.deep.equal({ 'a.js': 'last' });
      await assertWhole(store, keep + 1);
    }
    expect(deaths).to.be.greaterThan(SCHEDULES / 3);
  });

  it('leave nothing behind in the end, wherever they died', async () => {
    for (let life = 1; life < 120; life++) {
      const dice = createDice(life);
      const storage = new MapStorage();
      const schedule = new Schedule(dice);
      const dying = build(new ReleaseStore(mortal(storage, schedule, life)), dice, 3, 1).catch(() => {});
      await schedule.run([dying]);
      for (const text of ['1', '2', '3']) await record(new ReleaseStore(storage), { 'a.js': text }, 1);
      const places = [...storage.values.keys()].map((key) => key.split(':')[0]).sort();
      expect(places, `life ${life}`).to.deep.equal(['releases', 'releases', 'texts', 'texts']);
    }
  });

  it('as processes on one directory, some of them killed', async () => {
    const directory = new Project({}).path('releases');
    const start = (seed: number): Running =>
      new Running(
        process.execPath,
        ['--import=tsx', require.resolve('./builder'), directory, `${seed}`],
        __dirname,
      );
    const processes = [1, 2, 3].map(start);
    await Promise.all(processes.map((process) => process.next(/recorded/)));
    await processes[0]?.stop();
    const finished = await Promise.all(processes.slice(1).map(({ finished: end }) => end));
    for (const { code, output } of finished) expect(code, output).to.equal(0);
    const store = openReleases(directory);
    await assertWhole(store, 3);
    await record(store, { 'a.js': 'last' }, 2);
    await assertWhole(store, 3);
    expect((await contents(store)).at(-1)).to.deep.equal({ 'a.js': 'last' });
  });

  it('as processes that keep all releases have all of them in the end', async () => {
    const directory = new Project({}).path('releases');
    const processes = [4, 5].map(
      (seed) =>
        new Running(
          process.execPath,
          ['--import=tsx', require.resolve('./builder'), directory, `${seed}`, 'all'],
          __dirname,
        ),
    );
    for (const { finished } of processes) expect((await finished).code).to.equal(0);
    const names = (await contents(openReleases(directory))).map((texts) => texts['own.js']);
    expect(names).to.include.members(
      [4, 5].flatMap((seed) => Array.from({ length: 10 }, (_, index) => `${seed} ${index}`)),
    );
  });
});
