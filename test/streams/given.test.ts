/** Files piped into `scripts()` that pages do not find the bundles by. */
import { PassThrough, type Readable } from 'node:stream';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import File from 'vinyl';
import { pack as packEntries } from '../helpers/pack';
import { Project } from '../helpers/project';

const files = {
  'main.js': "self.main = require('./part');",
  'admin.js': "self.admin = require('./part');",
  'part.js': 'exports.part = 1;',
};

/** What was between a pack and its `scripts()`. */
type Between = (pack: Readable) => Readable;

/** Joins all Files to one, as such plugins do: made of the last File, or a new one. */
const concat =
  (name: string, isClone: boolean): Between =>
  (pack) =>
    pack.pipe(
      objectTransform(async function* (source: AsyncIterable<File>) {
        const all: File[] = [];
        for await (const file of source) all.push(file);
        const contents = Buffer.concat(all.map((file) => file.contents as Buffer));
        const [last] = all.slice(-1) as [File];
        const joined = isClone ? last.clone() : new File({ base: last.base });
        joined.path = `${last.base}/${name}`;
        joined.contents = contents;
        yield joined;
      }),
    );

const rename = (change: (file: File) => void) =>
  objectTransform(async function* (source: AsyncIterable<File>) {
    for await (const file of source) {
      change(file);
      yield file;
    }
  });

/** Gives certain things in place of the bundles. */
const replace = (give: (own: File[]) => unknown[] | Promise<unknown[]>): Between => {
  return (pack) =>
    pack.pipe(
      objectTransform(async function* (source: AsyncIterable<File>) {
        const own: File[] = [];
        for await (const file of source) own.push(file);
        yield* await give(own);
      }),
    );
};

/** Warnings of a build whose bundles go to `scripts()` through something. */
async function warningsOf(
  between: Between,
  options: dynapack.Options = {},
  project = new Project(files),
): Promise<string[]> {
  const pack = dynapack({ root: project.directory, ...options });
  const found: string[] = [];
  pack.on('warning', ({ code, message, path }) => {
    expect(path).to.equal(project.directory);
    found.push(`${code} ${message}`);
  });
  pack.write(project.path('main.js'));
  pack.end(project.path('admin.js'));
  const scripts = pack.scripts();
  between(pack as unknown as Readable).pipe(scripts);
  for await (const _ of scripts);
  return found;
}

async function foreign(): Promise<File[]> {
  const other = new Project({ 'other.js': '' });
  return (await packEntries([other.path('other.js')], { root: other.directory })).files;
}

describe('scripts() warns', () => {
  it('of bundles that were joined to a new File', async () => {
    const [warning, ...others] = await warningsOf(concat('all.js', false));
    expect(warning).to.match(/^UNKNOWN_FILES .*'all\.js'/);
    expect(others).to.deep.equal([]);
  });

  it('of bundles that were joined to a clone of one of them', async () => {
    const [warning, ...others] = await warningsOf(concat('all.js', true));
    expect(warning).to.match(/^MISSING_BUNDLES .*not given the bundles '\S+\.js', '\S+\.js':/);
    expect(others).to.deep.equal([]);
  });

  it('of bundles that have been given one name', async () => {
    const join: Between = (pack) => pack.pipe(rename((file) => (file.stem = 'all')));
    const [warning, ...others] = await warningsOf(join);
    expect(warning).to.match(/^FOLDED_BUNDLES .*'main\.js'.* as one file, 'all\.js'/);
    expect(warning).to.include("'admin.js'");
    expect(others).to.deep.equal([]);
  });

  it('of bundles that have not come by, and of what has', async () => {
    const [missing] = await warningsOf(replace((own) => own.filter(({ stem }) => stem !== 'admin')));
    expect(missing).to.match(/^MISSING_BUNDLES .*not given the bundles 'admin\.js':/);
    const [renamed] = await warningsOf((pack) =>
      pack.pipe(rename((file) => (file.extname = file.stem === 'admin' ? '.mjs' : '.js'))),
    );
    expect(renamed).to.match(/^MISSING_BUNDLES .*'admin\.js'/);
    const made = (own: File[]): File[] =>
      own.map((file) =>
        file.stem === 'admin' ? new File({ path: '/x/new.js', base: '/x', contents: null }) : file,
      );
    expect((await warningsOf(replace(made)))[0]).to.match(/^MISSING_BUNDLES .*'admin\.js', but 'new\.js'/);
  });

  it('of files that have not come by, or in another format', async () => {
    const project = () =>
      new Project({
        'main.js': "import './a.css'; self.x = require('./a.png');",
        'admin.js': '',
        'a.png': 'x',
        'a.css': 'a { b: url(b.png) }',
        'b.png': 'y',
      });
    const all = await warningsOf(
      replace((own) => own),
      {},
      project(),
    );
    expect(all).to.deep.equal([]);
    const [lost] = await warningsOf(
      replace((own) => own.filter(({ extname }) => extname !== '.png')),
      {},
      project(),
    );
    expect(lost).to.match(/^MISSING_ASSETS .*not the files 'assets\/a\.png', 'assets\/b\.png':/);
    const [webp] = await warningsOf(
      (pack) => pack.pipe(rename((file) => (file.extname = file.extname.replace('png', 'webp')))),
      {},
      project(),
    );
    expect(webp).to.match(/^MISSING_ASSETS /);
    const [style] = await warningsOf(
      replace((own) => own.filter(({ extname }) => extname !== '.css')),
      {},
      project(),
    );
    expect(style).to.match(/^MISSING_BUNDLES .*'main\.css'/);
  });

  it('of the loader that has not come by', async () => {
    const [warning] = await warningsOf(
      replace((own) => own.filter(({ stem }) => !stem.includes('loader'))),
      {
        loader: 'file',
      },
    );
    expect(warning).to.match(/^MISSING_BUNDLES .*loader/);
  });

  it('of bundles of another pack, when there are none of its own', async () => {
    const [warning, ...others] = await warningsOf(replace(foreign));
    expect(warning).to.match(/^FOREIGN_BUNDLES .*'other\.js'/);
    expect(others).to.deep.equal([]);
    expect(await warningsOf(replace(async (own) => [...own, ...(await foreign())]))).to.deep.equal([]);
  });

  it('of maps that name none of the bundles', async () => {
    const [warning] = await warningsOf(replace(() => [{ 'js/main.js': 'js/main-1.js' }]));
    expect(warning).to.match(/^UNKNOWN_FILES .*'js\/main\.js'/);
  });

  it('of copies of bundles alone', async () => {
    const [warning, ...others] = await warningsOf((pack) =>
      pack.pipe(rename((file) => (file.extname += '.gz'))),
    );
    expect(warning).to.match(/^UNKNOWN_FILES .*'main\.js\.gz'/);
    expect(others).to.deep.equal([]);
  });

  it('of a stream that brings nothing', async () => {
    expect((await warningsOf(replace(() => [])))[0]).to.match(/^NO_BUNDLES /);
  });

  it('with a cache once, and of what is left out only when no build has given it', async () => {
    const project = new Project(files);
    const cache = dynapack.cache();
    const build = async (between: Between): Promise<number> =>
      (await warningsOf(between, { cache }, project)).length;
    expect(await build(concat('all.js', false))).to.equal(1);
    expect(await build(concat('all.js', false))).to.equal(0);
    expect(await build((pack) => pack.pipe(new PassThrough({ objectMode: true })))).to.equal(0);
    project.write({ 'main.js': "self.main = 2; require('./part');" });
    expect(await build((pack) => pack.pipe(new PassThrough({ objectMode: true })))).to.equal(0);
  });

  it('of nothing that is meant: renamed Files, maps, scripts of others beside the bundles, no stream at all', async () => {
    const project = new Project(files);
    const vendor = new File({ path: '/x/vendor.js', base: '/x', contents: Buffer.from('') });
    const fine: Between[] = [
      (pack) => pack.pipe(rename((file) => (file.stem += '-1'))),
      replace((own) => [...own, vendor]),
      replace(() => [{ 'main.js': 'main-1.js' }]),
      replace((own) => own.map(({ relative }) => ({ [relative]: 'all.js' }))),
      replace((own) => own.map((file) => file.clone())),
    ];
    for (const between of fine) expect(await warningsOf(between)).to.deep.equal([]);
    const pack = dynapack({ root: project.directory });
    pack.on('warning', ({ message }) => expect.fail(message));
    pack.resume().end(project.path('main.js'));
    for await (const _ of pack.scripts().end() as unknown as Readable);
  });
});
