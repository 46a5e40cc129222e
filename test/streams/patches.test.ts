/** `patches()`: what passes, what is added, and when a release is recorded. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import File from 'vinyl';
import { dest } from 'vinyl-fs';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import type { Release } from '../../lib/releases/manifest';
import { openReleases } from '../../lib/releases/open';
import type { BuildWarning } from '../../lib/warnings';
import { rooted } from '../api/projects';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { createDice, moduleText } from '../patch/texts';

// It has no types.
const rev = (require('gulp-rev') as { default(): NodeJS.ReadWriteStream }).default;

/** Code that compresses as code does. */
function code(seed: number, count = 30): string {
  const dice = createDice(seed);
  const texts = Array.from({ length: count }, (_, id) => moduleText(dice, id));
  return `module.exports = {\n${texts.join(',\n')}\n};\n`;
}

const site = (change = ''): Record<string, string> => ({
  'home.js': `self.home = [require('./lib'), ${JSON.stringify(change)}];\n${code(1)}`,
  'about.js': `self.about = require('./lib');\n${code(2)}`,
  'lib.js': code(3),
});

const collect = async (stream: AsyncIterable<unknown>): Promise<File[]> => {
  const files: File[] = [];
  for await (const file of stream) files.push(file as File);
  return files;
};

const isPatch = (file: File): boolean => file.relative.startsWith('patches/');

interface Tagged {
  dynapack: { patch: { bundle: string; to: string; from: string[]; size: number } };
}
const tagOf = (file: File): Tagged['dynapack']['patch'] => (file as unknown as Tagged).dynapack.patch;

/** A project, its releases, and a build of it. */
function make(files = site()) {
  const project = new Project(files);
  const releases = project.path('releases');
  const start = (options: dynapack.Options = {}): dynapack.Pack => {
    const pack = dynapack({ ...rooted(project), ...options });
    for (const entry of ['home.js', 'about.js']) pack.write(project.path(entry));
    pack.end();
    return pack;
  };
  const build = async (
    patches: Partial<dynapack.PatchesOptions> = {},
    options?: dynapack.Options,
  ): Promise<File[]> => {
    const pack = start(options);
    return collect(pack.pipe(pack.patches({ releases, ...patches })));
  };
  return { project, releases, start, build, list: (): Promise<Release[]> => openReleases(releases).list() };
}

/** Fails unless each patch makes its bundle of texts of the store. */
async function assertPatches(files: readonly File[], releases: string): Promise<void> {
  const store = openReleases(releases);
  const texts = new Map(files.map((file) => [sha256(String(file.contents)), String(file.contents)]));
  for (const file of files.filter(isPatch)) {
    const { to, from } = tagOf(file);
    const olds = await Promise.all(from.map((version) => store.text(version)));
    expect(file.relative).to.equal(
      `patches/${[to, ...from].map((version) => version.slice(0, 11)).join('.')}.txt`,
    );
    expect(applyPatch(String(file.contents), olds as string[], sha256)).to.equal(texts.get(to));
  }
}

/** Changes the files of a place of the releases as git does where it is told to change line ends. */
function withLineEnds(releases: string, place: 'releases' | 'texts'): string[] {
  const names = readdirSync(join(releases, place));
  for (const name of names) {
    const file = join(releases, place, name);
    writeFileSync(file, `${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}\r\n`);
  }
  return names;
}

describe('pack.patches()', () => {
  it('adds nothing to a first release, and records it', async () => {
    const { build, list } = make();
    const files = await build();
    expect(files.filter(isPatch)).to.deep.equal([]);
    const [release] = await list();
    for (const file of files) {
      const { version, served, size } = release?.bundles[file.relative] ?? {};
      expect(version).to.equal(sha256(String(file.contents)));
      expect([served, size]).to.deep.equal([file.relative, (file.contents as Buffer).length]);
    }
    expect(Object.keys(release?.entries ?? {})).to.deep.equal(['about', 'home']);
    expect(Object.values(release?.roots ?? {}).flat()).to.include('home.js');
  });

  for (const place of ['texts', 'releases'] as const)
    it(`warns of releases that are not as they were written: ${place}`, async () => {
      const made = make();
      await made.build();
      const names = withLineEnds(made.releases, place);
      made.project.write(site('one'));
      const pack = made.start();
      const warnings: BuildWarning[] = [];
      pack.on('warning', (warning) => warnings.push(warning));
      const files = await collect(pack.pipe(pack.patches({ releases: made.releases })));
      expect(files.filter(isPatch)).to.deep.equal([]);
      expect(warnings.map(({ code, path }) => [code, path])).to.deep.equal([
        ['DAMAGED_RELEASES', made.releases],
      ]);
      expect(warnings[0]?.message).to.include(`'${place}/${names[0]}'`);
      expect(warnings[0]?.hint).to.include('.gitattributes');
    });

  it('does not warn of releases that another builder removes meanwhile', async () => {
    const store = openReleases(make().releases);
    const texts = ['one', 'two'].map((text) => ({ text, version: sha256(text) }));
    for (const { text, version } of texts) {
      const content = { bundles: { 'a.js': { version, served: 'a.js', size: 3 } }, roots: {}, entries: {} };
      await store.record(content, new Map([[version, text]]), 0);
    }
    expect(await store.text(texts[0]?.version ?? '')).to.equal(undefined);
    expect(await store.findDamage()).to.deep.equal([]);
  });

  it('adds patches from each kept release, for what has changed', async () => {
    const made = make();
    await made.build();
    for (const change of ['one', 'two', 'three']) {
      made.project.write(site(change));
      const files = await made.build({ keep: 2 });
      await assertPatches(files, made.releases);
      const patches = files.filter(isPatch);
      expect(patches.map((file) => tagOf(file).bundle))
        .to.include('home.js')
        .and.not.include('about.js');
      expect(patches.length).to.equal(change === 'one' ? 1 : 2);
      for (const file of patches) expect((file.contents as Buffer).length).to.be.below(200);
    }
    expect(await made.list()).to.have.length(3);
  });

  it('makes the same patches when a release is built again, and records nothing', async () => {
    const made = make();
    await made.build();
    made.project.write(site('changed'));
    const texts = (files: readonly File[]): string[] => files.map((file) => file.relative + file.contents);
    const first = texts(await made.build({ keep: 1 }));
    expect(texts(await made.build({ keep: 1 }))).to.deep.equal(first);
    expect(first.length).to.equal(4);
    expect(await made.list()).to.have.length(2);
  });

  it('sees the texts as they are served, under the names they are served as', async () => {
    const made = make();
    for (const change of ['', 'changed']) {
      made.project.write(site(change));
      const pack = made.start();
      const shout = objectTransform(async (file: File) => {
        file.contents = Buffer.from(`/* © */${file.contents}`);
        return file;
      });
      const files = await collect(
        pack
          .pipe(shout)
          .pipe(rev())
          .pipe(pack.patches({ releases: made.releases })),
      );
      await assertPatches(files, made.releases);
      expect(files.filter(isPatch)).to.have.length(change === '' ? 0 : 1);
    }
    const served = Object.values((await made.list())[1]?.bundles ?? {}).map((bundle) => bundle.served);
    for (const name of served) expect(name).to.match(/-[0-9a-f]{10}\.js$/);
  });

  it('lets everything else pass untouched', async () => {
    const made = make();
    const pack = made.start();
    const own = await collect(pack);
    const others = [
      new File({ path: '/x/style.css', contents: Buffer.from('a{}') }),
      Object.assign((own[0] as File).clone(), { extname: '.map' }),
      new File({ path: '/x/empty' }),
      new File({ path: '/x/other.js', contents: Buffer.from('1') }),
    ];
    const stream = pack.patches({ releases: made.releases });
    for (const file of [...own, ...others]) stream.write(file);
    stream.end();
    expect(await collect(stream)).to.deep.equal([...own, ...others]);
    expect(Object.keys((await made.list())[0]?.bundles ?? {})).to.have.length(own.length);
  });

  it('makes none of texts that no page sees as they are', async () => {
    const made = make();
    for (const change of ['', 'changed']) {
      made.project.write(site(change));
      const pack = made.start();
      const mark = objectTransform(async (file: File) => {
        const bytes = file.relative === 'home.js' ? [0xef, 0xbb, 0xbf] : [0xff];
        file.contents = Buffer.concat([Buffer.from(bytes), file.contents as Buffer]);
        return file;
      });
      const files = await collect(pack.pipe(mark).pipe(pack.patches({ releases: made.releases })));
      expect(files.filter(isPatch)).to.deep.equal([]);
    }
  });

  it('with a cache remembers the texts that do not come by again', async () => {
    const made = make();
    const cache = dynapack.cache();
    const write = (): Promise<File[]> => {
      const pack = made.start({ cache });
      const patches = pack.pipe(pack.patches({ releases: made.releases }));
      return collect(patches.pipe(dest(made.project.path('public')) as unknown as NodeJS.ReadWriteStream));
    };
    await write();
    made.project.write({ 'about.js': `${site()['about.js']}// changed` });
    const files = await write();
    expect(files.map((file) => file.relative))
      .to.have.length(2)
      .and.include('about.js');
    const [first, second] = await made.list();
    expect(Object.keys(second?.bundles ?? {})).to.deep.equal(Object.keys(first?.bundles ?? {}));
    expect(second?.bundles['home.js']).to.deep.equal(first?.bundles['home.js']);
    await write();
    expect(await made.list()).to.have.length(2);
  });

  it('works without the texts that are lost', async () => {
    const made = make();
    await made.build();
    rmSync(join(made.releases, 'texts'), { recursive: true });
    made.project.write(site('changed'));
    expect((await made.build()).filter(isPatch)).to.deep.equal([]);
    made.project.write(site('again'));
    expect((await made.build()).filter(isPatch)).to.have.length(1);
  });

  describe('records a release only when all was taken', () => {
    it('not when the last File is not', async () => {
      const made = make();
      const pack = made.start();
      const stream = pack.pipe(pack.patches({ releases: made.releases }));
      const read = stream[Symbol.asyncIterator]();
      const count = (await collect(made.start())).length;
      for (let taken = 0; taken < count - 1; taken++) await read.next();
      await new Promise((onSoon) => setTimeout(onSoon, 100));
      expect(await made.list()).to.deep.equal([]);
      await read.next();
      expect((await read.next()).done).to.equal(true);
      expect(await made.list()).to.have.length(1);
    });

    it('not when who takes them fails', async () => {
      const made = make();
      const pack = made.start();
      const failing = new Writable({
        objectMode: true,
        highWaterMark: 1,
        write: (_file, _encoding, callback) => callback(new Error('disk full')),
      });
      const error = await failure(pipeline(pack, pack.patches({ releases: made.releases }), failing));
      expect(error.message).to.equal('disk full');
      expect(await made.list()).to.deep.equal([]);
    });

    it('not when a stream before it fails', async () => {
      const made = make();
      const pack = made.start();
      const patches = pack.patches({ releases: made.releases });
      let count = 0;
      const failing = objectTransform((file: File, _encoding, callback) => {
        if (count++ === 0) callback(null, file);
        else setTimeout(callback, 20, new Error('mine broke'));
      });
      const error = await failure(
        pipeline(pack, failing as unknown as NodeJS.ReadWriteStream, patches, collect),
      );
      expect(error.message).to.equal('mine broke');
      await new Promise((onSoon) => setTimeout(onSoon, 100));
      expect(await made.list()).to.deep.equal([]);
    });

    it('not when the pack fails', async () => {
      const made = make({ ...site(), 'lib.js': 'syntax error' });
      const pack = made.start();
      const error = await failure(pipeline(pack, pack.patches({ releases: made.releases }), collect));
      expect(error.code).to.equal('SYNTAX_ERROR');
      expect(await made.list()).to.deep.equal([]);
    });
  });

  describe('records a release only when scripts() finds nothing wrong with it', () => {
    /** What a pack with snippets fails with, if it does. */
    const runAll = (
      made: ReturnType<typeof make>,
      options?: dynapack.Options,
    ): Promise<dynapack.DynapackError> => {
      const pack = made.start(options);
      return failure(pipeline(pack, pack.patches({ releases: made.releases }), pack.scripts(), collect));
    };

    it('not when a page is above its budget', async () => {
      const made = make();
      for (let build = 0; build < 3; build++) {
        made.project.write(site(`change ${build}`));
        expect(await runAll(made, { budgets: { home: 10 } })).to.include({ code: 'BUDGET' });
      }
      expect(await made.list()).to.deep.equal([]);
    });

    it('also where there are reports', async () => {
      const made = make();
      const pack = made.start();
      const bundles = pack.pipe(pack.patches({ releases: made.releases }));
      await Promise.all([collect(bundles.pipe(pack.report())), collect(bundles.pipe(pack.scripts()))]);
      expect(await made.list()).to.have.length(1);
    });

    it('when there are several, after the last of them', async () => {
      const made = make();
      const pack = made.start();
      const bundles = pack.pipe(pack.patches({ releases: made.releases }));
      const [first, second] = [bundles.pipe(pack.scripts()), bundles.pipe(pack.scripts({ mode: 'async' }))];
      await collect(first);
      expect(await made.list()).to.deep.equal([]);
      await collect(second);
      expect(await made.list()).to.have.length(1);
    });

    it('fails with what the store fails with', async () => {
      const made = make();
      writeFileSync(made.releases, 'a file');
      expect(await runAll(made)).to.include({ code: 'RELEASES', fileName: made.releases });
    });
  });

  it('fails, and what it is piped into, when releases cannot be kept', async () => {
    const made = make();
    writeFileSync(made.releases, 'a file');
    const pack = made.start();
    const sink = new Writable({ objectMode: true, write: (_file, _encoding, callback) => callback() });
    const ended = new Promise<dynapack.DynapackError>((onError) => sink.on('error', onError));
    pack.pipe(pack.patches({ releases: made.releases })).pipe(sink);
    expect(await ended).to.include({ code: 'RELEASES', fileName: made.releases });
  });
});

describe('dynapack.patches()', () => {
  const text = (path: string, contents: string): File =>
    new File({ base: '/site', path: `/site/${path}`, contents: Buffer.from(contents) });
  const styles = (change: string): string =>
    Array.from(
      { length: 200 },
      (_, line) => `.c${(line * 7919) % 1009} { top: ${line}px${line === 90 ? change : ''} }`,
    ).join('\n');

  async function run(files: readonly File[], options: dynapack.PatchesOptions, isRevved = false) {
    const stream = dynapack.patches(options);
    const first: NodeJS.ReadWriteStream = isRevved ? rev() : objectTransform(async (file: File) => file);
    first.pipe(stream);
    for (const file of files) first.write(file as unknown as string);
    first.end();
    const out = await collect(stream);
    const list = out.find((file) => file.relative === 'patches.json') as File;
    return { out, list: JSON.parse(String(list.contents)) };
  }

  it('warns of releases that are not as they were written', async () => {
    const releases = new Project({}).path('releases');
    const codes: string[] = [];
    for (const change of ['', 'x', 'x']) {
      const stream = dynapack.patches({ releases });
      stream.on('warning', ({ code: each }: BuildWarning) => codes.push(each));
      stream.end(new File({ path: '/a.js', contents: Buffer.from(code(1) + change) }));
      await collect(stream);
      if (change === '') withLineEnds(releases, 'texts');
    }
    expect(codes).to.deep.equal(['DAMAGED_RELEASES', 'DAMAGED_RELEASES']);
  });

  it('adds patches to scripts and styles of anybody, and a list of them', async () => {
    const releases = new Project({}).path('releases');
    const logo = new File({ base: '/site', path: '/site/logo.png', contents: Buffer.from([0xff]) });
    const files = (change: string): File[] => [
      text('css/a.css', styles(change)),
      text('b.js', code(4)),
      logo,
    ];
    await run(files(''), { releases });
    const { out, list } = await run(files(' !important'), { releases });
    expect(Object.keys(list)).to.deep.equal(['b.js', 'css/a.css']);
    const styled = sha256(styles(' !important'));
    expect(list['css/a.css']).to.deep.include({ url: 'css/a.css', version: styled });
    expect(list['css/a.css'].integrity).to.equal(
      `sha256-${Buffer.from(styled, 'base64url').toString('base64')}`,
    );
    expect(list['b.js'].patches).to.deep.equal([]);
    const [patch] = list['css/a.css'].patches;
    const file = out.find((each) => each.relative === patch.path) as File;
    expect(applyPatch(String(file.contents), [styles('')], sha256)).to.equal(styles(' !important'));
    expect(patch.from).to.deep.equal([sha256(styles(''))]);
    expect(out).to.include(logo);
  });

  it('knows a File by its name before gulp-rev, or by the name it is given', async () => {
    const releases = new Project({}).path('releases');
    await run([text('css/a.css', styles(''))], { releases }, true);
    const { list } = await run([text('css/a.css', styles(' '))], { releases }, true);
    expect(list['css/a.css'].url).to.match(/^css\/a-[0-9a-f]{10}\.css$/);
    expect(list['css/a.css'].patches).to.have.length(1);
    const name = (file: File): string => file.relative.replace(/\.\d+\./, '.');
    await run([text('a.1.css', styles(''))], { releases, name });
    const named = await run([text('a.2.css', styles(' '))], { releases, name });
    expect(named.list['a.css']).to.include({ url: 'a.2.css' });
    expect(named.list['a.css'].patches).to.have.length(1);
  });
});

describe('options of patches()', () => {
  const releases = '/nowhere';
  const wrong: [options: object, code: string, message: RegExp][] = [
    [{}, 'INVALID_OPTION', /'releases' must be a directory or a Storage of unstorage, not undefined/],
    [{ releases: '' }, 'INVALID_OPTION', /'releases'/],
    [{ releases: { getKeys() {} } }, 'INVALID_OPTION', /'releases'/],
    [{ releases, keep: -1 }, 'INVALID_OPTION', /'keep' must be a whole number/],
    [{ releases, keep: 1.5 }, 'INVALID_OPTION', /'keep'/],
    [{ releases, minGain: 0 }, 'INVALID_OPTION', /'minGain'/],
    [{ releases, minGain: 1.1 }, 'INVALID_OPTION', /'minGain'/],
    [{ release: 'x' }, 'UNKNOWN_OPTION', /'release'/],
    [{ releases, keeps: 1 }, 'UNKNOWN_OPTION', /'keeps'/],
  ];
  for (const [options, expected, message] of wrong) {
    it(`${JSON.stringify(options)} is refused`, () => {
      for (const patches of [dynapack.patches, dynapack().patches]) {
        expect(() => patches(options as dynapack.PatchesOptions))
          .to.throw(message)
          .with.property('code', expected);
      }
    });
  }

  it('a misspelt one is told the right one', () => {
    expect(() => dynapack.patches({ releases, mingain: 1 } as unknown as dynapack.PatchesOptions))
      .to.throw()
      .with.property('hint', "Did you mean 'minGain'?");
  });
});
