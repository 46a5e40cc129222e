/** ES modules in bundles: the corners that random modules seldom come to. */
import { expect } from 'chai';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** Bundles the files and gives what main.mjs put on `self.result`. */
async function run(files: ProjectFiles): Promise<unknown> {
  const project = new Project(files);
  const { visit } = await pack([project.path('main.mjs')], { root: project.directory });
  const { page, errors, settle } = await visit('main');
  await settle();
  if (errors.length > 0) throw errors[0];
  return page.result;
}

describe('ES modules in bundles', () => {
  it('have neither this nor what only functions have', async () => {
    const main = 'self.result = [typeof this, typeof arguments, (() => typeof arguments)()]; export {};';
    expect(await run({ 'main.mjs': main })).to.deep.equal(['undefined', 'undefined', 'undefined']);
  });

  it('keep the arguments of functions and names that look like it', async () => {
    const main =
      'function f() { return arguments.length + (() => arguments[0])(); } self.result = [f(1, 2), { arguments: 5 }.arguments]; export {};';
    expect(await run({ 'main.mjs': main })).to.deep.equal([3, 5]);
  });

  for (const name of ['URL', 'document', 'Object', 'Symbol', 'Promise', 'self', 'require', 'exports']) {
    it(`may declare ${name}`, async () => {
      const files = {
        'main.mjs':
          "import part, { url, all, own } from './part.mjs'; self.result = [url, await all, own, part.name];",
        'part.mjs': `const ${name} = 'own';
export const url = import.meta.url, own = ${name}, all = (async () => { for await (const each of [1]) return each; })();
export default function () {}`,
      };
      expect(await run(files)).to.deep.equal(['https://example.test/part.mjs', 1, 'own', 'default']);
    });
  }

  it('that a cycle calls before they run have the globals of Node', async () => {
    const files = {
      'main.mjs': "import { early } from './look.js'; self.result = early;",
      'look.js':
        "import { seen } from './other.mjs'; export const early = seen; export function look() { return [typeof process.nextTick, typeof Buffer.from, global === self, __filename]; }",
      'other.mjs': "import { look } from './look.js'; export const seen = look();",
    };
    expect(await run(files)).to.deep.equal(['function', 'function', true, '/look.js']);
  });

  it('may be CommonJS all the same, with a require of their own', async () => {
    const files = {
      'main.mjs': "import part from './part.js'; self.result = part;",
      'part.js': "import { a } from './a.mjs';\nconst require = () => 1;\nmodule.exports = [a, require()];",
      'a.mjs': 'export const a = 2;',
    };
    expect(await run(files)).to.deep.equal([2, 1]);
  });

  it('may have a name that looks like ours, written with escapes', async () => {
    const files = {
      'main.mjs':
        "import { a } from './a.mjs'; let \\u005f$0 = 5, _\\u{24} = 6; self.result = [a, _\\u00240, \\u005f$];",
      'a.mjs': 'export const a = 2;',
    };
    expect(await run(files)).to.deep.equal([2, 5, 6]);
  });

  it('fail in for await as the language says', async () => {
    const main =
      'try { for await (const each of 5) ; } catch (error) { self.result = error.name; } export {};';
    expect(await run({ 'main.mjs': main })).to.equal('TypeError');
  });

  const files = {
    'part.mjs': "export const a = 1; export function f() { return 'f'; }",
  };
  const texts: [name: string, source: string, result: unknown][] = [
    [
      'an operand of await on the next line',
      'self.result = await // c\n/* d\n */ Promise.resolve(1); export {};',
      1,
    ],
    ['an await that ends a default export', 'self.result = [await f()]; export default await f()', ['f']],
    [
      'a class and a loop without anything between',
      'self.result = []; export default class{}for await(const each of[1])self.result.push(each)',
      [1],
    ],
    ['a comment at the end', 'self.result = 1; export default () => 1 // c', 1],
    ['a block comment at the end', 'self.result = 1; export default () => 1 /* c */', 1],
    ['a call after a line without semicolon', 'self.result = f\nf()\nexport { a }', undefined],
    ['a lone import at the end', "self.result = 1; import './part.mjs'", 1],
  ];
  for (const [name, source, result] of texts) {
    it(`with ${name}`, async () => {
      const main = `import { a, f } from './part.mjs'; ${source}`;
      const told = await run({ ...files, 'main.mjs': main });
      expect(typeof told === 'function' ? undefined : told).to.deep.equal(result);
    });
  }
});
