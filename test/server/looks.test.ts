/** When the server looks what its sources have, and who waits for that. */
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { open } from './open';
import { serve } from './serve';

/** Seconds. */
const REFRESH = 60;

const { performance: clock } = globalThis;
const now = clock.now.bind(clock);
let passed = 0;

/** Lets the process's clock go on by some seconds at once. */
function pass(seconds: number): void {
  passed += seconds * 1000;
  clock.now = () => now() + passed;
}

/** A source whose text is set from outside, and which answers when it is told to. */
class Shelf implements dynosrc.Source {
  text = 'self.book = 0;';
  reads = 0;
  /** What it waits for before it answers. */
  gate = Promise.resolve();

  async read(_asset: unknown, reference: string): Promise<dynosrc.SourceText | undefined> {
    this.reads++;
    const { text } = this;
    await this.gate;
    return reference.startsWith('no') ? undefined : { name: reference, text: `${text} // ${reference}` };
  }
}

const start = (shelf: Shelf, globals: dynosrc.Globals = { refresh: REFRESH }): dynosrc.DynoSrc =>
  open(new Project({}), globals).defineSource('shelf', shelf).asset('book', { source: 'shelf' });

async function read(instance: dynosrc.DynoSrc, wish = 'book', cookie = ''): Promise<dynosrc.PatchRecord> {
  const page = { patches: [wish], format: 'json' } as const;
  return (await instance.getPatches({ headers: { cookie } }, page))[0] as dynosrc.PatchRecord;
}

/** A promise, and what resolves it. */
function gate(): { closed: Promise<void>; open: () => void } {
  let open = (): void => {};
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open };
}

describe('looks at the sources', () => {
  afterEach(() => {
    clock.now = now;
    passed = 0;
  });

  it('are never older than `refresh` seconds, also for who comes first after a change', async () => {
    const shelf = new Shelf();
    const instance = start(shelf);
    for (let change = 0; change < 4; change++) {
      shelf.text = `self.book = ${change};`;
      expect((await read(instance)).raw).to.include(shelf.text);
      pass(REFRESH + 1);
    }
    expect(shelf.reads).to.equal(4);
  });

  it('go on when the clock on the wall is set back', async () => {
    const shelf = new Shelf();
    const instance = start(shelf);
    await read(instance);
    const { now: today } = Date;
    Date.now = () => today() - 3_600_000;
    try {
      shelf.text = 'self.book = 1;';
      pass(REFRESH + 1);
      expect((await read(instance)).raw).to.include('self.book = 1;');
    } finally {
      Date.now = today;
    }
  });

  it('begin early while pages are asked for, which do not wait for them then', async () => {
    const shelf = new Shelf();
    const instance = start(shelf);
    await read(instance);
    const { closed, open: answer } = gate();
    [shelf.text, shelf.gate] = ['self.book = 1;', closed];
    pass(REFRESH * 0.6);
    for (let page = 0; page < 5; page++) expect((await read(instance)).raw).to.include('self.book = 0;');
    answer();
    pass(REFRESH * 0.5);
    // By now, the first look is too old, and who asks waits for the second one.
    expect((await read(instance)).raw).to.include('self.book = 1;');
    expect(shelf.reads).to.equal(2);
  });

  it('are shared by all who wait', async () => {
    const shelf = new Shelf();
    const instance = start(shelf);
    for (let look = 1; look < 3; look++) {
      await Promise.all(Array.from({ length: 20 }, () => read(instance)));
      expect(shelf.reads).to.equal(look);
      pass(REFRESH + 1);
    }
  });

  it('that began before an asset was registered do not count', async () => {
    const shelf = new Shelf();
    const instance = start(shelf);
    const { closed, open: answer } = gate();
    shelf.gate = closed;
    const before = read(instance);
    instance.asset('other', { source: 'shelf' });
    const other = read(instance, 'other');
    answer();
    expect((await other).raw).to.include('self.book');
    await before;
  });

  it('do not wait long for a source that does not answer', async () => {
    const [shelf, silent] = [new Shelf(), new Shelf()];
    const instance = start(shelf).defineSource('silent', silent).asset('lost', { source: 'silent' });
    silent.gate = new Promise(() => {});
    const [book, lost] = await Promise.all([read(instance), failure(read(instance, 'lost'))]);
    expect(book.raw).to.include('self.book');
    expect(lost).to.include({ code: 'SOURCE_SILENT' });
    expect(lost.message).to.include("asset 'lost': the source 'silent'");
  });
});

describe('versions that pages ask for beside the head', () => {
  it('are served beyond the number that cookies can name, and by the endpoint', async () => {
    const shelf = new Shelf();
    const instance = start(shelf, { refresh: 60, maxInline: 0 });
    await read(instance);
    for (let version = 0; version < 100; version++) await read(instance, `book#v${version}`);
    const [named, lent] = [await read(instance, 'book#v7'), await read(instance, 'book#v100')];
    expect(named.place).to.match(/^\d+-/);
    expect(lent.place).to.equal(undefined);
    expect(lent.to).to.equal('v100');
    const served = await serve(instance);
    try {
      const { status, text } = await served.get(`/dynoSrc?id=book&to=${lent.version}&fmt=raw`);
      expect({ status, text }).to.deep.equal({ status: 200, text: `${shelf.text} // v100` });
    } finally {
      await served.close();
    }
  });

  it('that do not exist take no room', async () => {
    const instance = start(new Shelf(), { refresh: 60 });
    for (let version = 0; version < 120; version++) {
      const { code, message } = (await failure(read(instance, `book#no${version}`))) as dynosrc.DynapackError;
      expect({ code, message }).to.deep.equal({
        code: 'UNKNOWN_VERSION',
        message: `asset 'book' has no version 'no${version}'`,
      });
    }
    expect((await read(instance, 'book#v1')).place).to.match(/^\d+-/);
  });

  it('are there for all who ask at the same time', async () => {
    const instance = start(new Shelf(), { refresh: 60 });
    const records = await Promise.all(Array.from({ length: 5 }, () => read(instance, 'book#v1')));
    for (const { to } of records) expect(to).to.equal('v1');
  });
});
