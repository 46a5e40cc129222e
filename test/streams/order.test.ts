/** Streams of packs in an order that cannot be right, and streams that are used again. */
import type { Duplex, Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { eachStream } from '../helpers/each-stream';
import { failure, finish, pack as packEntries } from '../helpers/pack';
import { Project } from '../helpers/project';

/** The first error of a stream. */
const errorOf = (stream: NodeJS.EventEmitter): Promise<dynapack.DynapackError> =>
  new Promise((onError, onFailure) => {
    stream.once('error', onError);
    for (const event of ['finish', 'end'])
      stream.once(event, () => setImmediate(onFailure, new Error(`${event} without an error`)));
  });

const pass = (): Duplex => objectTransform(async (file: File) => file) as unknown as Duplex;

eachStream('a pack that has ended', (streams) => {
  async function ended() {
    const project = new Project({ 'main.js': '' });
    const pack = dynapack({ root: project.directory });
    pack.end(project.path('main.js'));
    await finish(pack);
    return { pack, entry: project.path('main.js') };
  }

  it('fails what it is piped into when it is piped into again', async () => {
    const { pack, entry } = await ended();
    const sink = streams.from([entry]).pipe(pack).pipe(streams.sink());
    const { code, hint } = await errorOf(sink);
    expect(code).to.equal('PACK_ENDED');
    expect(hint).to.include('dynapack()');
  });

  it('fails when it is written to again', async () => {
    const { pack, entry } = await ended();
    const error = errorOf(pack.pipe(streams.sink()));
    pack.write(entry);
    pack.end(entry);
    expect((await error).code).to.equal('PACK_ENDED');
  });

  it('fails with no other error when it is written to before it is through', async () => {
    const project = new Project({ 'main.js': '' });
    const pack = dynapack({ root: project.directory });
    const codes: string[] = [];
    pack.on('error', ({ code }: dynapack.DynapackError) => codes.push(code));
    pack.end(project.path('main.js'));
    pack.write(project.path('main.js'));
    pack.end(project.path('main.js'));
    await new Promise((onClose) => pack.on('close', onClose));
    await new Promise((onTurn) => setImmediate(onTurn));
    expect(codes).to.deep.equal(['PACK_ENDED']);
  });

  it('fails where another source that is piped into it has not ended', async () => {
    const project = new Project({ 'main.js': '', 'other.js': '' });
    for (const delay of [0, 20]) {
      const pack = dynapack({ root: project.directory });
      streams.from([project.path('main.js')]).pipe(pack);
      const slow = objectTransform(async (entry: string) => {
        await new Promise((onTime) => setTimeout(onTime, delay));
        return entry;
      }) as unknown as Duplex;
      streams
        .from([project.path('other.js')])
        .pipe(slow)
        .pipe(pack);
      const { code, hint } = await errorOf(pack.pipe(streams.sink()));
      expect(code).to.equal('PACK_ENDED');
      expect(hint).to.include('several globs');
    }
  });

  it('leaves errors of what is piped into it to those who listen', () => {
    const source = streams.from([]);
    const before = source.listenerCount('error');
    // That there is no entry.
    source.pipe(dynapack().on('error', () => undefined));
    expect(source.listenerCount('error')).to.equal(before);
  });

  it('may be told of the end again', async () => {
    const { pack } = await ended();
    pack.on('error', (error) => expect.fail(error.message));
    pack.end();
    await new Promise((onTurn) => setImmediate(onTurn));
  });

  it('has streams that fail when they are used again', async () => {
    const { pack } = await ended();
    const scripts = pack.scripts();
    scripts.resume().end();
    await new Promise((onClose) => scripts.on('close', onClose));
    const sink = streams.from([]).pipe(scripts).pipe(streams.sink());
    expect(await errorOf(sink))
      .to.include({ code: 'PACK_ENDED' })
      .and.property('message')
      .match(/^scripts\(\)/);
  });
});

describe('dynapack.patches() that has ended', () => {
  it('fails when it is piped into again', async () => {
    const project = new Project({});
    const patches = dynapack.patches({ releases: project.path('releases') });
    patches.resume().end();
    await new Promise((onClose) => patches.on('close', onClose));
    const error = errorOf(patches);
    pass().pipe(patches);
    expect((await error).code).to.equal('PACK_ENDED');
  });
});

describe('a pack that is reached too early', () => {
  const parts: Record<string, (pack: dynapack.Pack, project: Project) => Readable> = {
    'minify()': (pack) => pack.minify(),
    'patches()': (pack, project) => pack.patches({ releases: project.path('releases') }),
    'report()': (pack) => pack.report(),
    'scripts()': (pack) => pack.scripts(),
    'deps()': (pack) => pack.deps(),
  };
  for (const [name, part] of Object.entries(parts))
    it(`by what comes out of ${name} fails at once, naming it`, async () => {
      for (const between of [undefined, pass()]) {
        const project = new Project({ 'main.js': '' });
        const pack = dynapack({ root: project.directory });
        const source = part(pack, project);
        (between === undefined ? source : source.pipe(between)).pipe(pack);
        const { code, message } = await errorOf(pack);
        expect(code).to.equal('NEVER_ENDS');
        expect(message).to.include(name);
      }
    });
});

describe('a bundle of another pack', () => {
  const rebundle = async (entry: string, options: dynapack.Options) => {
    const project = new Project({ 'main.js': 'self.result = 1;', 'main.css': 'a { b: c }' });
    const [file] = (await packEntries([project.path(entry)], { root: project.directory, ...options })).files;
    return packEntries([file as File], { root: project.directory });
  };

  it('is no entry', async () => {
    const error = await failure(rebundle('main.js', {}));
    expect(error.code).to.equal('BUNDLE_ENTRY');
    expect(error.toString()).to.include("'main.js'").and.include("'standalone'");
  });

  it('is one where it runs alone, or is a style', async () => {
    const { visit } = await rebundle('main.js', { standalone: ['main.js'] });
    expect((await visit('main')).page.result).to.equal(1);
    await rebundle('main.js', { library: { 'main.js': 'cjs' } });
    expect((await rebundle('main.css', {})).styles['main.css']).to.include('b: c');
  });
});

describe('a transform that gives what is no File', () => {
  const given: [thing: unknown, named: string][] = [
    ['self.text = 1;', 'a string, "self.text = 1;"'],
    ['x'.repeat(99), `a string, "${'x'.repeat(40)}…"`],
    [Buffer.from('x'), 'an object of the class Buffer'],
    [{ path: '/x.js', contents: 'x' }, 'an object of the class Object with the path /x.js'],
    [7, 'vinyl File: 7'],
  ];
  for (const [thing, named] of given)
    it(`fails the build, naming ${named}`, async () => {
      const project = new Project({ 'main.js': '' });
      const pack = dynapack({ root: project.directory });
      pack
        .deps()
        .pipe(objectTransform(async () => thing) as unknown as Duplex)
        .pipe(pack.mods());
      pack.end(project.path('main.js'));
      const { code, message, hint } = await failure(finish(pack));
      expect(code).to.equal('NO_CONTENTS');
      expect(message).to.include(named);
      expect(hint).to.include('file.contents = ');
    });
});

/** How many of some packs are there when all is collected that can be. */
async function countKept(packs: readonly WeakRef<dynapack.Pack>[]): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let count = 0; count < 3; count++) {
    await new Promise((onTurn) => setTimeout(onTurn, 10));
    collect();
  }
  return packs.filter((each) => each.deref()).length;
}

describe('streams of packs', () => {
  it('leave nothing behind on what many of them are piped into', async () => {
    const project = new Project({ 'main.js': '' });
    const shared = pass().resume();
    const build = async (): Promise<void> => {
      const pack = dynapack({ root: project.directory });
      pack.end(project.path('main.js'));
      const scripts = pack.pipe(pack.scripts());
      scripts.pipe(shared, { end: false });
      await new Promise((onClose) => scripts.on('close', onClose));
    };
    await build();
    const { pipe } = shared;
    await build();
    expect(shared.pipe).to.equal(pipe);
  });

  it('may be piped through many others', async () => {
    const project = new Project({ 'main.js': '' });
    const warnings: Error[] = [];
    const listen = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', listen);
    const through = (pack: dynapack.Pack): NodeJS.ReadableStream => {
      let last: NodeJS.ReadableStream = pack.pipe(pack.minify());
      for (let count = 0; count < 30; count++) last = last.pipe(pass());
      return last;
    };
    await packEntries([project.path('main.js')], { root: project.directory }, through);
    await new Promise((onTurn) => setImmediate(onTurn));
    process.off('warning', listen);
    expect(warnings).to.deep.equal([]);
  });

  it('are not kept by streams that were called for and are not used', async () => {
    const project = new Project({ 'main.js': '' });
    const build = async (): Promise<WeakRef<dynapack.Pack>> => {
      const pack = dynapack({ root: project.directory });
      pack.minify();
      pack.report();
      pack.end(project.path('main.js'));
      await finish(pack);
      await new Promise((onTurn) => setImmediate(onTurn));
      return new WeakRef(pack);
    };
    const packs: WeakRef<dynapack.Pack>[] = [];
    for (let count = 0; count < 12; count++) packs.push(await build());
    // The last one may still be on the stack.
    expect(await countKept(packs)).to.be.below(3);
  });

  it('are kept in small numbers where they never come to an end', async () => {
    const abandon = (): WeakRef<dynapack.Pack> => {
      const pack = dynapack();
      pack.pipe(pass());
      return new WeakRef(pack);
    };
    const packs = Array.from({ length: 60 }, abandon);
    expect(await countKept(packs)).to.be.within(1, 20);
    for (const each of packs) each.deref()?.destroy();
  });

  it('leave no listeners of the process behind', async () => {
    const before = process.listenerCount('beforeExit');
    const project = new Project({ 'main.js': '' });
    const builds = Array.from({ length: 12 }, () =>
      packEntries([project.path('main.js')], { root: project.directory }, (pack) => pack.pipe(pack.minify())),
    );
    await Promise.all(builds);
    // Those of other tests may be left behind.
    expect(process.listenerCount('beforeExit')).to.be.at.most(Math.max(before, 1));
    for (let count = 0; count < 40; count++) dynapack().scripts();
    expect(process.listenerCount('beforeExit')).to.equal(1);
  });
});
