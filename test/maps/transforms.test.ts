/** Maps that come with modules: what a bundle's map says is what they say, only elsewhere. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { expect } from 'chai';
import { type TransformOptions, transform } from 'esbuild';
import { minify } from 'terser';
import type File from 'vinyl';
import type { ProjectFiles } from '../helpers/project';
import { bundle } from './bundle';
import { randomSource } from './random-sources';
import { linesOf, type Traced } from './trace';

const dependencies: ProjectFiles = {
  'a.js': "exports.a = 'a';",
  'b.mjs': 'export const value = [1]; export default [2];',
};

/** What a transform made of a module. */
interface Made {
  text: string;
  map: TraceMap;
}

/** Transforms the File of one module with esbuild, as a task of gulp would. */
async function transformFile(file: File, options: TransformOptions): Promise<Made> {
  const { code, map } = await transform(String(file.contents), {
    sourcefile: file.relative,
    sourcemap: true,
    format: 'esm',
    target: 'esnext',
    loader: 'ts',
    ...options,
  });
  file.contents = Buffer.from(code);
  file.sourceMap = JSON.parse(map);
  return { text: code, map: new TraceMap(map) };
}

/** Where the words `t7` stand in lines for the first time: esbuild lists what it exports at the end. */
function wordsOf(lines: readonly string[], first = 1): Map<string, { line: number; column: number }> {
  const words = new Map<string, { line: number; column: number }>();
  lines.forEach((text, index) => {
    for (const { 0: word, index: column } of text.matchAll(/\bt\d+\b/g)) {
      if (!words.has(word)) words.set(word, { line: first + index, column });
    }
  });
  return words;
}

/** Compares where words come from: by the map of the bundle, and by that of the transform. */
function expectComposed(traced: Traced, made: Made, source: string): number {
  const [first, last] = traced.linesFrom(source);
  const before = wordsOf(linesOf(made.text));
  const after = wordsOf(traced.lines.slice(first - 1, last), first);
  for (const [word, place] of after) {
    const expected = originalPositionFor(made.map, before.get(word) as { line: number; column: number });
    const { source: from, line, column } = traced.original(place);
    expect({ from, line, column }, word).to.deep.equal({
      from: source,
      line: expected.line,
      column: expected.column,
    });
  }
  return after.size;
}

describe('maps: of transforms', () => {
  for (const minifyWhitespace of [false, true]) {
    it(`are composed, for 60 random modules through esbuild${minifyWhitespace ? ', in one line' : ''}`, async () => {
      let words = 0;
      for (let seed = 500; seed < 560; seed++) {
        // esbuild refuses this comment in modules.
        const text = randomSource(seed, true)
          .replace(/^(\uFEFF|#!.*\s)/, '')
          .replaceAll('<!--', '<');
        let made: Made | undefined;
        const build = await bundle({ 'main.ts': text, ...dependencies }, {}, async (file) => {
          if (file.extname === '.ts') made = await transformFile(file, { minifyWhitespace });
        });
        try {
          words += expectComposed(build.bundleOf('main.ts'), made as Made, 'main.ts');
        } catch (error) {
          (error as Error).message += `\nseed ${seed}:\n${text}\n→\n${made?.text}`;
          throw error;
        }
      }
      expect(words).to.be.greaterThan(500);
    });
  }

  it('lead to the lines and columns of TypeScript', async () => {
    const text = `import { value } from './b.mjs';
interface Shape { sides: number }

enum Colour { Red, Green }
export function area(shape: Shape, colour: Colour = Colour.Red): number {
  if (shape.sides < 3) { const unused: string[] = []; throw new RangeError(\`\${colour} \${value as number}\`); }
  return outer.called<number>(shape!.sides, value(unused));
}
`;
    const build = await bundle(
      { 'src/main.ts': text, 'src/b.mjs': dependencies['b.mjs'] as string },
      {},
      (file) => (file.extname === '.ts' ? transformFile(file, {}) : undefined),
    );
    const traced = build.bundleOf('src/main.ts');
    const places = {
      'new RangeError(': [6, 60],
      'called(': [7, 15],
      'sides, (': [7, 37],
      'sides < 3': [6, 12],
    };
    for (const [marked, [line, column]] of Object.entries(places)) {
      expect(traced.originalOf(marked), marked).to.include({ source: 'src/main.ts', line, column });
    }
    expect(traced.content('src/main.ts')).to.equal(text);
  });

  it('keep names, also of what rendering replaces', async () => {
    const text = `import { value as shown } from './b.mjs';
export function outer(parameter) {
  const local = parameter.map((item) => item + shown);
  return local(shown(local));
}
`;
    const build = await bundle({ 'main.mjs': text, ...dependencies }, {}, async (file) => {
      if (file.relative !== 'main.mjs') return;
      const made = await minify(
        { 'main.mjs': text },
        { module: true, mangle: true, compress: false, sourceMap: true },
      );
      file.contents = Buffer.from(made.code as string);
      file.sourceMap = made.map;
    });
    const traced = build.bundleOf('main.mjs');
    const names = new Map(traced.pairs().map(({ name, original }) => [name, /^\w+/.exec(original)?.[0]]));
    names.delete(null);
    expect([...names.keys()]).to.include.members(['parameter', 'local', 'item', 'shown', 'outer']);
    for (const [name, original] of names) expect(original).to.equal(name);
  });

  it('say nothing of code that the transform added', async () => {
    const build = await bundle({ 'main.js': 'first();\nsecond();\n' }, {}, (file) => {
      file.contents = Buffer.from('added(); first(); /* more */\nhelper();\nsecond();\n');
      // Column 9 of the first line, and the third line; what follows first() comes from nowhere.
      file.sourceMap = {
        version: 3,
        names: [],
        sources: ['main.js'],
        sourcesContent: ['first();\nsecond();\n'],
        mappings: 'SAAA,S;;AACA',
      };
    });
    const traced = build.bundleOf('main.js');
    expect(traced.originalOf('first()')).to.include({ line: 1, column: 0 });
    expect(traced.originalOf('second()')).to.include({ line: 2, column: 0 });
    for (const added of ['added()', '/* more', 'helper()']) {
      expect(() => traced.originalOf(added), added).to.throw('comes from nowhere');
    }
  });
});
