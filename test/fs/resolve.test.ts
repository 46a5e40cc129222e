/** Which file a specifier means, by the kind of the reference. */
import { symlinkSync } from 'node:fs';
import { expect } from 'chai';
import type { ResolveOptions } from '../../lib/fs/settings';
import type { ProjectFiles } from '../helpers/project';
import { resolverOf } from './resolver';

/** Specifier → what it means to `import`, and to `require` where that is something else. */
type Expected = Record<string, string | readonly [imported: string, required: string]>;

interface Case {
  files: ProjectFiles;
  expected: Expected;
  importer?: string;
  options?: ResolveOptions;
  mode?: string;
}

const NOT_EXPORTED = 'is not exported';

/** `node_modules/pkg` with a package.json and empty files. */
function installed(manifest: object, ...names: string[]): ProjectFiles {
  const files = names.map((name) => [`node_modules/pkg/${name}`, '']);
  return { ...Object.fromEntries(files), 'node_modules/pkg/package.json': manifest };
}

const pkg = (name: string): string => `node_modules/pkg/${name}`;

const cases: Record<string, Case> = {
  'exports: a file per kind': {
    files: installed({ exports: { import: './i.mjs', require: './r.cjs' } }, 'i.mjs', 'r.cjs'),
    expected: { pkg: [pkg('i.mjs'), pkg('r.cjs')] },
  },
  'exports: the order in package.json decides, whatever the kind': {
    files: installed(
      { exports: { browser: './b.js', import: './i.mjs', require: './r.cjs' } },
      'b.js',
      'i.mjs',
      'r.cjs',
    ),
    expected: { pkg: pkg('b.js') },
  },
  'packages are not looked for in node_modules/node_modules, as in Node': {
    files: {
      ...installed({ main: './main.js' }, 'main.js'),
      'node_modules/dep/index.js': '',
      'node_modules/node_modules/dep/index.js': '',
      'node_modules/node_modules/only/index.js': '',
    },
    importer: pkg('main.js'),
    expected: {
      dep: 'node_modules/dep/index.js',
      only: 'no such package',
      '../node_modules/dep': 'node_modules/node_modules/dep/index.js',
    },
  },
  'exports: what is null under a condition is not there, whatever stands below': {
    files: installed(
      {
        exports: {
          '.': { import: './a.js', browser: null, default: './a.js' },
          './server': { node: './a.js', browser: null, default: './a.js' },
          './deep': { browser: { import: null }, default: './a.js' },
          './unmet': { browser: { node: null }, default: './a.js' },
          './list': { browser: [null], default: './a.js' },
          './second': { browser: [null, './a.js'], default: './b.js' },
          './features/*': './*.js',
          './features/private/*': { browser: null, default: './*.js' },
          './features/private/a': { browser: './a.js' },
        },
      },
      'a.js',
      'b.js',
    ),
    expected: {
      pkg: [
        pkg('a.js'),
        '"." is not exported under the conditions ["browser", "module", "production", "require", "default"]',
      ],
      'pkg/server': '"./server" is not exported under the conditions ["browser", ',
      'pkg/server?1': '"./server" is not exported',
      'pkg/deep': [NOT_EXPORTED, pkg('a.js')],
      'pkg/unmet': pkg('a.js'),
      'pkg/list': NOT_EXPORTED,
      'pkg/second': pkg('a.js'),
      'pkg/features/b': pkg('b.js'),
      'pkg/features/private/b': NOT_EXPORTED,
      'pkg/features/private/a': pkg('a.js'),
    },
  },
  'exports: an alias and a browser map lead past what is null': {
    files: {
      ...installed(
        { exports: { './server': { browser: null, default: './a.js' }, './client': './b.js' } },
        'a.js',
        'b.js',
      ),
      'package.json': { browser: { 'pkg/server': 'pkg/client' } },
    },
    expected: { 'pkg/server': pkg('b.js'), 'other/server': pkg('b.js') },
    options: { alias: { 'other/server': 'pkg/client' } },
  },
  'exports: what is null counts for a package that names itself': {
    files: {
      'package.json': {
        name: 'own',
        exports: { './a': { browser: null, default: './a.js' }, './b': './a.js' },
      },
      'a.js': '',
    },
    expected: { 'own/a': NOT_EXPORTED, 'own/b': 'a.js' },
  },
  'imports: what is null under a condition is not there': {
    files: {
      'package.json': {
        imports: {
          '#a': { import: null, default: './a.js' },
          '#b/*': { browser: { default: null }, default: './*.js' },
          '#c': { node: null, default: './a.js' },
        },
      },
      'a.js': '',
    },
    expected: {
      '#a': ['Package import specifier "#a" is not defined in package', 'a.js'],
      '#b/a': 'Package import specifier "#b/a" is not defined',
      '#c': 'a.js',
    },
  },
  'exports: module is one file for both kinds': {
    files: installed(
      { exports: { module: './m.js', import: './i.mjs', default: './r.cjs' } },
      'm.js',
      'i.mjs',
      'r.cjs',
    ),
    expected: { pkg: pkg('m.js') },
  },
  'exports: nested conditions': {
    files: installed(
      {
        exports: {
          node: './node.js',
          browser: { development: './dev.js', import: './prod.mjs', default: './prod.js' },
        },
      },
      'dev.js',
      'prod.js',
      'prod.mjs',
      'node.js',
    ),
    expected: { pkg: [pkg('prod.mjs'), pkg('prod.js')] },
  },
  'exports: development': {
    files: installed({ exports: { development: './dev.js', default: './prod.js' } }, 'dev.js', 'prod.js'),
    mode: 'development',
    expected: { pkg: pkg('dev.js') },
  },
  'exports: a string, and nothing besides': {
    files: installed({ exports: './i.mjs' }, 'i.mjs', 'other.js'),
    expected: { pkg: pkg('i.mjs'), 'pkg/other.js': NOT_EXPORTED, 'pkg/': NOT_EXPORTED },
  },
  'exports: patterns, null and the longer pattern first': {
    files: installed(
      {
        exports: {
          './*': './lib/*.js',
          './lib/*.js': './lib/*.js',
          './private/*': null,
          './x/*.svg': './svg/*.svg',
        },
      },
      'lib/a.js',
      'lib/private/a.js',
      'svg/a.svg',
    ),
    expected: {
      'pkg/a': pkg('lib/a.js'),
      'pkg/lib/a.js': pkg('lib/a.js'),
      'pkg/private/a': NOT_EXPORTED,
      'pkg/x/a.svg': pkg('svg/a.svg'),
    },
  },
  'exports: arrays mean the first target that is one': {
    files: installed({ exports: { '.': [{ unknown: './no.js' }, './r.js'] } }, 'r.js'),
    expected: { pkg: pkg('r.js') },
  },
  'exports: one kind only': {
    files: installed(
      { exports: { '.': { import: './i.mjs' }, './r': { require: './r.cjs' } } },
      'i.mjs',
      'r.cjs',
    ),
    expected: { pkg: [pkg('i.mjs'), NOT_EXPORTED], 'pkg/r': [NOT_EXPORTED, pkg('r.cjs')] },
  },
  'exports: before main, module and browser': {
    files: installed({ main: 'm', module: 'm', browser: 'm', exports: './e.js' }, 'm.js', 'e.js'),
    expected: { pkg: pkg('e.js') },
  },
  'a package by its own name': {
    files: {
      'package.json': { name: 'app', exports: { './a': { import: './a.mjs', require: './a.cjs' } } },
      'a.mjs': '',
      'a.cjs': '',
    },
    importer: 'src/deep/main.js',
    expected: { 'app/a': ['a.mjs', 'a.cjs'], 'app/b': NOT_EXPORTED },
  },
  'imports: files, packages, patterns and conditions': {
    files: {
      ...installed({ exports: { import: './i.mjs', require: './r.cjs' } }, 'i.mjs', 'r.cjs'),
      'package.json': {
        imports: {
          '#file': { browser: './b.js', default: './n.js' },
          '#kind': { import: './b.js', require: './n.js' },
          '#package': 'pkg',
          '#src/*': './src/*.js',
          '#none': null,
        },
      },
      'b.js': '',
      'n.js': '',
      'src/a.js': '',
    },
    expected: {
      '#file': 'b.js',
      '#kind': ['b.js', 'n.js'],
      '#package': [pkg('i.mjs'), pkg('r.cjs')],
      '#src/a': 'src/a.js',
      '#none': 'is not defined',
      '#unknown': 'is not defined',
    },
  },
  'module: for import; main: for require': {
    files: installed({ main: './main.js', module: './module.js' }, 'main.js', 'module.js'),
    expected: { pkg: [pkg('module.js'), pkg('main.js')] },
  },
  'module: for require when there is no main': {
    files: installed({ module: './module.js' }, 'module.js'),
    expected: { pkg: pkg('module.js') },
  },
  'browser: a string comes before module and main': {
    files: installed({ main: 'a', module: 'b', browser: './c.js' }, 'a.js', 'b.js', 'c.js'),
    expected: { pkg: pkg('c.js') },
  },
  'browser: a map replaces main and module': {
    files: installed(
      { main: './a.js', module: './a.mjs', browser: { './a.js': './b.js', './a.mjs': './b.mjs' } },
      'a.js',
      'a.mjs',
      'b.js',
      'b.mjs',
    ),
    expected: { pkg: [pkg('b.mjs'), pkg('b.js')] },
  },
  'browser: files, packages, builtins, what is not there, and false': {
    files: installed(
      {
        browser: {
          './a.js': './b.js',
          './gone.js': './b.js',
          './off.js': false,
          dep: './b.js',
          'dep/sub': './c.js',
          fs: './b.js',
          net: false,
        },
      },
      'a.js',
      'b.js',
      'c.js',
      'off.js',
    ),
    importer: 'node_modules/pkg/index.js',
    expected: {
      './a': pkg('b.js'),
      './a.js': pkg('b.js'),
      './gone': pkg('b.js'),
      './off': 'empty.js',
      dep: pkg('b.js'),
      'dep/sub': pkg('c.js'),
      fs: pkg('b.js'),
      'node:fs': pkg('b.js'),
      net: 'empty.js',
    },
  },
  'browser: files and packages that stand in for each other': {
    files: {
      ...installed(
        {
          browser: {
            './a.js': './b.js',
            './b.js': './a.js',
            './one.js': './two.js',
            './two.js': './three.js',
            './three.js': './one.js',
            left: 'right',
            right: 'left',
            buffer: 'events',
            events: 'buffer',
            thing: './a.js',
          },
        },
        ...['a', 'b', 'one', 'two', 'three'].map((name) => `${name}.js`),
      ),
      ...Object.fromEntries(
        ['left', 'right', 'events', 'buffer'].map((name) => [`node_modules/${name}/index.js`, '']),
      ),
    },
    importer: 'node_modules/pkg/index.js',
    expected: {
      './a.js': pkg('b.js'),
      './a': pkg('b.js'),
      '../pkg/b': pkg('a.js'),
      './one': pkg('two.js'),
      './two': pkg('three.js'),
      './three': pkg('one.js'),
      thing: pkg('a.js'),
      left: 'node_modules/right/index.js',
      right: 'node_modules/left/index.js',
      'node:events': 'node_modules/buffer/index.js',
      buffer: 'node_modules/events/index.js',
    },
  },
  'browser: what an alias, an import or another package leads to is swapped as well': {
    files: {
      'package.json': {
        browser: { './a.js': './b.js', './b.js': './a.js' },
        imports: { '#a': './a.js' },
      },
      'a.js': '',
      'b.js': '',
    },
    importer: 'deep/main.js',
    expected: { '../a': 'b.js', '#a': 'b.js' },
  },
  'imports: a name may mean a builtin, and a package before it': {
    files: {
      'package.json': { imports: { '#path': 'path', '#of/*': '*', '#own': 'own', '#gone': 'gone' } },
      'node_modules/util/index.js': '',
      'node_modules/own/index.js': '',
    },
    expected: {
      '#path': "Node's builtin module 'path' has no browser shim",
      '#of/fs/promises': "Node's builtin module 'fs/promises' has no browser shim",
      '#of/util': 'node_modules/util/index.js',
      '#own': 'node_modules/own/index.js',
      '#gone': "Cannot find module 'gone'",
    },
  },
  'alias: packages that stand in for each other, with all that is below them': {
    files: Object.fromEntries(
      ['left', 'right'].flatMap((name) => [
        [`node_modules/${name}/index.js`, ''],
        [`node_modules/${name}/sub.js`, ''],
      ]),
    ),
    options: { alias: { left: 'right', right: 'left' } },
    expected: {
      left: 'node_modules/right/index.js',
      right: 'node_modules/left/index.js',
      'left/sub': 'node_modules/right/sub.js',
      'right/gone': 'no such package, or no such file in it',
    },
  },
  'no main: index; main without extension, main of a directory, main that is gone': {
    files: {
      'node_modules/a/index.js': '',
      'node_modules/b/package.json': { main: 'lib/entry' },
      'node_modules/b/lib/entry.js': '',
      'node_modules/c/package.json': { main: 'lib' },
      'node_modules/c/lib/index.json': '{}',
      'node_modules/d/package.json': { main: 'gone' },
      'node_modules/d/index.js': '',
    },
    expected: {
      a: 'node_modules/a/index.js',
      b: 'node_modules/b/lib/entry.js',
      c: 'node_modules/c/lib/index.json',
      d: 'node_modules/d/index.js',
    },
  },
  'directories and slashes at the end': {
    files: {
      'index.js': '',
      'd/index.ts': '',
      'd.js': '',
      'up/main.js': '',
      'node_modules/punycode/index.js': '',
    },
    importer: 'up/main.js',
    expected: {
      '..': 'index.js',
      '../': 'index.js',
      '../d': 'd.js',
      '../d/': 'd/index.ts',
      'punycode/': 'node_modules/punycode/index.js',
    },
  },
  'directories that end with dots, beside files of their name': {
    files: { 'src/index.js': '', 'src.js': '', 'src/up/index.js': '', 'src/up.js': '', 'src/up/main.js': '' },
    importer: 'src/up/main.js',
    expected: {
      '.': 'src/up/index.js',
      './.': 'src/up/index.js',
      '..': 'src/index.js',
      './..': 'src/index.js',
      '../.': 'src/index.js',
      '../up/.': 'src/up/index.js',
      '../up/../up/..': 'src/index.js',
      '../up': 'src/up.js',
      '../../src': 'src.js',
    },
  },
  'extensions: Node’s first': {
    files: {
      'a.js': '',
      'a.ts': '',
      'b.json': '',
      'b.mjs': '',
      'c.mjs': '',
      'c.cjs': '',
      'd.cjs': '',
      'd.ts': '',
      'e.tsx': '',
      'f.mts': '',
    },
    expected: {
      './a': 'a.js',
      './b': 'b.json',
      './c': 'c.mjs',
      './d': 'd.cjs',
      './e': 'e.tsx',
      './f': 'f.mts',
    },
  },
  'TypeScript’s habit: .js means .ts, unless it is there': {
    files: {
      'a.ts': '',
      'b.tsx': '',
      'c.js': '',
      'c.ts': '',
      'd.mts': '',
      'e.cts': '',
      'f.tsx': '',
      'g.js.js': '',
      'h.js/index.js': '',
    },
    expected: {
      './a.js': 'a.ts',
      './b.js': 'b.tsx',
      './c.js': 'c.js',
      './d.mjs': 'd.mts',
      './e.cjs': 'e.cts',
      './f.jsx': 'f.tsx',
      './g.js': 'g.js.js',
      './h.js': 'h.js/index.js',
      './d.js': 'no such file',
    },
  },
  'packages whose names end in .js': {
    files: {
      'node_modules/highlight.js/package.json': { main: 'lib/a' },
      'node_modules/highlight.js/lib/a.js': '',
    },
    expected: {
      'highlight.js': 'node_modules/highlight.js/lib/a.js',
      'highlight.js/lib/a.js': 'node_modules/highlight.js/lib/a.js',
    },
  },
  'assets are files like any other': {
    files: {
      ...installed({ exports: { './a.css': './dist/a.css' } }, 'dist/a.css'),
      'a.css': '',
      'a.png': '',
      'a.wasm': '',
      'a.html': '',
      'a.vue': '',
    },
    expected: {
      './a.css': 'a.css',
      './a.png': 'a.png',
      './a.wasm': 'a.wasm',
      './a.html': 'a.html',
      './a.vue': 'a.vue',
      'pkg/a.css': pkg('dist/a.css'),
    },
  },
  'conditions given: the kind comes with them': {
    files: installed(
      { exports: { special: { import: './i.js', require: './r.js' }, default: './d.js' } },
      'i.js',
      'r.js',
      'd.js',
    ),
    options: { conditions: ['special'] },
    expected: { pkg: [pkg('i.js'), pkg('r.js')] },
  },
  'conditions given with a kind: they hold for both': {
    files: installed({ exports: { import: './i.js', require: './r.js' } }, 'i.js', 'r.js'),
    options: { conditions: ['browser', 'require'] },
    expected: { pkg: pkg('r.js') },
  },
  'no main: require means index.js before module, as in Node': {
    files: installed({ module: './module.js' }, 'index.js', 'module.js'),
    expected: { pkg: [pkg('module.js'), pkg('index.js')] },
  },
  'no main and no index.js that Node would find: require means module': {
    files: installed({ module: './module.js' }, 'index.ts', 'index.mjs', 'module.js'),
    expected: { pkg: pkg('module.js') },
  },
  'no main, but a browser field, which stands before index.js': {
    files: installed(
      { browser: './browser.js', module: './module.js' },
      'index.js',
      'browser.js',
      'module.js',
    ),
    expected: { pkg: pkg('browser.js') },
  },
  'a browser map that calls the file of a directory by its name without extension': {
    files: installed(
      {
        browser: { './index': './a.js', './lib/index': './b.js', './off/index': false, './own/x': './c.js' },
      },
      ...['index.js', 'lib/index.js', 'off/index.js', 'own/index.js', 'a.js', 'b.js', 'c.js'],
    ),
    importer: 'node_modules/pkg/lib/importer.js',
    expected: {
      pkg: pkg('a.js'),
      '../': pkg('a.js'),
      './': pkg('b.js'),
      'pkg/lib': pkg('b.js'),
      'pkg/off': 'empty.js',
      'pkg/own': pkg('own/index.js'),
    },
  },
  'index files beside each other, without a browser map': {
    files: installed({ main: './index.mjs' }, 'index.js', 'index.mjs'),
    expected: { pkg: pkg('index.mjs') },
  },
  'mainFields given: they hold for both': {
    files: installed({ main: './main.js', module: './module.js' }, 'main.js', 'module.js'),
    options: { mainFields: ['module', 'main'] },
    expected: { pkg: pkg('module.js') },
  },
};

/** A path is expected as it is; of a reason, a part. */
function expectAnswer(answer: string, expected: string, message: string): void {
  if (expected.includes(' ')) expect(answer, message).to.include(expected);
  else expect(answer, message).to.equal(expected);
}

describe('fs/resolve', () => {
  for (const [name, { files, expected, importer, options, mode }] of Object.entries(cases)) {
    it(name, () => {
      const ask = resolverOf(files, options, mode);
      for (const [specifier, answer] of Object.entries(expected)) {
        const [imported, required] = typeof answer === 'string' ? [answer, answer] : answer;
        expectAnswer(ask(specifier, 'import', importer), imported, `import '${specifier}'`);
        expectAnswer(ask(specifier, 'require', importer), required, `require('${specifier}')`);
      }
    });
  }

  it('workspaces: two importers reach one module, and two where links are not followed', () => {
    for (const symlinks of [true, false]) {
      const ask = resolverOf(
        {
          'packages/shared/package.json': { name: 'shared', exports: './a.js' },
          'packages/shared/a.js': '',
          'packages/app/main.js': '',
        },
        { symlinks },
      );
      const link = ask.project.path('packages/app/node_modules/shared');
      ask.project.write({ 'packages/app/node_modules/other/index.js': '' });
      symlinkSync(ask.project.path('packages/shared'), link, 'dir');
      const fromApp = ask('shared', 'import', 'packages/app/main.js');
      const fromSibling = ask('../shared/a.js', 'require', 'packages/app/main.js');
      expect(fromSibling).to.equal('packages/shared/a.js');
      expect(fromApp).to.equal(symlinks ? fromSibling : 'packages/app/node_modules/shared/a.js');
    }
  });

  it('pnpm: packages that are links find their dependencies beside their real directories', () => {
    const ask = resolverOf({
      'node_modules/.pnpm/a@1.0.0/node_modules/a/index.js': '',
      'node_modules/.pnpm/b@1.0.0/node_modules/b/index.js': '',
    });
    const store = (name: string): string => ask.project.path(`node_modules/.pnpm/${name}@1.0.0/node_modules`);
    symlinkSync(`${store('a')}/a`, ask.project.path('node_modules/a'), 'dir');
    symlinkSync(`${store('b')}/b`, `${store('a')}/b`, 'dir');
    const a = ask('a', 'import');
    expect(a).to.equal('node_modules/.pnpm/a@1.0.0/node_modules/a/index.js');
    expect(ask('b', 'import', a)).to.equal('node_modules/.pnpm/b@1.0.0/node_modules/b/index.js');
    expect(ask('b', 'import')).to.include('no such package');
  });

  it('takes a reference whose kind is not said for a require', () => {
    const { project, resolve } = resolverOf(
      installed({ main: './main.js', module: './module.js' }, 'main.js', 'module.js'),
    );
    expect(resolve('pkg', project.path('main.js'))).to.deep.equal({ path: project.path(pkg('main.js')) });
  });
});
