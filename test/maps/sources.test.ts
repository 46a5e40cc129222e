/** Which bundles have maps, and what sources these name. */
import { join } from 'node:path';
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { failure, finish } from '../helpers/pack';
import { Project } from '../helpers/project';
import { bundle, type Change } from './bundle';
import { traceFile } from './trace';

/** Sets the map of one file, as a transform would. */
const withMap =
  (name: string, map: unknown): Change =>
  (file) => {
    if (file.relative === name) file.sourceMap = map;
  };

const emptyMap = { version: 3, names: [], sources: ['main.js'], sourcesContent: ['1;'], mappings: '' };

describe('maps: which bundles have one', () => {
  const files = { 'main.js': "import('./lazy.js');", 'lazy.js': 'exports.lazy = 1;' };

  it('none, unless a module has one', async () => {
    const { files: written } = await bundle(files);
    for (const file of written) expect(file).to.not.have.property('sourceMap');
  });

  it('all that hold a source, when any module has one', async () => {
    const { fileOf, metadata, files: written } = await bundle(files, {}, withMap('lazy.js', emptyMap));
    expect(fileOf('main.js').sourceMap.sources).to.deep.equal(['main.js']);
    expect(fileOf('lazy.js').sourceMap.sources).to.deep.equal(['lazy.js']);
    expect(written).to.have.length(Object.keys(metadata.bundles).length);
  });

  it('all with sourcemaps: true, none with sourcemaps: false', async () => {
    const on = await bundle(files, { sourcemaps: true });
    expect(on.fileOf('lazy.js').sourceMap.sources).to.deep.equal(['lazy.js']);
    const off = await bundle(files, { sourcemaps: false }, withMap('lazy.js', emptyMap));
    for (const file of off.files) expect(file).to.not.have.property('sourceMap');
  });

  it('not the file of the loader, nor bundles without a source', async () => {
    const { files: written } = await bundle(files, { sourcemaps: true, loader: 'file', debug: true });
    const without = written.filter((file) => !('sourceMap' in file)).map(({ relative }) => relative);
    expect(without.sort()).to.deep.equal(['dynapack-loader.js', 'dynapack/virtual/runtime.js']);
  });

  it('the text of bundles is the same with and without', async () => {
    const { bundles } = await bundle(files, { sourcemaps: false });
    expect((await bundle(files, { sourcemaps: true })).bundles).to.deep.equal(bundles);
    for (const text of Object.values(bundles)) expect(text).to.not.include('sourceMappingURL');
  });

  it('refuses other values of the option', () => {
    expect(() => dynapack({ sourcemaps: 'inline' as unknown as boolean }))
      .to.throw(dynapack.DynapackError)
      .with.property('code', 'INVALID_OPTION');
  });
});

describe('maps: sources', () => {
  it('are named relative to the root, with the text as it was', async () => {
    const text = '\uFEFF#!/usr/bin/env node\r\n  first();\r\nmodule.exports = require("pkg");\r\n';
    const files = {
      'src/main.js': text,
      'node_modules/pkg/index.js': 'pkg();',
      'node_modules/pkg/package.json': '{}',
    };
    const { fileOf, bundleOf } = await bundle(files, { sourcemaps: true });
    const { sources, sourcesContent, file, version, names } = fileOf('src/main.js').sourceMap;
    expect({ file, version, names }).to.deep.equal({ file: 'main.js', version: 3, names: [] });
    expect(
      Object.fromEntries(sources.map((source: string, index: number) => [source, sourcesContent[index]])),
    ).to.deep.equal({
      'src/main.js': text.slice(1),
      'node_modules/pkg/index.js': 'pkg();',
    });
    const traced = bundleOf('src/main.js');
    expect(traced.originalOf('first()')).to.include({ line: 2, column: 2 });
    expect(traced.originalOf('module.exports')).to.include({ line: 3, column: 0 });
    expect(traced.originalOf('pkg()')).to.include({
      source: 'node_modules/pkg/index.js',
      line: 1,
      column: 0,
    });
  });

  it('keep their places where a line ends oddly', async () => {
    const text = 'one();\r\r\ntwo();\rthree();\u2028four();\n\n  five();';
    const traced = (await bundle({ 'main.js': text }, { sourcemaps: true })).bundleOf('main.js');
    const content = traced.content('main.js').split(/\r\n?|[\n\u2028]/);
    for (const word of ['one', 'two', 'three', 'four', 'five']) {
      const { line, column } = traced.originalOf(word);
      expect(content[line - 1]?.slice(column), word).to.match(new RegExp(`^${word}`));
    }
  });

  it('that are JSON lead to their lines and columns', async () => {
    const files = {
      'main.js': "use(require('./plain.json'), require('./proto.json'), require('./separator.json'));",
      'plain.json': '\uFEFF\r\n  {\r\n  "plain": [1,\r\n    "second"]}\r\n',
      'proto.json': '\n { "__proto__": "third" }',
      'separator.json': '[ "four\u2028th" ]',
    };
    const traced = (await bundle(files, { sourcemaps: true })).bundleOf('main.js');
    expect(traced.originalOf('"plain"')).to.include({ source: 'plain.json', line: 3, column: 2 });
    expect(traced.originalOf('"second"')).to.include({ source: 'plain.json', line: 4, column: 4 });
    expect(traced.originalOf('third')).to.include({ source: 'proto.json', line: 2, column: 1 });
    expect(traced.originalOf('four')).to.include({ source: 'separator.json', line: 1, column: 0 });
    expect(traced.content('plain.json')).to.equal(files['plain.json'].slice(1));
  });

  it('outside of the root are named by their place, packages by their folder', async () => {
    const project = new Project({
      'site/main.js': "require('../shared/a.js'); require('pkg');",
      'shared/a.js': 'shared();',
      'node_modules/pkg/index.js': 'pkg();',
    });
    const stream = dynapack({ root: project.path('site'), sourcemaps: true });
    stream.end(project.path('site/main.js'));
    const { files } = await finish(stream);
    const { sources } = files.find(({ relative }) => relative === 'main.js')?.sourceMap ?? {};
    expect([...sources].sort()).to.deep.equal(['../shared/a.js', 'main.js', 'node_modules/pkg/index.js']);
  });

  /** The sources of a bundle whose entry's File has the base `src` and a map with these fields. */
  async function sourcesWith(
    fields: Record<string, unknown>,
  ): Promise<{ sources: string[]; contents: unknown[] }> {
    const project = new Project({ 'src/main.js': 'main();', 'src/lib/disk.ts': 'on the disk' });
    const file = new File({
      base: project.path('src'),
      path: project.path('src/main.js'),
      contents: Buffer.from('main();'),
    });
    file.sourceMap = { version: 3, names: [], mappings: 'AAAA,IAAI', ...fields };
    const stream = dynapack({ root: project.directory });
    stream.end(file);
    const { files } = await finish(stream);
    const { sources, sourcesContent } = files[0]?.sourceMap ?? {};
    const shorten = (source: string): string => source.replaceAll(project.directory, '…');
    return { sources: sources.map(shorten), contents: sourcesContent };
  }

  it('of a map are relative to the base of its File', async () => {
    const { sources } = await sourcesWith({
      sources: [
        'main.ts',
        './lib/../other.ts',
        '../up.ts',
        '/abs/olute.ts',
        'https://example.test/a.ts',
        'webpack://app/b.ts',
      ],
    });
    expect(sources.slice(0, 3)).to.deep.equal(['src/main.ts', 'src/other.ts', 'up.ts']);
    expect(sources[3]).to.match(/^(\.\.\/)+abs\/olute\.ts$/);
    expect(sources.slice(4)).to.deep.equal(['https://example.test/a.ts', 'webpack://app/b.ts']);
  });

  it('of a map respect its sourceRoot', async () => {
    expect((await sourcesWith({ sources: ['main.ts'], sourceRoot: 'lib' })).sources).to.deep.equal([
      'src/lib/main.ts',
    ]);
    const remote = await sourcesWith({ sources: ['a b/main.ts'], sourceRoot: 'https://example.test/app/' });
    expect(remote.sources).to.deep.equal(['https://example.test/app/a b/main.ts']);
  });

  it('of a map without contents have those of the disk, if they are there', async () => {
    const { sources, contents } = await sourcesWith({
      sources: ['lib/disk.ts', 'lib/gone.ts', 'lib', 'given.ts', null],
      sourcesContent: [null, null, null, 'given'],
    });
    expect(sources).to.deep.equal([
      'src/lib/disk.ts',
      'src/lib/gone.ts',
      'src/lib',
      'src/given.ts',
      'src/main.js',
    ]);
    expect(contents).to.deep.equal(['on the disk', null, null, 'given', 'main();']);
  });

  it('of several modules are listed once, unless their contents differ', async () => {
    const files = { 'main.js': "require('./b.js'), require('./c.js');", 'b.js': 'b();', 'c.js': 'c();' };
    const contents: Record<string, string> = { 'main.js': 'whole', 'b.js': 'whole', 'c.js': 'another' };
    const build = await bundle(files, {}, (file) => {
      const sourcesContent = [contents[file.relative]];
      file.sourceMap = { version: 3, names: [], sources: ['App.vue'], sourcesContent, mappings: 'AAAA' };
    });
    const { sources, sourcesContent } = build.fileOf('main.js').sourceMap;
    expect(sources).to.deep.equal(['App.vue', 'App.vue']);
    expect([...sourcesContent].sort()).to.deep.equal(['another', 'whole']);
  });

  it('of a File without any map are its own text, also where it was given', async () => {
    const project = new Project({ 'main.js': 'disk();' });
    const stream = dynapack({ root: project.directory, sourcemaps: true });
    stream.end({ path: project.path('main.js'), contents: 'given();' });
    const { files } = await finish(stream);
    expect(traceFile(files[0]).content('main.js')).to.equal('given();');
  });

  it('of sections are those of all of them', async () => {
    const section = (line: number, source: string): object => ({
      offset: { line, column: 0 },
      map: { version: 3, names: [], sources: [source], sourcesContent: [source], mappings: 'AAAA' },
    });
    const map = { version: 3, sections: [section(0, 'a.ts'), section(1, 'b.ts')] };
    const traced = (await bundle({ 'main.js': 'first();\nsecond();' }, {}, withMap('main.js', map))).bundleOf(
      'main.js',
    );
    expect(traced.originalOf('first')).to.include({ source: 'a.ts', line: 1, column: 0 });
    expect(traced.originalOf('second')).to.include({ source: 'b.ts', line: 1, column: 0 });
  });
});

describe('maps: damaged ones', () => {
  const good = { version: 3, names: [], sources: ['a.ts'], mappings: 'AAAA' };
  const cyclic: Record<string, unknown> = { version: 3 };
  cyclic.sections = [{ offset: { line: 0, column: 0 }, map: cyclic }];
  const damaged: Record<string, unknown> = {
    'no JSON': '{"version":3,',
    'a number': 7,
    'a list': [good],
    'another version': { ...good, version: 2 },
    'no mappings': { version: 3, names: [], sources: ['a.ts'] },
    'mappings of another type': { ...good, mappings: [[[0, 0, 0, 0]]] },
    'mappings in no Base64': { ...good, mappings: 'AAAA;%%%%' },
    'mappings that break off': { ...good, mappings: 'AAAA,ggggg' },
    'a source that is not there': { ...good, mappings: 'ACAA' },
    'a name that is not there': { ...good, mappings: 'AAAAA' },
    'a line before the first': { ...good, mappings: 'AADA' },
    'a column before the first': { ...good, mappings: 'D' },
    'sources of another type': { ...good, sources: 'a.ts' },
    'a source of another type': { ...good, sources: [{}] },
    'contents of another type': { ...good, sourcesContent: [1] },
    'names of another type': { ...good, names: { a: 1 } },
    'a sourceRoot of another type': { ...good, sourceRoot: 1 },
    'sections of another type': { version: 3, sections: 'all' },
    'a section without end': { version: 3, sections: [{ offset: { line: 1e9, column: 0 }, map: good }] },
    'a section without place': { version: 3, sections: [{ map: good }] },
    'a section of itself': cyclic,
  };
  const files = { 'main.js': "require('./part.js');", 'part.js': 'part();' };

  for (const [name, map] of Object.entries(damaged)) {
    it(`are an error that names the file: ${name}`, async () => {
      const error = await failure(bundle(files, {}, withMap('part.js', map)));
      expect(error).to.be.instanceOf(dynapack.DynapackError);
      expect(error.code).to.equal('INVALID_SOURCE_MAP');
      expect(error.fileName).to.match(/part\.js$/);
      expect(error.message).to.include(error.fileName as string);
      expect(error.hint).to.include('sourcemaps: false');
    });
  }

  it('do not matter with sourcemaps: false', async () => {
    for (const map of Object.values(damaged)) {
      const { bundles } = await bundle(files, { sourcemaps: false }, withMap('part.js', map));
      expect(Object.keys(bundles)).to.deep.equal(['main.js']);
    }
  });

  it('may have lines and columns that the text has not', async () => {
    const map = { ...good, mappings: `AAAA,${'gggggB'}AAA${';'.repeat(99)}AAAA` };
    const build = await bundle({ 'main.js': 'one();' }, {}, withMap('main.js', map));
    expect(build.bundleOf('main.js').originalOf('one')).to.include({ source: 'a.ts', line: 1, column: 0 });
    expect(join('/', ...build.fileOf('main.js').sourceMap.sources)).to.equal('/a.ts');
  });
});
