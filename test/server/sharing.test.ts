/** Several instances and many requests: what is made is made once, and kept for all. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynosrc from 'dynapack/server';
import { createStorage, type Storage } from 'unstorage';
import redisDriver from 'unstorage/drivers/redis';
import { sha256 } from '../../lib/hash';
import { Project } from '../helpers/project';
import { findRedis, Redis } from '../helpers/redis';
import { open } from './open';
import { serve } from './serve';
import { script } from './texts';

const files = {
  'assets/app/1.0.0.js': script('app', 'one', 400),
  'assets/app/2.0.0.js': script('app', 'two', 400),
};

/** A storage in memory that tells what is written. */
function watched(): { storage: Storage; written: string[] } {
  const storage = createStorage();
  const written: string[] = [];
  const { setItemRaw } = storage;
  storage.setItemRaw = (key, ...rest) => {
    written.push(key);
    return setItemRaw(key, ...rest);
  };
  return { storage, written };
}

const isPatch = (key: string): boolean => key.startsWith('server:patches:');

describe('sharing', () => {
  it('makes a patch once for 1,000 requests at the same time', async () => {
    const { storage, written } = watched();
    const instance = open(new Project(files), { store: storage }).asset('app', { head: '2.0.0' });
    const served = await serve(instance);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => served.get('/dynoSrc?id=app&from=1.0.0&to=HEAD')),
    );
    await served.close();
    expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
    expect(JSON.parse(answers[0]?.text as string)).to.have.property('diff');
    expect(written.filter(isPatch)).to.have.length(1);
  });

  it('uses what another instance has made', async () => {
    const { storage, written } = watched();
    const project = new Project(files);
    const records = [];
    for (let time = 0; time < 3; time++) {
      const instance = open(project, { store: storage }).asset('app', { head: '2.0.0' });
      records.push(await instance.patch('app', '1.0.0', 'HEAD'));
    }
    expect(records[2]).to.deep.equal(records[0]);
    expect(written.filter(isPatch)).to.have.length(1);
  });

  it('lets no stranger fill the storage', async () => {
    const { storage, written } = watched();
    const versions = Array.from({ length: 5 }, (_, index) => [
      `assets/app/0.${index}.js`,
      script('app', String(index)),
    ]);
    const instance = open(new Project(Object.fromEntries(versions)), { store: storage });
    instance.asset('app', { head: '0.4' });
    const served = await serve(instance);
    await served.get('/dynoSrc?id=app&to=HEAD');
    const before = written.length;
    for (const [from, to] of [
      ['0.0', '0.1'],
      ['0.1', '0.2'],
      ['x', '0.3'],
      ['0.3', 'y'],
      ['0.2', '0.0'],
    ]) {
      await served.get(`/dynoSrc?id=app&from=${from}&to=${to}`);
    }
    await served.close();
    expect(written.length).to.equal(before);
  });

  it('tells visitors of one instance from those of another', async () => {
    const { storage } = watched();
    const project = new Project(files);
    const [old, next] = ['1.0.0', '2.0.0'].map(
      (head): dynosrc.DynoSrc =>
        dynosrc.factory({ assetsDir: project.path('assets'), store: storage }).asset('app', { head }),
    ) as [dynosrc.DynoSrc, dynosrc.DynoSrc];
    const ask = (instance: dynosrc.DynoSrc, cookie: string) =>
      instance.getPatches({ headers: { cookie } }, { patches: ['app'], format: 'json' });
    const cookies: string[] = [];
    for (const instance of [old, next, old, next]) {
      const [{ place = '' } = {}] = await ask(instance, cookies.at(-1) ?? '');
      cookies.push(`_ds=1.${place.replace(/\.0$/, '.B')}`);
    }
    expect((await ask(next, cookies[0] as string))[0]).to.have.property('diff');
    await sleep(1100);
    expect((await ask(old, cookies[1] as string))[0]).to.have.property('diff');
    expect((await ask(old, cookies[2] as string))[0]).not.to.have.any.keys('diff', 'raw');
  });
});

const redis = findRedis();

describe(`sharing by Redis${redis ? '' : ' (skipped: no redis-server here)'}`, () => {
  let server: Redis | undefined;

  before(async function () {
    if (redis === undefined) return this.skip();
    server = await Redis.start(redis);
  });

  after(() => server?.stop());

  it('keeps states, texts and patches for all instances', async () => {
    const driver = (): Storage =>
      createStorage({
        driver: redisDriver({ base: 'site', port: (server as Redis).port, host: '127.0.0.1' }),
      });
    const stores = [driver(), driver()] as [Storage, Storage];
    const project = new Project({ 'assets/app.js': script('app', 'one') });
    const open = (store: Storage): dynosrc.DynoSrc =>
      dynosrc.factory({ assetsDir: project.path('assets'), store, releases: store }).asset('app');
    const first = open(stores[0]);
    const [{ place = '', raw } = {}] = await first.getPatches(
      { headers: {} },
      { patches: ['app'], format: 'json' },
    );
    expect(raw).to.equal(script('app', 'one'));
    project.write({ 'assets/app.js': script('app', 'two') });
    const cookie = `_ds=1.${place.replace(/\.0$/, '.B')}`;
    const second = open(stores[1]);
    const [record] = await second.getPatches({ headers: { cookie } }, { patches: ['app'], format: 'json' });
    expect(record).to.have.property('diff');
    const keys = await stores[0].getKeys('server:patches');
    const versions = ['one', 'two'].map((value) => sha256(script('app', value)));
    expect(keys).to.deep.equal([`server:patches:${versions.join('.')}`]);
    await Promise.all(stores.map((store) => store.dispose()));
  });
});
