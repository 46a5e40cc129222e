/** Maps of minified bundles lead to the sources, and say what they are in every module that they say something of. */
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
self.result = [longName, typed('text 2 of main', called), require('./old.js'), data];
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
  const last = pack.pipe(pack.minify(minify));
  const packed = await finish(pack.end(project.path('main.js')), undefined, last);
  // The runtime comes from nowhere.
  return packed.files.filter(({ sourceMap }) => sourceMap).map(traceFile);
}

const esbuild: dynapack.Minify = (code) => transform(code, { minify: true, sourcemap: true });

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
    const quoted = bundle.text.includes(`"${text}"`) ? `"${text}"` : text;
    const original = bundle.originalOf(quoted);
    expect(original.source, text).to.equal(source);
    // JSON is mapped by lines of its own; a quote stands before every other text.
    if (source !== 'data.json') {
      const { line, column } = placeOf(String(content), text);
      expect([original.line, original.column], text).to.deep.equal([line, column - 1]);
    } else expect(original.line).to.equal(2);
  }
}

describe('minify(): maps', () => {
  for (const [name, minify] of Object.entries({ terser: undefined, esbuild })) {
    it(`${name}: texts lead to the sources`, async () => expectTexts(await build(minify)));

    it(`${name}: also in one bundle per module`, async () => expectTexts(await build(minify, true)));

    it(`${name}: names are those of the sources`, async () => {
      const pairs = (await build(minify)).flatMap((traced) => traced.pairs());
      const named = pairs.filter(({ name }) => name !== null);
      for (const { original, name } of named)
        expect(original.replace(/^"/, '').startsWith(name as string), `${name}: ${original}`).to.equal(true);
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
    const [main] = await build((code, { path }) =>
      path.endsWith('old.js') ? terser(code) : terser(code, { sourceMap: { asObject: true } }),
    );
    const { text } = main as Traced;
    expect(text).to.include('text 1 of old');
    expect(() => (main as Traced).originalOf('text 1 of old')).to.throw(/from nowhere/);
    expect((main as Traced).originalOf('"text 1 of typed"').source).to.equal('typed.ts');
  });

  for (const [name, map] of Object.entries<unknown>({
    'no object': 7,
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
