/** `import.meta.glob()`: what Vite's documentation says of it, and what its own tests show. */
import { symlinkSync } from 'node:fs';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { failure, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { bundle, HOSTILE, LOAD, result, shown, warnings } from './run';

const PAGES: ProjectFiles = {
  'src/pages/a.js': 'export const name = "a"; export default "A";',
  'src/pages/b.js': 'export const name = "b"; export default "B";',
  'src/pages/deep/c.js': 'export const name = "c"; export default "C";',
  'src/pages/.hidden.js': 'throw new Error("hidden");',
  'src/pages/node_modules/p/d.js': 'export default "packaged";',
  'src/pages/t.txt': 'text',
  'src/pages/x.png': 'png',
};

/** The three modules. */
const A = { default: 'A', name: 'a' };
const B = { default: 'B', name: 'b' };
const C = { default: 'C', name: 'c' };

const showing = (
  expression: string,
  files: ProjectFiles = {},
  options?: dynapack.Options,
): Promise<unknown> => result({ ...PAGES, 'src/main.js': `${LOAD}show(${expression});`, ...files }, options);

describe('import.meta.glob', () => {
  const cases: [expression: string, value: unknown][] = [
    ["load(import.meta.glob('./pages/*.js'))", { './pages/a.js': A, './pages/b.js': B }],
    [
      "load(import.meta.glob('./pages/**/*.js'))",
      { './pages/a.js': A, './pages/b.js': B, './pages/deep/c.js': C },
    ],
    ["import.meta.glob('./pages/*.js', { eager: true })", { './pages/a.js': A, './pages/b.js': B }],
    [
      "load(import.meta.glob('./pages/*.js', { eager: false, import: 'name' }))",
      { './pages/a.js': 'a', './pages/b.js': 'b' },
    ],
    [
      "import.meta.glob('./pages/*.js', { eager: true, import: 'default' })",
      { './pages/a.js': 'A', './pages/b.js': 'B' },
    ],
    ["import.meta.glob(`./pages/a.js`, { eager: true, import: '*' })", { './pages/a.js': A }],
    [
      "load(import.meta.glob(['./pages/**/*.js', '!**/b.js'], { import: 'name' }))",
      { './pages/a.js': 'a', './pages/deep/c.js': 'c' },
    ],
    [
      "load(import.meta.glob(['./pages/deep/*.js', './pages/a.js', '!./pages/b.js'], { import: 'name' }))",
      { './pages/a.js': 'a', './pages/deep/c.js': 'c' },
    ],
    [
      "import.meta.glob('./pages/{a,deep/c}.js', { eager: true, import: 'name' })",
      { './pages/a.js': 'a', './pages/deep/c.js': 'c' },
    ],
    [
      "import.meta.glob('./pages/[ab].js', { eager: true, import: 'name' })",
      { './pages/a.js': 'a', './pages/b.js': 'b' },
    ],
    ["import.meta.glob('../src/pages/x/../a.js', { eager: true, import: 'name' })", { './pages/a.js': 'a' }],
    [
      "import.meta.glob('/src/pages/*.js', { eager: true, import: 'name' })",
      { '/src/pages/a.js': 'a', '/src/pages/b.js': 'b' },
    ],
    [
      "import.meta.glob(['/src/pages/a.js', './pages/b.js'], { eager: true, import: 'name' })",
      { '/src/pages/a.js': 'a', '/src/pages/b.js': 'b' },
    ],
    ["import.meta.glob('**/deep/*.js', { eager: true, import: 'name' })", { '/src/pages/deep/c.js': 'c' }],
    [
      "import.meta.glob('./pages/*.txt', { eager: true, query: '?raw', import: 'default' })",
      { './pages/t.txt': 'text' },
    ],
    ["load(import.meta.glob('./pages/*.txt', { query: 'raw' }))", { './pages/t.txt': { default: 'text' } }],
    [
      "import.meta.glob('./pages/*.txt', { eager: true, query: { raw: '' }, import: 'default' })",
      { './pages/t.txt': 'text' },
    ],
    ["import.meta.glob('./pages/*.txt', { eager: true, as: 'raw' })", { './pages/t.txt': 'text' }],
    [
      "import.meta.glob('./pages/*.png', { eager: true, import: 'default' })",
      { './pages/x.png': '/assets/src/pages/x.png' },
    ],
    [
      "import.meta.glob('./pages/a.js', { eager: true, query: '?url', import: 'default' })",
      { './pages/a.js': '/assets/src/pages/a.js' },
    ],
    [
      "import.meta.glob('./*.js', { base: './pages', eager: true, import: 'name' })",
      { './a.js': 'a', './b.js': 'b' },
    ],
    ["load(import.meta.glob('./**/c.js', { base: '/src/pages', import: 'name' }))", { './deep/c.js': 'c' }],
    [
      "Object.keys(import.meta.glob('./pages/*.js', { exhaustive: true }))",
      ['./pages/.hidden.js', './pages/a.js', './pages/b.js'],
    ],
    [
      "Object.keys(import.meta.glob('./pages/**/d.js', { exhaustive: true }))",
      ['./pages/node_modules/p/d.js'],
    ],
    ["Object.keys(import.meta.glob('./pages/node_modules/p/*.js'))", ['./pages/node_modules/p/d.js']],
    ["Object.keys(import.meta.glob('./pages/.*.js'))", ['./pages/.hidden.js']],
    ["import.meta.glob('./*.js')", {}],
  ];
  for (const [expression, value] of cases) {
    it(`gives what Vite gives: ${expression}`, async () => {
      expect(await showing(expression)).to.deep.equal(value);
      // In that order.
      const keys = Object.keys(value as object);
      if (!Array.isArray(value))
        expect(await showing(`Object.keys(${expression.replace(/^load/, '')})`)).to.deep.equal(keys);
    });
  }

  it('knows names that options give a meaning', async () => {
    const expression = "import.meta.glob(['@/pages/*.js', '!@/**/b.js'], { eager: true, import: 'name' })";
    const value = { '/src/pages/a.js': 'a' };
    expect(await showing(expression, {}, { resolve: { alias: { '@': './src' } } })).to.deep.equal(value);
    expect(await showing(expression, {}, { resolve: { alias: { '@/*': './src/*' } } })).to.deep.equal(value);
    const paths = { compilerOptions: { paths: { '@/*': ['./src/*'] } } };
    expect(
      await showing(expression, { 'tsconfig.json': paths }, { resolve: { tsconfig: 'tsconfig.json' } }),
    ).to.deep.equal(value);
  });

  it('gives a new object each time', async () => {
    expect(
      await showing(
        "[1, 2].map(() => { const all = import.meta.glob('./pages/*.js'); delete all['./pages/a.js']; return Object.keys(all); })",
      ),
    ).to.deep.equal([['./pages/b.js'], ['./pages/b.js']]);
  });

  it('finds files of any name', async () => {
    const files = Object.fromEntries(
      HOSTILE.map((name) => [`src/h/${name}.js`, `export default ${JSON.stringify(name)};`]),
    );
    const byKey = Object.fromEntries(HOSTILE.map((name) => [`./h/${name}.js`, name]));
    const texts = Object.fromEntries(
      HOSTILE.map((name) => [`./h/${name}.js`, `export default ${JSON.stringify(name)};`]),
    );
    expect(await showing("load(import.meta.glob('./h/*.js', { import: 'default' }))", files)).to.deep.equal(
      byKey,
    );
    expect(
      await showing("import.meta.glob('./h/*', { eager: true, import: 'default' })", files),
    ).to.deep.equal(byKey);
    expect(
      await showing("import.meta.glob('./h/*', { eager: true, query: '?raw', import: 'default' })", files),
    ).to.deep.equal(texts);
  });

  it('follows links, but none without an end', async () => {
    const project = new Project({
      'src/main.js': "show(Object.keys(import.meta.glob('./l/**/*.js')));",
      'src/l/a.js': '',
      'one/b.js': '',
      'two/c.js': '',
    });
    const links = {
      'src/l/one': 'one',
      'src/l/again': 'one',
      'src/l/file.js': 'two/c.js',
      'src/l/self': 'src/l/self',
      'src/l/up': 'src',
      'src/l/gone.js': 'gone.js',
      'one/two': 'two',
      'two/one': 'one',
    };
    for (const [link, to] of Object.entries(links)) symlinkSync(project.path(to), project.path(link));
    expect(await shown(await bundle(project))).to.deep.equal([
      './l/a.js',
      './l/again/b.js',
      './l/again/two/c.js',
      './l/file.js',
      './l/one/b.js',
      './l/one/two/c.js',
    ]);
  });

  it('does not mind what directories above are called', async () => {
    const project = new Project(
      Object.fromEntries(Object.entries(PAGES).map(([path, text]) => [`[x] (y)/{z}/.w/${path}`, text])),
    );
    project.write({
      '[x] (y)/{z}/.w/src/main.js':
        "show([import.meta.glob('./pages/*.js'), import.meta.glob('/src/pages/*.js')].map(Object.keys));",
    });
    const moved = Object.assign(Object.create(project), {
      directory: project.path('[x] (y)/{z}/.w'),
    }) as Project;
    expect(await shown(await bundle(moved))).to.deep.equal([
      ['./pages/a.js', './pages/b.js'],
      ['/src/pages/a.js', '/src/pages/b.js'],
    ]);
  });

  it('loads lazily what nobody else needs, and keeps nothing that nobody asks for', async () => {
    const packed = await bundle(
      new Project({
        ...PAGES,
        'src/main.js': "import { used } from './lib.js'; show(used());",
        'src/lib.js':
          "export const used = () => Object.keys(lazy).length; const lazy = import.meta.glob('./pages/[ab].js'); export const unused = import.meta.glob('./pages/deep/*.js'); export const eager = import.meta.glob('./pages/**/c.js', { eager: true }); export const deep = (name) => import('./pages/deep/' + name + '.js');",
      }),
    );
    expect(await shown(packed)).to.equal(2);
    expect(Object.keys(packed.bundles).sort()).to.deep.equal(['main.js', 'src-pages-a.js', 'src-pages-b.js']);
  });

  it('runs eager modules before the module that asks, behind its imports; modules in a circle, and such as wait', async () => {
    const files = {
      'src/first.js': "self.log = ['first'];",
      'src/second.js': "self.log.push('second');",
      'src/c/1.js':
        "import { m } from '../main.js'; self.log.push('c1'); export const get = () => m; export default await Promise.resolve(1);",
      'src/main.js':
        "import './first.js'; self.log.push('main'); const all = import.meta.glob('./c/*.js', { eager: true }); import './second.js'; export const m = 'm'; show([self.log, Object.values(all).map(({ get, default: value }) => [get(), value])]);",
    };
    expect(await result(files)).to.deep.equal([['first', 'second', 'c1', 'main'], [['m', 1]]]);
  });

  it('is the same with debug, whole, and minified, also among modules in a circle that wait', async () => {
    const project = new Project({
      'src/l/x.js': "export default 'x';",
      'src/l/y.js': "export default 'y';",
      'src/b.js':
        "import { load } from './main.js'; export const b = async (name) => [await load(name), await import(`./l/${name}.js`)];",
      'src/main.js': `import { b } from './b.js'; export const load = (name) => import(\`./l/\${name}.js\`);
        const x = await import('./l/' + ['x'].join() + '.js');
        show([x.default, await b('y'), Object.keys(import.meta.glob('./l/*.js')), import.meta.glob('./l/*.js', { eager: true, import: 'default' })]);`,
    });
    const y = { default: 'y' };
    const value = ['x', [y, y], ['./l/x.js', './l/y.js'], { './l/x.js': 'x', './l/y.js': 'y' }];
    for (const options of [{}, { debug: true }, { shake: false }])
      expect(await shown(await bundle(project, options))).to.deep.equal(value);
    const entry = project.path('src/main.js');
    const minified = await pack([entry], { root: project.directory }, (stream) =>
      stream.pipe(stream.minify()),
    );
    expect(await shown(minified)).to.deep.equal(value);
  });

  it('takes over what modules of all kinds export', async () => {
    const files: ProjectFiles = {
      'src/k/common.cjs': 'exports.__esModule = true; exports.default = 1; exports.z = 2;',
      'src/k/data.json': { x: 3 },
      'src/k/style.css': 'a { color: red }',
      'src/k/own.module.css': '.own { color: red }',
    };
    const expression =
      "Object.entries(import.meta.glob('./k/*', { eager: true })).map(([key, each]) => [key, Object.keys(each)])";
    expect(await showing(expression, files)).to.deep.equal([
      ['./k/common.cjs', ['__esModule', 'default', 'z']],
      ['./k/data.json', ['default', 'x']],
      ['./k/own.module.css', ['default', 'own']],
      ['./k/style.css', []],
    ]);
    // In a package of ES modules, CommonJS is as Node has it.
    const node = await showing("import.meta.glob('./k/*.cjs', { eager: true, import: 'default' })", {
      ...files,
      'package.json': { type: 'module' },
    });
    expect(node).to.deep.equal({ './k/common.cjs': { __esModule: true, default: 1, z: 2 } });
  });

  it('is the same for all machines, and names itself in words', async () => {
    const make = async () => {
      const project = new Project({
        ...PAGES,
        'src/main.js': "show(import.meta.glob(['./pages/*.js', '/src/x/*.js']));",
      });
      const { bundles, metadata } = await bundle(project);
      const modules = Object.values(metadata.modules).map((path) => path.replace(project.directory, ''));
      return { bundles, modules };
    };
    const one = await make();
    expect(await make()).to.deep.equal(one);
    expect(one.modules).to.include('/src/main.js glob ./pages/*.js /src/x/*.js');
  });

  const wrong: [expression: string, message: RegExp, column: number][] = [
    ['import.meta.glob(path)', /no literal string/, 18],
    ['import.meta.glob(`./${path}.js`)', /no literal string/, 18],
    ["import.meta.glob(['./a.js', ...path])", /no literal string/, 29],
    ['import.meta.glob()', /takes a pattern/, 1],
    ["import.meta.glob('./a.js', {}, 1)", /takes a pattern/, 32],
    ["import.meta.glob('./a.js', options)", /no literal object/, 28],
    ["import.meta.glob('./a.js', { ...options })", /no literal object/, 28],
    ["import.meta.glob('./a.js', { eager: path })", /neither true nor false/, 37],
    ["import.meta.glob('./a.js', { lazy: true })", /no option 'lazy'/, 36],
    ["import.meta.glob('./a.js', { import: path })", /'import'.* no literal string/, 38],
    ["import.meta.glob('./a.js', { query: { x: path } })", /'x' in 'query'/, 39],
    ["import.meta.glob('./a.js', { as: 'raw', query: '?raw' })", /one option/, 30],
    ["import.meta.glob('./a.js', { base: 'a' })", /begins with/, 36],
    ["import.meta.glob('pages/*.js')", /cannot place.*'pages\/\*\.js' is neither a path/, 1],
    ["import.meta.glob('@/pages/*.js')", /cannot place/, 1],
  ];
  for (const [expression, message, columnNumber] of wrong) {
    it(`says what is wrong: ${expression}`, async () => {
      const error = await failure(
        showing('1', { 'src/main.js': `const path = './a.js', options = {};\n${expression};` }),
      );
      expect(error).to.include({ code: 'INVALID_PATTERN', lineNumber: 2, columnNumber });
      expect(error.message).to.match(message);
      expect(error.fileName).to.match(/main\.js$/);
      expect(error.hint).to.be.a('string');
    });
  }

  it('says where no file is meant, and gives an empty object', async () => {
    const files = {
      ...PAGES,
      'src/main.js':
        "show([\nimport.meta.glob('./nope/*.js'), import.meta.glob('./pages/*.js', { eager: true }), import.meta.glob('!./pages/*.js')]);",
    };
    expect(await warnings(files)).to.deep.equal(['NO_FILES src/main.js:2:1', 'NO_FILES src/main.js:2:85']);
    expect(await result(files)).to.deep.equal([{}, { './pages/a.js': A, './pages/b.js': B }, {}]);
  });

  it('says which file lacks the export that is imported', async () => {
    const error = await failure(showing("import.meta.glob('./pages/*.js', { eager: true, import: 'nmae' })"));
    expect(error.code).to.equal('NO_EXPORT');
    expect(error.message).to.include("'./pages/a.js' has no export 'nmae'");
    expect(error.fileName).to.include('src/main.js glob ./pages/*.js');
  });

  it('is nothing in dead code, where the name is declared otherwise, and where options define it', async () => {
    expect(await showing('process.env.NODE_ENV === "never" ? import.meta.glob(x) : 1')).to.equal(1);
    expect(
      await showing('import.meta.glob("./x/*")', {}, { define: { 'import.meta.glob': 'String' } }),
    ).to.equal('./x/*');
  });

  it('in a package is left alone where it is not understood', async () => {
    const files = {
      ...PAGES,
      'src/main.js': "import { pages } from 'p'; show(pages);",
      'node_modules/p/index.js':
        "export const pages = import.meta.glob('./pages/*.js', { eager: true, import: 'default' });\nexport const load = (path) => import.meta.glob(path);",
      'node_modules/p/pages/p.js': 'export default "P";',
    };
    expect(await result(files)).to.deep.equal({ './pages/p.js': 'P' });
    expect(await warnings(files)).to.deep.equal(['UNSUPPORTED_META node_modules/p/index.js:2:31']);
  });
});
