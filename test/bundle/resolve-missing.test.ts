/** What is said of specifiers that mean no file: where, why, and what to do. */
import { symlinkSync } from 'node:fs';
import { expect } from 'chai';
import { failure, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** Shorthand: main.js requires one specifier. */
const main = (specifier: string): ProjectFiles => ({ 'main.js': `self.result = require('${specifier}');` });

/** What is missing → files, and parts of the error. */
type Cases = Record<string, readonly [files: ProjectFiles, ...expected: string[]]>;

const paths: Cases = {
  'a file': [
    main('./gone'),
    "cannot find module './gone' (no such file)",
    'main.js:1:23',
    '> 1 |',
    'Check the path',
  ],
  'a file in another case': [{ ...main('./Part'), 'part.js': '' }, '/part.js: check the name, its case'],
  'a file whose extension is none of those tried': [
    { ...main('./part'), 'part.vue': '' },
    '/part.vue: check',
  ],
  'a file with another extension': [{ ...main('./part.js'), 'part.coffee': '' }, '/part.coffee: check'],
  'a misspelt file': [{ ...main('./hepler'), 'helper.js': '' }, '/helper.js: check'],
  'a file in a directory that is not there': [main('./lib/part'), 'There is no directory', '/lib.'],
  'a worker in a package': [
    {
      'main.js': "self.start = () => new Worker(new URL('pkg/esm/work.js', import.meta.url)); export {};",
      'node_modules/pkg/package.json': { name: 'pkg', exports: { './*': './esm/*' } },
      'node_modules/pkg/esm/work.js': '',
    },
    'no such package, or no such file in it',
    'main.js:1:',
    'The package is there, in ',
  ],
  'a style in a package': [
    {
      'main.js': "import './main.css';",
      'main.css': "@import 'pkg/gone.css';",
      'node_modules/pkg/package.json': { name: 'pkg', exports: { './a.css': './a.css' } },
    },
    'main.css:1:',
    'is not exported',
  ],
  'an index file': [{ ...main('./lib'), 'lib/a.js': '' }, '/lib is a directory without an index file'],
  'a file with a query': [
    { ...main('./a.svg?worker'), 'a.svg': '' },
    "a worker runs a script, not 'a.svg'",
    'Name a script',
  ],
  'a file beside, without ./': [{ ...main('helper'), 'helper.js': '' }, "called './helper'"],
  'a file behind a loader': [
    { ...main('./upper!./a.txt'), 'a.txt': '', 'upper.js': '' },
    "cannot find module './upper!./a.txt' (what stands before '!' is a loader of webpack's)",
    'main.js:1:23',
    "Its text is './a.txt?raw'",
  ],
  'a file behind a loader that is there, with a query': [
    {
      ...main('html-loader?a=1!./a.html'),
      'a.html': '',
      'node_modules/html-loader/package.json': { name: 'html-loader' },
      'node_modules/html-loader/index.js': '',
    },
    "what stands before '!' is a loader of webpack's",
    "Its text is './a.html?raw'",
  ],
  'a file behind a loader beside it, with a query': [
    { ...main('./upper.js?a!./a.txt'), 'a.txt': '', 'upper.js': '' },
    "Name the file alone, './a.txt'",
  ],
  'a file behind loaders of packages': [
    { ...main('!!raw-loader!upper-loader?a!./a.txt'), 'a.txt': '' },
    "Name the file alone, './a.txt'",
  ],
  'a name longer than the system has any': [
    main(`./${'long'.repeat(100)}`),
    'main.js:1:23',
    'Check the path',
  ],
  'a name with what is in none': [main('./a\\0b'), 'main.js:1:23', 'Check the path'],
  'what a package requires': [
    { ...main('pkg'), 'node_modules/pkg/index.js': "\n\n  require('./gone')" },
    'node_modules/pkg/index.js:3:11',
  ],
  'a dynamic dependency': [{ 'main.js': "var x = './gone' /*js*/;" }, "'./gone'", 'main.js:1:9'],
  'an import()': [{ 'main.js': "import('./gone');" }, "'./gone'", 'main.js:1:1'],
};

const packages: Cases = {
  'a package': [main('gone/deep'), "cannot find module 'gone/deep'", 'npm install gone'],
  'a scoped package': [main('@a/b/c'), 'npm install @a/b'],
  'a package whose main file is not built': [
    { ...main('pkg'), 'node_modules/pkg/package.json': { main: 'dist/a.js' } },
    'The package is there',
    'node_modules/pkg',
    'is it built?',
  ],
  'a package whose exports name a file that is not there': [
    { ...main('pkg/a'), 'node_modules/pkg/package.json': { exports: { './a': './dist/a.js' } } },
    'but not that file',
  ],
  'a package whose package.json is broken': [
    { ...main('pkg'), 'node_modules/pkg/package.json': '{bad' },
    'package.json is not valid JSON',
    'Install the package again',
    'main.js:1:23',
  ],
  'a path that exports leave out': [
    {
      ...main('pkg/hidden'),
      'node_modules/pkg/package.json': { exports: './a.js' },
      'node_modules/pkg/hidden.js': '',
    },
    'is not exported',
    'only the paths its "exports" field lists',
    'main.js:1:23',
  ],
  'a package that is for import only': [
    {
      ...main('pkg'),
      'node_modules/pkg/package.json': { exports: { import: './a.mjs' } },
      'node_modules/pkg/a.mjs': '',
    },
    'is not exported under the conditions',
    'for import only',
  ],
  'an exports field that leaves its package': [
    { ...main('pkg'), 'node_modules/pkg/package.json': { exports: '../a.js' } },
    'Invalid "exports" target',
    'Correct',
  ],
  'a private name': [
    { ...main('#gone'), 'package.json': { imports: { '#there': './a.js' } } },
    '"#gone" is not defined',
    'listed in "imports"',
  ],
  'an alias that nobody declared': [main('@/components/a'), "alias: { '@': directory }"],
  'a builtin without a shim': [
    main('node:worker_threads'),
    'no browser shim',
    "alias: { 'node:worker_threads': false }",
  ],
  'a builtin that Node does not have': [main('node:constructor'), "'constructor' has no browser shim"],
};

const urls: Cases = {
  'a URL': [
    main('https://cdn.example/x.js'),
    "cannot find module 'https://cdn.example/x.js' (what begins with 'https:' is a URL",
    "external: { 'https://cdn.example/x.js': 'expression' }",
    "import('https://cdn.example/x.js') is left to the browser",
    'main.js:1:23',
  ],
  'a URL without a scheme': [main('//cdn.example/x.js'), "'//' is a URL"],
  'a data URL': [main(`data:text/javascript,${'x'.repeat(5000)}`), "takes no 'data:' URLs"],
  'the scheme of another platform': [main('bun:test'), "'bun:' is a URL"],
  nothing: [main(''), "cannot find module '' (it is empty)"],
};

it('a link that leads nowhere is called one', async () => {
  const project = new Project(main('./part'));
  symlinkSync('gone.js', project.path('part.js'));
  const error = await failure(pack([project.path('main.js')]));
  expect(error.code).to.equal('MODULE_NOT_FOUND');
  expect(error.hint).to.include('part.js is a link that leads nowhere');
});

describe('missing modules', () => {
  for (const [name, [files, ...expected]] of Object.entries({ ...paths, ...packages, ...urls })) {
    it(`says of ${name} where, why, and what to do`, async () => {
      const project = new Project(files);
      const error = await failure(pack([project.path('main.js')]));
      expect(error.code).to.equal('MODULE_NOT_FOUND');
      for (const part of expected) expect(error.toString()).to.include(part);
      expect(error.hint).to.be.a('string').and.not.equal('');
      expect(error.toString().length).to.be.lessThan(1500);
    });
  }

  it('lists everything that is missing, in the same order always', async () => {
    const project = new Project({
      'main.js': "require('./b'); require('./a'); require('gone');",
      'a.js': "require('./x');\nrequire('./y');",
      'b.js': "require('./z');",
    });
    const error = await failure(pack([project.path('main.js')]));
    const places = [...error.toString().matchAll(/(\w+\.js:\d+:\d+)/g)].map(([place]) => place);
    expect(places).to.deep.equal(['a.js:1:9', 'a.js:2:9', 'b.js:1:9', 'main.js:1:41']);
  });

  it('leaves what is optional to run time', async () => {
    const specifiers = ['./gone', 'gone', 'https://cdn.example/x.js', 'node:worker_threads', '#gone'];
    const tries = specifiers.map(
      (name) => `try { require('${name}'); } catch (e) { self.result.push(e.code); }`,
    );
    const project = new Project({ 'main.js': `self.result = []; ${tries.join('\n')}` });
    const { visit } = await pack([project.path('main.js')]);
    expect((await visit('main')).page.result).to.deep.equal(specifiers.map(() => 'MODULE_NOT_FOUND'));
  });
});
