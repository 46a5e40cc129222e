/** Maps of minified bundles lead to the sources, and say what they are in every module that they say something of. */
import { basename } from 'node:path';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { transform } from 'esbuild';
import { minify as terser } from 'terser';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { failure, finish } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { placeOf, type Traced, traceFile } from '../maps/trace';

const files: ProjectFiles = {
  'main.js': `/*! Licence
 of two lines */
import { typed, called } from './typed.ts';
import data from './data.json';
const longName = 'text 1 of main';
self.result = [longName, typed('text 2 of main', called), require('./old.js'), data, longName];
`,
  'typed.ts': `interface Nothing { here: string }
export type Never = Nothing | undefined;
export function typed(parameter: string, other: (x: number) => string): string {
  return parameter + 'text 1 of typed' + other(/* 1 */ 1);
}
export const called = (x: number) => { if (x > 2) throw new Error('text 2 of typed'); return 'text 3 of typed' + \`line 1
line 2\`; };
`,
  'old.js':
    "var process_ = process.env.NODE_ENV;\r\nmodule.exports = function inner() {\r\n\treturn 'text 1 of old' + process_; };\n",
  'data.json': '{\n  "key": ["text of data"]\n}\n',
};

/** TypeScript is compiled by esbuild, and has a map then. */
const compile = () =>
  objectTransform(async (file: File) => {
    if (file.extname !== '.ts') return file;
    const { code, map } = await transform(String(file.contents), {
      loader: 'ts',
      sourcefile: file.path,
      sourcemap: true,
    });
    file.contents = Buffer.from(code);
    file.sourceMap = JSON.parse(map);
    return file;
  });

async function build(minify?: dynapack.Minify, debug = false): Promise<Traced[]> {
  const project = new Project(files);
  const pack = dynapack({ root: project.directory, sourcemaps: true, debug });
  pack.deps().pipe(compile()).pipe(pack.mods());
  const last = pack.pipe(pack.minify(minify, { keepNames: false }));
  const packed = await finish(pack.end(project.path('main.js')), undefined, last);
  // The runtime comes from nowhere.
  return packed.files.filter(({ sourceMap }) => sourceMap).map(traceFile);
}

const esbuild: dynapack.Minify = (code) => transform(code, { minify: true, sourcemap: true });

const mappedTerser: dynapack.Minify = (code) => terser(code, { sourceMap: { asObject: true } });

/** Every text of a source that a bundle holds leads there. */
function expectTexts(traced: readonly Traced[]): void {
  const texts = Object.entries(files).flatMap(([source, content]) =>
    [...String(content).matchAll(/(?<=['"])text [\w ]+(?=['"])/g)].map(([text]) => ({
      source,
      content,
      text,
    })),
  );
  expect(texts).to.have.length(7);
  for (const { source, content, text } of texts) {
    const bundle = traced.find(({ lines }) => lines.join('\n').includes(text)) as Traced;
    const quoted = ['"', '`'].map((quote) => quote + text + quote).find((form) => bundle.text.includes(form));
    const original = bundle.originalOf(quoted ?? text);
    expect(original.source, text).to.equal(source);
    // JSON is mapped by lines of its own; a quote stands before every other text.
    if (source !== 'data.json') {
      const { line, column } = placeOf(String(content), text);
      expect([original.line, original.column], text).to.deep.equal([line, column - 1]);
    } else expect(original.line).to.equal(2);
  }
}

describe('minify(): maps', () => {
  for (const [name, minify] of Object.entries({ oxc: undefined, terser: mappedTerser, esbuild })) {
    it(`${name}: texts lead to the sources`, async () => expectTexts(await build(minify)));

    it(`${name}: also in one bundle per module`, async () => expectTexts(await build(minify, true)));

    it(`${name}: names are those of the sources`, async () => {
      const pairs = (await build(minify)).flatMap((traced) => traced.pairs());
      const named = pairs.filter(({ name }) => name !== null);
      for (const { original, name } of named)
        expect(
          [original, original.slice(1)].some((text) => text.startsWith(name as string)),
          `${name}: ${original}`,
        ).to.equal(true);
      const names = new Set(named.map(({ name }) => name));
      expect(names).to.include('parameter').and.include('typed').and.include('called');
    });
  }

  it('hold every source with its content', async () => {
    const [main] = await build();
    const sources = (main as Traced).map.sources.filter((source) => source !== null);
    expect(sources).to.include.members(Object.keys(files));
    for (const [source, content] of Object.entries(files)) {
      expect((main as Traced).content(source)).to.equal(content);
    }
  });

  it('say nothing of modules that came back without one', async () => {
    const [main] = await build((code, about) =>
      about.path.endsWith('old.js') ? terser(code) : mappedTerser(code, about),
    );
    const { text } = main as Traced;
    expect(text).to.include('text 1 of old');
    expect(() => (main as Traced).originalOf('text 1 of old')).to.throw(/from nowhere/);
    expect((main as Traced).originalOf('"text 1 of typed"').source).to.equal('typed.ts');
  });

  it('may be an object, one that tells its JSON, JSON, or that in a Buffer', async () => {
    const forms: Record<string, (map: object) => unknown> = {
      'main.js': (map) => ({ generated: {}, toJSON: () => map }),
      'typed.ts': (map) => JSON.stringify(map),
      'old.js': (map) => Buffer.from(JSON.stringify(map)),
      'data.json': (map) => map,
    };
    const traced = await build(async (code, { path }) => {
      const { code: minified, map } = await terser(code, { sourceMap: { asObject: true } });
      const form = forms[basename(path)];
      return { code: minified, map: form ? form(map as object) : map };
    });
    expectTexts(traced);
  });

  it('are none where minifiers have none: what they give for it is as good as nothing', async () => {
    const nones: unknown[] = [
      '',
      ' \n',
      undefined,
      null,
      false,
      {},
      { mappings: '' },
      { version: 3, sources: ['a'], names: [], mappings: '' },
      { toJSON: () => ({}) },
      'null',
      '{}',
      '{"version":3,"sources":[],"mappings":""}',
      Buffer.alloc(0),
      Buffer.from('{"mappings":""}'),
    ];
    const names = nones.map((_, index) => `./none${index}`);
    const project = new Project({
      'main.js': `self.result = [${names.map((name) => `require('${name}')`)}, 'text of main'];`,
      ...Object.fromEntries(names.map((name) => [`${name}.js`, `module.exports = 'text of ${name}';`])),
    });
    const pack = dynapack({ root: project.directory, sourcemaps: true });
    const last = pack.pipe(
      pack.minify((code, { path }) => {
        const [, index] = /none(\d+)\.js$/.exec(path) ?? [];
        return index === undefined
          ? terser(code, { sourceMap: { asObject: true } })
          : { code, map: nones[Number(index)] };
      }),
    );
    const { files: bundles } = await finish(pack.end(project.path('main.js')), undefined, last);
    const [main] = bundles.map(traceFile) as [Traced];
    expect(main.originalOf('"text of main"').source).to.equal('main.js');
    for (const name of names) {
      expect(main.text).to.include(`text of ${name}`);
      expect(() => main.originalOf(`text of ${name}'`), name).to.throw(/from nowhere/);
    }
  });

  it('are none of esbuild without its option for them', async () => {
    const [main] = await build((code) => transform(code, { minify: true }));
    expect(() => (main as Traced).originalOf('text 1 of typed')).to.throw(/from nowhere/);
  });

  for (const [name, map] of Object.entries<unknown>({
    'no object': 7,
    'a list': [],
    'an object that is no map': { version: 3, sources: ['a'] },
    'no JSON': '{',
    'another version': { version: 2, sources: [], names: [], mappings: '' },
    'no mappings': { version: 3, sources: [], names: [], mappings: '!' },
  })) {
    it(`refuse what is no map: ${name}`, async () => {
      const error = await failure(build((code) => ({ code, map })));
      expect(error.code).to.equal('MINIFIER_MAP');
      expect(error.fileName).to.be.a('string');
    });
  }
});
