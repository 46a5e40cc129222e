/** The store of releases, in every kind of place it can be. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createStorage, type Storage as Unstorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';
import memoryDriver from 'unstorage/drivers/memory';
import redisDriver from 'unstorage/drivers/redis';
import { Directory } from '../../lib/fs/directory';
import { openReleases } from '../../lib/releases/open';
import type { Storage } from '../../lib/releases/storage';
import { ReleaseStore } from '../../lib/releases/store';
import { Project } from '../helpers/project';
import { findRedis, Redis } from '../helpers/redis';
import { assertWhole, contents, damage, MapStorage, record } from './releases';

const directory = (): string => new Project({}).path('releases');

const redisPath = findRedis();
let redis: Redis | undefined;
let storages: Unstorage[] = [];

function opened(storage: Unstorage): Unstorage {
  storages.push(storage);
  return storage;
}

const places: Record<string, () => Storage> = {
  'a directory': () => new Directory(directory()),
  'the fs driver of unstorage': () => opened(createStorage({ driver: fsDriver({ base: directory() }) })),
  'the memory driver of unstorage': () => opened(createStorage({ driver: memoryDriver() })),
  'a map': () => new MapStorage(),
  Redis: () => {
    const { port } = redis as Redis;
    return opened(createStorage({ driver: redisDriver({ host: '127.0.0.1', port, base: 'site' }) }));
  },
};

after(() => redis?.stop());

for (const [name, open] of Object.entries(places)) {
  const isSkipped = name === 'Redis' && redisPath === undefined;
  describe(`releases in ${name}${isSkipped ? ' (skipped: there is no redis-server on the PATH)' : ''}`, () => {
    let storage: Storage;
    let store: ReleaseStore;

    before(async function () {
      if (isSkipped) this.skip();
      if (name === 'Redis') redis = await Redis.start(redisPath as string);
    });

    beforeEach(async () => {
      await redis?.clear();
      storage = open();
      store = new ReleaseStore(storage);
    });

    afterEach(async () => {
      await Promise.all(storages.map((each) => each.dispose()));
      storages = [];
    });

    const keys = async (place: string): Promise<string[]> => (await storage.getKeys(place)).sort();

    it('come back as they were recorded, oldest first', async () => {
      expect(await store.list()).to.deep.equal([]);
      const releases = [
        { 'a.js': 'a1', 'b.js': '' },
        { 'a.js': 'a2 😀 é \0 base64:AAAA', 'b.js': '' },
        { 'a.js': 'base64:AAAA', '__proto__.js': '{"json":1}' },
      ];
      for (const texts of releases) await record(store, texts);
      expect(await contents(store)).to.deep.equal(releases);
      expect((await store.list()).map(({ number }) => number)).to.deep.equal([1, 2, 3]);
      expect(await keys('pending')).to.deep.equal([]);
    });

    it('are recorded once when nothing has changed, and again when an older one comes back', async () => {
      for (const text of ['1', '1', '2', '1', '1']) await record(store, { 'a.js': text, 'b.js': 'b' });
      expect(await contents(store)).to.deep.equal(['1', '2', '1'].map((a) => ({ 'a.js': a, 'b.js': 'b' })));
      expect(await keys('texts')).to.have.length(3);
    });

    it('leave when they are too old, with the texts that only they have', async () => {
      for (const text of ['1', '2', '3', '4', '2']) await record(store, { 'a.js': text, 'b.js': 'b' }, 2);
      expect((await contents(store)).map((texts) => texts['a.js'])).to.deep.equal(['3', '4', '2']);
      expect(await keys('texts')).to.have.length(4);
      await record(store, { 'a.js': '2' }, 0);
      expect(await keys('texts')).to.have.length(1);
      expect(await keys('removed')).to.deep.equal([]);
    });

    it('are absent where they are damaged, and whole when they are recorded again', async () => {
      const releases = [
        { 'a.js': 'one', 'b.js': 'two' },
        { 'a.js': 'three', 'b.js': 'two' },
      ];
      for (const texts of releases) await record(store, texts);
      const [first, second] = await store.list();
      const versions = Object.values(second?.bundles ?? {}).map(({ version }) => version);
      await damage(storage, `texts:${versions[0]}`, (bytes) => bytes.subarray(1));
      await damage(storage, `texts:${versions[1]}`, () => Buffer.from('other'));
      await damage(storage, `releases:${first?.id}`, (bytes) => bytes.subarray(0, -1));
      expect(await contents(store)).to.deep.equal([{ 'a.js': undefined, 'b.js': undefined }]);
      await record(store, releases[1] as Record<string, string>);
      expect(await contents(store)).to.deep.equal([releases[1]]);
    });

    it('take no notice of what is not theirs', async () => {
      await record(store, { 'a.js': '1' });
      for (const key of ['releases:x', 'releases:1-', 'releases:12-abcdef', 'texts:short', 'other:key'])
        await storage.setItemRaw(key, Buffer.from('{"format":1}'));
      await record(store, { 'a.js': '2' });
      expect(await contents(store)).to.deep.equal([{ 'a.js': '1' }, { 'a.js': '2' }]);
    });

    it('recorded by several at once are all there', async () => {
      await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          record(new ReleaseStore(storage), { 'a.js': `${index}`, 'b.js': 'b' }, 9),
        ),
      );
      expect((await contents(store)).map((texts) => texts['a.js'])).to.have.members([...'012345']);
      await assertWhole(store, 9);
    });
  });
}

describe('a directory for releases', () => {
  it('is named, with the reason, where it cannot be used', async () => {
    const project = new Project({ file: 'x' });
    const store = openReleases(project.path('file'));
    const error = await record(store, { 'a.js': '1' }).catch((reason) => reason);
    expect(error).to.include({ code: 'RELEASES', fileName: project.path('file') });
  });

  it('holds nothing but what is needed', async () => {
    const path = directory();
    for (const text of ['1', '2', '3']) await record(openReleases(path), { 'a.js': text }, 1);
    for (const name of ['unfinished', 'pending', 'removed'])
      expect(readdirSync(join(path, name)), name).to.deep.equal([]);
    expect(readdirSync(join(path, 'texts'))).to.have.length(2);
  });
});
