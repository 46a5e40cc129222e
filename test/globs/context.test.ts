/** `require.context()`, as webpack has it. */
import { expect } from 'chai';
import { failure } from '../helpers/pack';
import type { ProjectFiles } from '../helpers/project';
import { HOSTILE, result, warnings } from './run';

const FILES: ProjectFiles = {
  'src/parts/a.js': "module.exports = 'a';",
  'src/parts/b.js': "export default 'b';",
  'src/parts/deep/c.json': { c: 1 },
  'src/parts/deep/index.js': "module.exports = 'index';",
  'src/parts/t.txt': 'text',
  'src/parts/.hidden.js': 'throw new Error("hidden");',
  'src/parts/node_modules/d.js': 'throw new Error("packaged");',
};

const showing = (expression: string, files: ProjectFiles = {}): Promise<unknown> =>
  result({ ...FILES, 'src/main.js': `show(${expression});`, ...files });

/** Each file has its whole name, and, where its extension may be left out, the name without it; an index has that of its directory. */
const SCRIPTS = [
  './a',
  './a.js',
  './b',
  './b.js',
  './deep',
  './deep/',
  './deep/c',
  './deep/c.json',
  './deep/index',
  './deep/index.js',
];

describe('require.context', () => {
  const cases: [expression: string, value: unknown][] = [
    [
      "require.context('./parts', true, /\\.js(on)?$/).keys()",
      ['./a.js', './b.js', './deep/c.json', './deep/index.js'],
    ],
    ["require.context('./parts').keys()", [...SCRIPTS, './t.txt']],
    ["require.context('./parts/', true, undefined, 'sync').keys()", [...SCRIPTS, './t.txt']],
    ["require.context('./parts', false, /\\.js$/).keys()", ['./a.js', './b.js']],
    ["require.context('../src/parts/deep', false, /^\\.\\/C/i).keys()", ['./c', './c.json']],
    ["require.context('./parts/deep').keys()", ['./', './c', './c.json', './index', './index.js']],
    ["[require.context('./parts/deep')].map((all) => all('./'))", ['index']],
    ["require.context('.', false, /main/).keys()", ['./main', './main.js']],
    [
      "[require.context('./parts', true, /\\.js(on)?$/)].map((all) => [all('./a.js'), all('./b.js').default, all('./deep/c.json')])",
      [['a', 'b', { c: 1 }]],
    ],
    [
      "[require.context('./parts', true, /\\.js$/)].map((all) => [require(all.resolve('./a.js')), typeof all.id])",
      [['a', 'string']],
    ],
    [
      "[require.context('./parts', true, /\\.js$/g)].map((all) => all.keys().map(all))",
      [['a', { default: 'b' }, 'index']],
    ],
    [
      "[require.context('./parts', true, /\\.js$/)].map((all) => { try { all('./x.js') } catch (error) { return [error.code, error.message] } })",
      [['MODULE_NOT_FOUND', "Cannot find module './x.js'"]],
    ],
    [
      "[require.context('./parts', true, /\\.js$/)].map((all) => ['__proto__', 'constructor'].map((name) => { try { all(name) } catch (error) { return error.code } }))",
      [['MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']],
    ],
    ["require.context('./parts', false, /\\.js$/, 'eager')('./a.js')", 'a'],
    [
      "require.context('./parts', false, /\\.js$/, 'eager')('./x.js').catch((error) => error.code)",
      'MODULE_NOT_FOUND',
    ],
    ["require.context('./parts', false, /\\.js$/, 'lazy')('./b.js')", { default: 'b' }],
    [
      "require.context('./parts', false, /\\.js$/, 'lazy')('./x.js').catch((error) => error.code)",
      'MODULE_NOT_FOUND',
    ],
    [
      "typeof require.context === 'function' && require.context('./parts', false, /\\.js$/).keys()",
      ['./a.js', './b.js'],
    ],
    ["require.context && require.context('./parts', false, /\\.js$/).keys()", ['./a.js', './b.js']],
    ['typeof require.context', 'undefined'],
  ];
  for (const [expression, value] of cases) {
    it(`gives what webpack gives: ${expression}`, async () => {
      const files = { 'src/parts/t.txt': FILES['src/parts/t.txt'] as string };
      const isOfAll = !/\/[,)]|\/\w+[,)]/.test(expression);
      // What webpack would want a loader for is none here.
      const sources = isOfAll ? { 'src/parts/t.txt': '' } : files;
      expect(await showing(expression, sources)).to.deep.equal(value);
      const inModule = { ...sources, 'src/main.js': `import './parts/a.js'; show(${expression});` };
      expect(await showing('', inModule)).to.deep.equal(value);
    });
  }

  it('loads lazily what it is told to', async () => {
    const files = {
      ...FILES,
      'src/parts/a.js': "self.ran = (self.ran || 0) + 1; module.exports = 'a';",
      'src/main.js':
        "const all = require.context('./parts', false, /a\\.js$/, 'lazy'); const before = self.ran; show(all('./a.js').then((found) => [typeof before, found.default, self.ran]));",
    };
    expect(await result(files)).to.deep.equal(['undefined', 'a', 1]);
  });

  it('finds files of any name', async () => {
    const files = Object.fromEntries(
      HOSTILE.map((name) => [`src/h/${name}.js`, `module.exports = ${JSON.stringify(name)};`]),
    );
    const all = "[require.context('./h', true, /\\.js$/)].map((all) => all.keys().map(all))";
    expect(await showing(all, files)).to.deep.equal([
      [...HOSTILE].sort((a, b) => (`${a}.js` < `${b}.js` ? -1 : 1)),
    ]);
  });

  const wrong: [expression: string, message: RegExp, column: number][] = [
    ['require.context()', /no literal string/, 1],
    ['require.context(path)', /no literal string/, 17],
    ["require.context('./parts', path)", /neither true nor false/, 28],
    ["require.context('./parts', true, new RegExp(path))", /regular expression/, 34],
    ["require.context('./parts', true, /a/, path)", /mode .* no literal/, 39],
    ["require.context('./parts', true, /a/, 'weak')", /no mode 'weak'/, 39],
    ["require.context('./parts', true, /a/, 'lazy-once')", /no mode 'lazy-once'/, 39],
    ["require.context('parts')", /cannot place/, 1],
  ];
  for (const [expression, message, columnNumber] of wrong) {
    it(`says what is wrong: ${expression}`, async () => {
      const error = await failure(showing('', { 'src/main.js': `const path = './parts';\n${expression};` }));
      expect(error).to.include({ code: 'INVALID_PATTERN', lineNumber: 2, columnNumber });
      expect(error.message).to.match(message);
    });
  }

  it('says where no file is meant', async () => {
    const source = "show(\nrequire.context('./nothing').keys());\nif (require.contexts) require.contexts();";
    const files = { ...FILES, 'src/main.js': source };
    expect(await result(files)).to.deep.equal([]);
    expect(await warnings(files)).to.deep.equal(['NO_FILES src/main.js:2:1']);
    expect(
      await warnings({ ...FILES, 'src/main.js': "try { require.context('./nothing'); } catch {}" }),
    ).to.deep.equal([]);
  });
});
