import { expect } from 'chai';
import type { ProjectFiles } from '../helpers/project';
import { bundle } from './bundle';
import { randomSource } from './random-sources';
import { linesOf, type Traced } from './trace';

const dependencies: ProjectFiles = {
  'a.js': "exports.a = 'a';",
  'b.mjs': 'export const value = 1; export default 2;',
};

/** What stands in a bundle in place of something else, with what that was. */
const REPLACED: readonly (readonly [generated: RegExp, original: RegExp])[] = [
  [/^_\$+\.import\(/, /^import\(/],
  [/^"[\w-]{4}"/, /^(["'])[\w./-]+\1/],
  [/^"production"|^"test"|^"development"/, /^process\.env\.NODE_ENV/],
  [/^;?\(yield/, /^await\b/],
  [/^_\$+meta\b/, /^import\.meta\b/],
  [/^(;|const |\b| _\$+default)/, /^(import|export)\b/],
  [/^\{const _\$+i=_\$+\.iterate\(/, /^(label: *)?for await\b/],
  [/^\);try\{/, /^\w+: for await|^for await|^(const )?t\d+ of/],
  [/^for\(;_\$+i\.step/, /^for await|^(const )?t\d+ of/],
  [/^=_\$+i\.value/, /^ of /],
  [/^ !--/, /^!--/],
  [/^\/\//, /^#!/],
];

const wordOf = (text: string): string => /^(\w+|.?)/s.exec(text)?.[0] ?? '';

/** Fails unless a place says of itself where it comes from. */
function expectPair({ generated, original, name }: ReturnType<Traced['pairs']>[number]): void {
  if (name !== null) {
    expect(wordOf(original), 'a name').to.equal(name);
    expect(generated).to.match(/^(\w+:|;?\(0,)?_\$+\d/);
  } else if (wordOf(generated) !== wordOf(original)) {
    const isReplaced = REPLACED.some(([ours, theirs]) => ours.test(generated) && theirs.test(original));
    expect(isReplaced, `${generated.slice(0, 40)} ← ${original.slice(0, 40)}`).to.equal(true);
  }
}

/** Every word `t7` below the head of a module comes from the same word in the source, and none is lost. */
function expectWords(traced: Traced, source: string, text: string): number {
  const [first, last] = traced.linesFrom(source);
  const words = new Set<string>();
  for (let line = first; line <= last; line++) {
    for (const { index, 0: word } of (traced.lines[line - 1] as string).matchAll(/\bt\d+\b/g)) {
      const from = traced.original({ line, column: index });
      expect(from.source).to.equal(source);
      const original = linesOf(text)[from.line - 1] as string;
      expect(wordOf(original.slice(from.column)), `where ${word} comes from`).to.equal(word);
      words.add(word);
    }
  }
  const isKept = (word: string): boolean => !new RegExp(`as ${word} \\} from`).test(text);
  expect([...words]).to.include.members((text.match(/\bt\d+\b/g) ?? []).filter(isKept));
  return words.size;
}

describe('maps: every token', () => {
  for (const isModule of [false, true]) {
    const name = isModule ? 'main.mjs' : 'main.js';
    it(`of 80 random ${isModule ? 'ES modules' : 'CommonJS modules'} comes from where it stood`, async () => {
      let words = 0;
      for (let seed = 1; seed <= 80; seed++) {
        const text = randomSource(seed, isModule);
        const build = await bundle({ [name]: text, ...dependencies }, { sourcemaps: true, shake: false });
        const traced = build.bundleOf(name);
        try {
          const source = text.replace('\uFEFF', '');
          expect(traced.content(name)).to.equal(source);
          words += expectWords(traced, name, source);
          traced.pairs().forEach(expectPair);
        } catch (error) {
          (error as Error).message += `\nseed ${seed}:\n${text}\n→\n${traced.text.slice(0, 2000)}`;
          throw error;
        }
      }
      expect(words).to.be.greaterThan(1000);
    });
  }
});
