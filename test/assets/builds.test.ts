/** Files that are given out as they are: from the disk through transforms and plugins, and from build to build. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { failure, finish, hush, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { runTask, type Task } from '../helpers/task';
import { randomBytes } from './files';

const EXTENSIONS =
  'png jpg jpeg gif svg webp avif ico bmp woff woff2 ttf otf eot mp3 m4a aac flac wav ogg opus mp4 webm ogv mov vtt pdf wasm webmanifest PNG'.split(
    ' ',
  );

const packProject = (project: Project, options: dynapack.Options = {}, entry = 'main.js'): Promise<Packed> =>
  pack([project.path(entry)], { root: project.directory, ...options });

/** What pages are told of each file. */
function urlsOf({ scripts }: Packed, entry = 'main'): string[] {
  const { entries, assets } = JSON.parse(scripts['manifest.json'] as string);
  const told = Object.values((entries[entry].config.a ?? {}) as Record<string, string>).sort();
  const { p } = entries[entry].config as { p: string };
  const all = Object.values((assets ?? {}) as Record<string, { url: string }>).map(({ url }) => url);
  for (const url of told) expect(all).to.include(p + url);
  return told;
}

const { default: rev } = require('gulp-rev') as { default: () => NodeJS.ReadWriteStream };

describe('files that are given out as they are', () => {
  it('have the bytes that they had, whatever these are, and however many', async () => {
    const files: ProjectFiles = {};
    EXTENSIONS.forEach((extension, index) => {
      files[`f${index}.${extension}`] = randomBytes(index * 97, index + 1);
    });
    // A byte order mark, and what no text has.
    files['bom.svg'] = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0, 0x0d, 0x0a, 0xc3, 0x28]);
    files['all.bin'] = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const names = Object.keys(files);
    const imports = names.map((name) => `require('./${name}${name.endsWith('.bin') ? '?url' : ''}');`);
    const project = new Project({ ...files, 'main.js': imports.join('\n') });
    for (const isSpliced of [false, true]) {
      const stream = hush(dynapack({ root: project.directory }));
      if (isSpliced) stream.deps().pipe(stream.mods());
      stream.end(project.path('main.js'));
      const { assets } = await finish(stream);
      expect(Object.keys(assets).sort()).to.deep.equal(names.map((name) => `assets/${name}`).sort());
      for (const name of names) {
        const found = assets[`assets/${name}`] as Buffer;
        expect(found.equals(files[name] as Buffer), name).to.equal(true);
      }
    }
  });

  it('are those that somebody asks for, told to the pages that may show them', async () => {
    const project = new Project({
      'main.js': `import './seen.js'; import './bare.png'; import unused from './unused.png';
        import { a } from './library.js'; a(); import('./later.js');`,
      'other.js': "self.x = require('./shared.png');",
      'seen.js': "import url from './seen.png'; self.x = [url, require('./shared.png')];",
      'library.js': `import forA from './a.png'; import forB from './b.png';
        export const a = () => forA; export const b = () => [forB, new URL('./c.png', import.meta.url)];`,
      'later.js': "import url from './later.png'; self.x = url;",
      ...Object.fromEntries(
        ['bare', 'unused', 'seen', 'shared', 'a', 'b', 'c', 'later'].map((name) => [`${name}.png`, name]),
      ),
    });
    const packed = await pack([project.path('main.js'), project.path('other.js')], {
      root: project.directory,
    });
    const needed = ['a', 'later', 'seen', 'shared'].map((name) => `assets/${name}.png`);
    expect(Object.keys(packed.assets).sort()).to.deep.equal(needed);
    expect(packed.metadata.assets).to.deep.equal(
      Object.fromEntries(needed.map((name) => [name, project.path(name.slice('assets/'.length))])),
    );
    expect(urlsOf(packed)).to.deep.equal(needed);
    expect(urlsOf(packed, 'other')).to.deep.equal(['assets/shared.png']);
  });

  it('have names beside each other, wherever they are', async () => {
    const project = new Project({
      'app/main.js': `self.x = [require('./a.png'), require('../a.png'), require('lib/a.png'), require('./A.png'),
        require('./a.png?1'), require('./sub/a.png'), new URL('./a%20%23b.png', import.meta.url)];
        export {};`,
      'app/a.png': '1',
      'a.png': '2',
      'node_modules/lib/a.png': '3',
      'app/A.png': '4',
      'app/sub/a.png': '5',
      'app/a #b.png': '6',
    });
    const packed = await packProject(project, { root: project.path('app') }, 'app/main.js');
    const contents = Object.values(packed.assets).map(String).sort();
    expect(contents).to.deep.equal(['1', '2', '3', '4', '5', '6']);
    const folded = Object.keys(packed.assets).map((name) => name.toLowerCase());
    expect(new Set(folded).size).to.equal(6);
    const { page } = await packed.visit('main');
    expect(new Set(page.x.map(String)).size).to.equal(7);
    for (const url of page.x.map((each: string | URL) => new URL(each, 'https://x.test').pathname))
      expect(Object.keys(packed.assets)).to.include(decodeURIComponent(url.slice(1)));
  });

  it('have no file where there is a directory', async () => {
    const project = new Project({
      'app/main.js': "self.x = [require('../a.png'), require('./a.png/b.png')];",
      'a.png': '1',
      'app/a.png/b.png': '2',
    });
    const { assets } = await packProject(project, { root: project.path('app') }, 'app/main.js');
    const names = Object.keys(assets);
    expect(Object.values(assets).map(String).sort()).to.deep.equal(['1', '2']);
    for (const name of names) expect(names.filter((other) => other.startsWith(`${name}/`))).to.deep.equal([]);
  });

  it('leave bundles as they are when they are changed or renamed', async () => {
    const project = new Project({ 'main.js': "self.x = require('./a.png');", 'a.png': 'one' });
    const first = await packProject(project);
    project.write({ 'a.png': 'two' });
    const second = await packProject(project);
    expect(second.bundles).to.deep.equal(first.bundles);
    const renamed = async (): Promise<Packed> => {
      const stream = hush(dynapack({ root: project.directory }));
      stream.end(project.path('main.js'));
      return finish(stream, undefined, stream.pipe(rev()));
    };
    const [before] = urlsOf(await renamed());
    expect(before).to.match(/^assets\/a-[\da-f]{10}\.png$/);
    project.write({ 'a.png': 'three' });
    const after = await renamed();
    expect(urlsOf(after)).to.not.deep.equal([before]);
    expect(Object.values(after.bundles)).to.deep.equal(Object.values(first.bundles));
    expect((await after.visit('main')).page.x).to.equal(`/${urlsOf(after)[0]}`);
    expect(JSON.parse(after.scripts['aliases.json'] as string)['assets/a.png']).to.equal(urlsOf(after)[0]);
  });

  it('are named by the map of a plugin that has renamed them, too', async () => {
    const project = new Project({ 'main.js': "self.x = require('./a.png');", 'a.png': 'one' });
    const stream = hush(dynapack({ root: project.directory }));
    stream.end(project.path('main.js'));
    const { bundles } = await finish(stream);
    const again = hush(dynapack({ root: project.directory }));
    again.end(project.path('main.js'));
    again.resume();
    const scripts = again.scripts();
    scripts.end({ 'main.js': 'main.js', 'assets/a.png': 'assets/a-1.png' });
    for await (const file of scripts)
      if ((file as unknown as File).relative === 'main.html')
        expect(String((file as unknown as File).contents)).to.include('"assets/a-1.png"');
    expect(Object.keys(bundles)).to.deep.equal(['main.js']);
  });

  it('go through transforms: what these make of them is given out, and what becomes a script is one', async () => {
    const project = new Project({
      'main.js':
        "self.x = [require('./a.png'), require('./icon.svg'), require('./b.jpg'), require('./a.png?raw')];",
      'a.png': Buffer.from([0xff, 1]),
      'b.jpg': Buffer.from([0xff, 2]),
      'icon.svg': '<svg/>',
    });
    const stream = hush(dynapack({ root: project.directory }));
    const shown: string[] = [];
    const transform = objectTransform(async (file: File) => {
      shown.push(file.relative);
      if (file.extname === '.png')
        file.contents = Buffer.concat([file.contents as Buffer, Buffer.from([0xfe])]);
      if (file.extname === '.jpg') file.extname = '.webp';
      if (file.extname === '.svg') {
        file.contents = Buffer.from(`module.exports = ${JSON.stringify(String(file.contents))};`);
        file.extname = '.js';
      }
      return file;
    });
    stream.deps().pipe(transform).pipe(stream.mods());
    stream.end(project.path('main.js'));
    const packed = await finish(stream);
    expect(shown.sort()).to.deep.equal(['a.png', 'b.jpg', 'icon.svg', 'main.js']);
    expect(packed.assets).to.deep.equal({
      'assets/a.png': Buffer.from([0xff, 1, 0xfe]),
      'assets/b.webp': Buffer.from([0xff, 2]),
    });
    const { page } = await packed.visit('main');
    expect(page.x.slice(0, 3)).to.deep.equal(['/assets/a.png', '<svg/>', '/assets/b.webp']);
  });

  it('are none where new URL() names a directory, a script, or a file that needs an extension', async () => {
    const names = [
      './dir.v2',
      './dir',
      './file.min',
      './code.ts',
      './gone.png',
      '.',
      '/a.png',
      'https://a.test/a.png',
      './%E0%A4%A.png',
    ];
    const project = new Project({
      'main.js': `self.x = [${names.map((name) => `() => new URL('${name}', import.meta.url)`)}]; export {};`,
      'dir.v2/index.js': '',
      'dir/a.png': '',
      'file.min.js': '',
      'code.ts': '',
    });
    const codes: string[] = [];
    const stream = dynapack({ root: project.directory });
    stream.on('warning', ({ code }) => codes.push(code));
    stream.end(project.path('main.js'));
    const { bundles, assets } = await finish(stream);
    expect(assets).to.deep.equal({});
    for (const name of names) expect(bundles['main.js']).to.include(`new URL('${name}'`);
    // A whole URL is right as it is, whatever it is made from.
    const wrong = names.filter((name) => !name.startsWith('https:'));
    expect(codes).to.deep.equal(wrong.map(() => 'UNBUNDLED_ASSET'));
  });

  it('are scripts that packages name, if these import nothing', async () => {
    const urlOf = (name: string): string => `new URL('${name}', import.meta.url).href`;
    const decoder = "var decoder = { from: Array.from('abc') };";
    const project = new Project({
      'main.js': `import { urls } from 'loader'; self.x = [urls, () => ${urlOf('./own.js')}];`,
      'own.js': decoder,
      'node_modules/loader/package.json': '{ "name": "loader", "type": "module", "main": "index.js" }',
      'node_modules/loader/index.js': `export const urls = [${['./decoder.js', './whole.mjs?v=1', './part.js', './again.mjs', './late.js', './code.ts', './gone.js'].map(urlOf)}];`,
      'node_modules/loader/decoder.js': decoder,
      'node_modules/loader/whole.mjs': 'export const decoder = 1;',
      'node_modules/loader/part.js': "import './decoder.js';",
      'node_modules/loader/again.mjs': 'export * from"./decoder.js"',
      'node_modules/loader/late.js': "self.load = () => import('./decoder.js');",
      'node_modules/loader/code.ts': 'let a: string;',
    });
    const warnings: string[] = [];
    const stream = dynapack({ root: project.directory });
    stream.on('warning', ({ code, message }) => warnings.push(`${code} ${/'(.*?)'/.exec(message)?.[1]}`));
    stream.end(project.path('main.js'));
    const packed = await finish(stream);
    expect(Object.keys(packed.assets)).to.deep.equal(['assets/loader/decoder.js', 'assets/loader/whole.mjs']);
    expect(String(packed.assets['assets/loader/decoder.js'])).to.equal(decoder);
    expect((await packed.visit('main')).page.x[0].slice(0, 2)).to.deep.equal([
      'https://example.test/assets/loader/decoder.js',
      'https://example.test/assets/loader/whole.mjs?v=1',
    ]);
    const left = ['./own.js', './part.js', './again.mjs', './late.js', './code.ts', './gone.js'];
    expect(warnings.sort()).to.deep.equal(left.map((name) => `UNBUNDLED_ASSET ${name}`).sort());
  });

  it('may be written into the pack', async () => {
    const project = new Project({ 'main.js': "self.x = new URL('./made.png', import.meta.url); export {};" });
    const stream = hush(dynapack({ root: project.directory }));
    const transform = objectTransform(function (
      this: import('node:stream').Transform,
      file: File,
      _encoding,
      done,
    ) {
      const made = file.clone();
      made.path = project.path('made.png');
      made.contents = Buffer.from([0x89, 0xff]);
      this.push(made);
      done(null, file);
    });
    stream.deps().pipe(transform).pipe(stream.mods());
    stream.end(project.path('main.js'));
    const packed = await finish(stream);
    expect(packed.assets).to.deep.equal({ 'assets/made.png': Buffer.from([0x89, 0xff]) });
  });

  it('are one file, whatever is behind it in specifiers, and that is behind its URL', async () => {
    const project = new Project({
      'main.js': `import plain from './a.svg'; import star from './a.svg#star'; import tagged from './a.svg?v=1';
        self.x = [plain, star, tagged, new URL('./a.svg?v=2#dot', import.meta.url).href, new URL('./b.json?v=3', import.meta.url).href];`,
      'a.svg': '<svg/>',
      'b.json': '{}',
    });
    const packed = await packProject(project);
    expect(Object.keys(packed.assets)).to.deep.equal(['assets/a.svg', 'assets/b.json']);
    expect((await packed.visit('main')).page.x).to.deep.equal([
      '/assets/a.svg',
      '/assets/a.svg#star',
      '/assets/a.svg?v=1',
      'https://example.test/assets/a.svg?v=2#dot',
      'https://example.test/assets/b.json?v=3',
    ]);
    const inline = await packProject(project, { inline: 100 });
    const data = `data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}`;
    expect((await inline.visit('main')).page.x.slice(0, 4)).to.deep.equal([
      data,
      `${data}#star`,
      data,
      `${data}#dot`,
    ]);
  });

  it('are no entries', async () => {
    const project = new Project({ 'main.js': '', 'a.png': '' });
    const { code, message } = await failure(pack([project.path('main.js'), project.path('a.png')]));
    expect(code).to.equal('NOT_JAVASCRIPT');
    expect(message).to.include(project.path('a.png'));
  });

  it('fail the build where they are not, with the place', async () => {
    const project = new Project({ 'main.js': "\nimport logo from './logo.png'; self.x = logo;" });
    const error = await failure(packProject(project));
    expect(error.code).to.equal('MODULE_NOT_FOUND');
    expect([error.fileName, error.lineNumber]).to.deep.equal([project.path('main.js'), 2]);
  });
});

describe('files that are given out as they are, from build to build', () => {
  const files: ProjectFiles = {
    'main.js': "import a from './a.png'; self.x = [a, new URL('./late.png', import.meta.url)];",
    'a.png': randomBytes(100, 1),
  };

  function workspace(options: dynapack.Options) {
    const project = new Project(files);
    const warned: string[] = [];
    const splice = (pack: dynapack.Pack): void => void pack.on('warning', ({ code }) => warned.push(code));
    const task: Task = { entries: ['main.js'], output: 'out', options, splice };
    const read = (name: string): Buffer => readFileSync(join(project.directory, 'out', name));
    return { project, build: () => runTask(project, task), read, warned };
  }

  it('come out again when they have changed, and bundles do not', async () => {
    const { project, build, read } = workspace({ cache: dynapack.cache() });
    await build();
    for (const seed of [2, 3]) {
      const bytes = randomBytes(100 * seed, seed);
      project.write({ 'a.png': bytes });
      const given = await build();
      expect(given).to.include('assets/a.png');
      expect(given).to.not.include('main.js');
      expect(read('assets/a.png').equals(bytes)).to.equal(true);
    }
    rmSync(project.path('out/assets/a.png'));
    expect(await build()).to.include('assets/a.png');
  });

  it('are found when they come, and missed when they go', async () => {
    const { project, read, build, warned } = workspace({ cache: dynapack.cache() });
    await build();
    expect(String(read('main.js'))).to.include("'./late.png'");
    project.write({ 'late.png': 'late' });
    await build();
    expect(String(read('main.js'))).to.not.include("'./late.png'");
    expect(String(read('assets/late.png'))).to.equal('late');
    expect(String(read('main.html'))).to.include('"assets/late.png"');
    rmSync(project.path('late.png'));
    expect(warned).to.deep.equal(['UNBUNDLED_ASSET']);
    await build();
    expect(String(read('main.html'))).to.not.include('late.png');
  });

  it('are told of when they go', async () => {
    const { project, build, warned } = workspace({ cache: dynapack.cache() });
    project.write({ 'late.png': 'late' });
    await build();
    expect(warned).to.deep.equal([]);
    rmSync(project.path('late.png'));
    await build();
    expect(warned).to.deep.equal(['UNBUNDLED_ASSET']);
  });

  it('are what they were in a process that has a cache on the disk', async () => {
    const directory = new Project({}).directory;
    const { project, build, read } = workspace({});
    const withCache = (): Promise<string[]> =>
      runTask(project, {
        entries: ['main.js'],
        output: 'out',
        options: { cache: dynapack.cache(directory) },
      });
    await build();
    const bytes = read('assets/a.png');
    for (let time = 0; time < 3; time++) {
      rmSync(project.path('out'), { recursive: true });
      await withCache();
      expect(read('assets/a.png').equals(bytes)).to.equal(true);
      expect(String(read('main.html'))).to.include('"assets/a.png"');
    }
  });
});
