/** Scripts that stand alone: what is in them, what they do where there is no page, and what else a build tells of them. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { png } from '../assets/files';
import { failure, finish, hush } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { logOf, packAlone, place, textAlone } from './alone';

describe('a script that stands alone', () => {
  it('has run when it ends: CommonJS, ES modules, and both', () => {
    const parts: ProjectFiles = {
      'es/a.mjs': "log.push('a');\nexport let a = 1;\nexport const set = (value) => { a = value; };\n",
      'es/b.cjs': "log.push('b');\nexports.b = 2;\n",
    };
    const entries: ProjectFiles = {
      'main.cjs': "log.push(require('./es/b.cjs').b, require.main === module, typeof self, typeof window);",
      'main.mjs': "import { a, set } from './es/a.mjs'; set(5); log.push(a, typeof self, this);",
      'both.mjs': "import { b } from './es/b.cjs'; import * as a from './es/a.mjs'; log.push(b, a.a);",
    };
    const expected: Record<string, unknown[]> = {
      'main.cjs': ['b', 2, true, 'undefined', 'undefined'],
      'main.mjs': ['a', 5, 'undefined', undefined],
      'both.mjs': ['b', 'a', 2, 1],
    };
    return Promise.all(
      Object.entries(entries).map(async ([name, source]) => {
        const log: unknown[] = [];
        place({ log }).run(await textAlone({ [name]: source, ...parts }));
        expect(log, name).to.deep.equal(expected[name]);
      }),
    );
  });

  it('holds what is asked for later, by each way to ask', async () => {
    const text = await textAlone({
      'main.js': `
        import('./part.mjs').then(({ part }) => log.push(part, 'import()'));
        require.ensure(['./other' /*js*/], () => log.push(require('./other'), 'require.ensure'));
        const id = './third' /*js*/;
        require('node-ensure')([id], (error) => log.push(error, require(id)));
        require.ensure([], () => log.push('nothing'));
        import('./missing' + '.js').catch((error) => log.push('refused'));
        log.push('first');
      `,
      'part.mjs': "log.push('part runs'); export const part = 'part';",
      'other.js': "log.push('other runs'); module.exports = 'other';",
      'third.js': "module.exports = 'third';",
    });
    const log = await logOf(text);
    expect(log[0]).to.equal('first');
    expect(log).to.have.members([
      'first',
      'part runs',
      'part',
      'import()',
      'other runs',
      'other',
      'require.ensure',
      undefined,
      'third',
      'nothing',
      'refused',
    ]);
  });

  it('links each kind of module to each other', async () => {
    const programs: [files: ProjectFiles, log: unknown[], options?: dynapack.Options][] = [
      [
        {
          'main.mjs': "import a from './a.cjs'; log.push(a.b);",
          'a.cjs': "exports.b = require('./b.mjs').b;",
          'b.mjs': 'export const b = 1;',
        },
        [1],
      ],
      [
        {
          'main.mjs': "import { c } from './b.mjs'; log.push(ONE, c);",
          'a.mjs': 'export default 1;',
          'b.mjs': 'export const c = ONE + 1;',
        },
        [1, 2],
        { provide: { ONE: './a.mjs' } },
      ],
      [
        {
          'main.mjs': "import { toString, constructor as c } from './a.cjs'; log.push(toString, c);",
          'a.cjs': "exports.toString = 'own'; exports.constructor = 2;",
        },
        ['own', 2],
      ],
      [
        {
          'main.mjs':
            "import { 'module.exports' as a } from './a.cjs'; import { b } from './b.js'; log.push(a.x, b.x);",
          'a.cjs': 'exports.__esModule = true; exports.x = 1;',
          'b.js': "export { 'module.exports' as b } from './a.cjs';",
        },
        [1, 1],
      ],
      [
        {
          'main.mjs': "import * as a from './a.cjs'; log.push(a.x, a.default.x);",
          'a.cjs': 'exports.x = 1;',
        },
        [1, 1],
      ],
      [
        {
          'main.mjs': "import a, { b } from './a.js'; log.push(a, b);",
          'a.js': "exports.__esModule = true; exports.default = 'd'; exports.b = 'b';",
        },
        [{ __esModule: true, default: 'd', b: 'b' }, 'b'],
      ],
      [
        {
          'main.js': "import a, { b } from './a.js'; log.push(a, b);",
          'a.js': "exports.__esModule = true; exports.default = 'd'; exports.b = 'b';",
        },
        ['d', 'b'],
      ],
      [
        {
          'main.mjs': "import data from './a.json' with { type: 'json' }; log.push(data.x);",
          'a.json': { x: 5 },
        },
        [5],
      ],
      [
        {
          'main.mjs': "import { a } from './a.mjs'; export const f = () => a; log.push(a());",
          'a.mjs': "import { f } from './main.mjs'; export const a = () => typeof f;",
        },
        ['function'],
      ],
      [
        {
          'main.mjs': "import a from './a.mjs'; log.push(a.name, a.x);",
          'a.mjs': 'export default function () {} import * as own from "./b.mjs"; export { own };',
          'b.mjs': 'export const x = 1;',
        },
        ['default', undefined],
      ],
      [
        {
          'main.mjs':
            "export * from './a.mjs'; export * from './b.mjs'; import * as own from './c.mjs'; log.push(Object.keys(own).join());",
          'a.mjs': 'export const x = 1, y = 1;',
          'b.mjs': 'export const x = 2, z = 2;',
          'c.mjs':
            "export * from './a.mjs'; export * from './b.mjs'; export { x as w, x as v } from './a.mjs';",
        },
        ['v,w,y,z'],
      ],
      [
        {
          'main.mjs': "import { a } from './a.cjs'; log.push(a, typeof require);",
          'a.cjs': "import('./b.mjs').then(({ b }) => log.push(b)); exports.a = 1;",
          'b.mjs': 'export const b = 2;',
        },
        [1, 'undefined', 2],
      ],
    ];
    for (const [files, expected, options] of programs)
      expect(await logOf(await textAlone(files, options)), JSON.stringify(files)).to.deep.equal(expected);
  });

  it('may await at its top level', async () => {
    const text = await textAlone({
      'main.mjs': "import { value } from './slow.mjs'; log.push(value);",
      'slow.mjs':
        "log.push('waits'); export const value = await new Promise((done) => setTimeout(() => done('slow')));",
    });
    expect(await logOf(text)).to.deep.equal(['waits', 'slow']);
  });

  it('knows no modules but its own', async () => {
    const text = await textAlone({
      'main.js':
        "for (const name of ['constructor', 'toString', '__proto__', './b', 'gone']) try { require(name); } catch (error) { log.push(error.code); }",
      'b.js': '',
    });
    expect(await logOf(text)).to.deep.equal(Array(5).fill('MODULE_NOT_FOUND'));
  });

  it('has what Node has: shims, JSON, text, environment', async () => {
    const text = await textAlone(
      {
        'main.js': `
          log.push(process.env.NODE_ENV, Buffer.from('hi').toString('hex'), __filename, global.Array === Array);
          log.push(require('./data.json').x, require('path').join('a', '..', 'b'), VERSION, jQuery);
          log.push(require('./a.txt?raw'), require('#path').sep);`,
        'package.json': { imports: { '#path': 'path' } },
        'data.json': { x: 1 },
        'a.txt': 'text',
        'jquery.js': "module.exports = 'jq';",
      },
      { define: { VERSION: '"1.2"' }, provide: { jQuery: './jquery.js' }, env: { NODE_ENV: 'test' } },
    );
    const log: unknown[] = [];
    // The shim of a package looks for a global object of its own.
    place({ log, TextEncoder, Uint8Array }, true).run(text);
    expect(log).to.deep.equal(['test', '6869', '/main.js', true, 1, 'b', '1.2', 'jq', 'text', '/']);
  });

  it('gives CommonJS modules the global object of Node, and of a worker', async () => {
    const text = await textAlone({
      'main.js': "global.found = typeof self; require('./part.mjs'); log.push(require('./strict'));",
      'part.mjs': "import './other.js'; global.part = 1;",
      'other.js': 'global.other = 2;',
      'strict.js': "'use strict'; module.exports = global.found + (global === globalThis);",
    });
    for (const hasSelf of [false, true]) {
      const log: unknown[] = [];
      const where = place({ log }, hasSelf);
      where.run(text);
      const found = hasSelf ? 'object' : 'undefined';
      expect(where.globals).to.include({ found, part: 1, other: 2 });
      expect(log[0], found).to.match(new RegExp(`^${found}`));
    }
  });

  it('gives Node its own global object, and a worker its self', async () => {
    const text = await textAlone({ 'main.mjs': 'global.found = import.meta.url; log.push(typeof global);' });
    const node = place({ log: [] });
    node.run(text);
    expect(node.globals.found).to.equal('file:///');
    const worker = place({ log: [], location: { href: 'https://example.test/w.js' } }, true);
    worker.run(text);
    expect(worker.globals.found).to.equal('https://example.test/w.js');
  });

  it('throws what its modules throw', async () => {
    const text = await textAlone({
      'main.mjs': "import './b.mjs'; log.push('never');",
      'b.mjs': "throw new Error('b fails');",
    });
    expect(() => place({ log: [] }).run(text)).to.throw('b fails');
  });

  it('leaves no trace in the global object', async () => {
    const where = place({ log: [] });
    where.run(await textAlone({ 'main.mjs': "import('./b.mjs'); export const a = 1;", 'b.mjs': '' }));
    await where.settle();
    expect(Object.keys(where.globals)).to.deep.equal(['setTimeout', 'URL', 'log']);
  });

  it('has nothing of a runtime that it has no use for', async () => {
    const one = await textAlone({ 'main.js': 'log.push(1);' });
    expect(one).to.not.match(/Promise|setTimeout|next|"\*"/);
    const es = await textAlone({
      'main.mjs': "import { a } from './a.mjs'; log.push(a);",
      'a.mjs': 'export const a = 1;',
    });
    expect(es).to.not.match(/Promise|"\*"|MODULE_NOT_FOUND/);
    const later = await textAlone({ 'main.mjs': "import('./a.mjs');", 'a.mjs': 'export const a = 1;' });
    expect(later)
      .to.match(/Promise/)
      .and.match(/"\*"/);
    expect(later).to.not.match(/Document|baseURI|setTimeout/);
  });

  it('is not moved by what stands under the names of the page', async () => {
    const text = await textAlone({ 'main.js': "log.push('runs');" });
    const log: unknown[] = [];
    place({ log, dynapack: 'something else', module: {}, exports: undefined }, true).run(text);
    expect(log).to.deep.equal(['runs']);
  });
});

describe('assets in a script that stands alone', () => {
  const files: ProjectFiles = {
    'main.mjs': `
      import dot from './dot.png';
      const sprite = new URL('./icons.svg#a', import.meta.url).href;
      log.push(dot, sprite, new URL('./dot.png', import.meta.url).href === dot);`,
    'dot.png': png(1, 1),
    'icons.svg': '<svg/>',
  };

  it('are data: URLs, and no files', async () => {
    const { bundles, assets, metadata, scripts } = await packAlone(files, { standalone: ['main.mjs'] });
    const log = await logOf(bundles['main.js'] as string);
    expect(log[0]).to.equal(`data:image/png;base64,${png(1, 1).toString('base64')}`);
    expect(log[1]).to.match(/^data:image\/svg\+xml;base64,.*#a$/);
    expect(log[2]).to.equal(true);
    expect(assets).to.deep.equal({});
    expect(metadata.assets).to.deep.equal({});
    expect(JSON.parse(scripts['aliases.json'] as string)).to.deep.equal({ 'main.js': 'main.js' });
  });

  it('are files of pages that have them, too', async () => {
    const page = "import dot from './dot.png'; self.dot = dot;";
    const packed = await packAlone({ ...files, 'page.mjs': page }, { standalone: ['main.mjs'] });
    expect(Object.keys(packed.assets)).to.deep.equal(['assets/dot.png']);
    expect((await packed.visit('page')).page.dot).to.equal('/assets/dot.png');
  });

  it('that are large are warned of', async () => {
    const { warnings } = await packAlone(
      { 'main.mjs': "import a from './a.png'; log.push(a);", 'a.png': Buffer.alloc(250_000) },
      { standalone: ['main.mjs'] },
    );
    expect(warnings.map(({ code }) => code)).to.deep.equal(['EMBEDDED_ASSETS']);
    expect(warnings[0]?.message).to.include("'a.png (250 kB)'").and.include("'main.js'");
  });
});

describe('styles in a script that stands alone', () => {
  it('are linked by nobody, of which a warning tells', async () => {
    const { warnings, bundles, styles } = await packAlone(
      {
        'main.mjs': "import './a.css'; log.push('runs');",
        'a.css': '@import "./b.css";',
        'b.css': 'a { b: c }',
      },
      { standalone: ['main.mjs'] },
    );
    expect(warnings.map(({ code }) => code)).to.deep.equal(['UNLINKED_STYLES']);
    expect(warnings[0])
      .to.have.property('path')
      .that.matches(/main\.mjs$/);
    expect(warnings[0]?.message).to.include("'a.css'");
    expect(warnings[0]?.hint).to.include('?raw');
    expect(styles).to.deep.equal({});
    expect(await logOf(bundles['main.js'] as string)).to.deep.equal(['runs']);
  });

  it('are text where it asks for that, and CSS modules have their names', async () => {
    const { warnings, bundles } = await packAlone(
      {
        'main.mjs':
          "import text from './a.css?raw'; import { red } from './b.module.css'; log.push(text, red);",
        'a.css': 'a { b: c }',
        'b.module.css': '.red { color: red }',
      },
      { standalone: ['main.mjs'] },
    );
    const log = await logOf(bundles['main.js'] as string);
    expect(log[0]).to.equal('a { b: c }');
    expect(log[1]).to.match(/^\w*red\w*$/);
    expect(warnings.map(({ message }) => message).join())
      .to.include('b.module.css')
      .and.not.include('a.css');
  });
});

describe('a library', () => {
  const forms: Record<string, string> = {
    'cjs.cjs': 'exports.one = 1; exports.default = function go() { return 2; };',
    'whole.cjs': 'module.exports = function whole() { return 3; };',
    'es.mjs':
      "export const one = 1; export default function go() { return 2; } export * from './more.mjs'; export * as more from './more.mjs';",
    'mixed.mjs':
      "export { default as whole } from './whole.cjs'; import './cjs.cjs'; export let live = 1; export const set = () => { live = 2; };",
    'later.mjs': "export const load = () => import('./more.mjs');",
    'more.mjs': 'export const two = 2; export class Three {}',
  };

  async function libraryOf(entry: string, name = 'Lib'): Promise<string> {
    const files = { [entry]: forms[entry] as string, ...forms };
    const { bundles } = await packAlone(files, { library: { [entry]: name } }, undefined, [entry]);
    return bundles[entry.replace(/\.\w+$/, '.js')] as string;
  }

  for (const entry of Object.keys(forms))
    it(`of ${entry} exports what Node gives, as a global and by require`, async () => {
      const project = new Project(forms);
      const native = (await import(project.path(entry))) as Record<string, unknown>;
      const expected = entry.endsWith('.cjs') ? native.default : native;
      const text = await libraryOf(entry);
      const page = place({}, true);
      page.run(text);
      const node = place({ module: { exports: {} } });
      node.run(text);
      expect(node.globals).to.not.have.property('Lib');
      for (const lib of [page.globals.Lib, node.globals.module.exports]) {
        const names = (value: unknown): string[] => Object.keys(value as object).sort();
        expect(names(lib)).to.deep.equal(names(expected));
        expect(String(typeof lib)).to.equal(typeof expected);
        if (typeof lib === 'function') expect(lib()).to.equal((expected as () => unknown)());
        for (const name of names(expected)) {
          const [own, other] = [lib[name], (expected as Record<string, unknown>)[name]];
          if (typeof other === 'function' && !/^class/.test(String(other)))
            expect(typeof own, name).to.equal('function');
          else if (typeof other !== 'object' && typeof other !== 'function')
            expect(own, name).to.equal(other);
        }
      }
    });

  it('has live exports, and a default under its name', async () => {
    const { globals, run } = place({}, true);
    run(await libraryOf('mixed.mjs'));
    globals.Lib.set();
    expect(globals.Lib.live).to.equal(2);
    run(await libraryOf('es.mjs'));
    expect(globals.Lib.default()).to.equal(2);
    expect(globals.Lib.__esModule).to.equal(true);
  });

  it('may be a member of what is there', async () => {
    const where = place({ Acme: { kept: 1 } }, true);
    where.run(await libraryOf('cjs.cjs', 'Acme.Widget.v1'));
    where.run(await libraryOf('es.mjs', 'Other.Thing'));
    expect(where.globals.Acme.kept).to.equal(1);
    expect(where.globals.Acme.Widget.v1.one).to.equal(1);
    expect(where.globals.Other.Thing.two).to.equal(2);
  });

  it('cannot wait', async () => {
    const files = { 'lib.mjs': "export * from './slow.mjs';", 'slow.mjs': 'export const a = await 1;' };
    const error = await failure(packAlone(files, { library: { 'lib.mjs': 'Lib' } }, undefined, ['lib.mjs']));
    expect(error).to.include({ code: 'LIBRARY_ASYNC' });
    expect(error.message)
      .to.include("'Lib'")
      .and.match(/lib\.mjs$/);
    expect(error.hint).to.include('Export a function');
  });
});

describe('entries that stand alone', () => {
  const site: ProjectFiles = {
    'page.js': "import { a } from './src/shared.js'; self.out = a; import('./src/later.js');",
    'sw.js': "import { a } from './src/shared.js'; log.push(a); import('./src/own.js');",
    'src/shared.js': 'export const a = [1]; export const b = 2;',
    'src/later.js': "import './shared.js'; self.later = 1;",
    'src/own.js': "log.push('own');",
  };

  it('leave bundles of pages as they are, byte for byte', async () => {
    for (const options of [{}, { debug: true }, { loader: 'file' }] as dynapack.Options[]) {
      const without = await packAlone(site, options, undefined, ['page.js']);
      const project = without.project;
      const pack = hush(dynapack({ root: project.directory, ...options, standalone: ['sw.js'] }));
      for (const entry of ['page.js', 'sw.js']) pack.write(project.path(entry));
      const packed = await finish(pack.end());
      const { 'sw.js': script, ...bundles } = packed.bundles;
      expect(bundles).to.deep.equal(without.bundles);
      expect(packed.scripts['page.html']).to.equal(without.scripts['page.html']);
      expect(await logOf(script as string)).to.deep.equal([[1], 'own']);
      expect(packed.metadata.entries).to.deep.equal(without.metadata.entries);
      expect(packed.metadata.minimal).to.equal(without.metadata.minimal);
    }
  });

  it('have no snippet; metadata and manifests tell of them', async () => {
    const { metadata, scripts, project } = await packAlone(site, { standalone: ['sw.js'], prefix: '/js/' });
    expect(Object.keys(scripts)).to.have.members(['page.html', 'aliases.json', 'manifest.json']);
    expect(metadata.standalone).to.deep.equal({
      'sw.js': ['src/own.js', 'src/shared.js', 'sw.js'].map((name) => project.path(name)),
    });
    expect(metadata.files).to.deep.equal(
      Object.keys(site)
        .map((name) => project.path(name))
        .sort(),
    );
    expect(JSON.parse(scripts['manifest.json'] as string).standalone).to.deep.equal({
      'sw.js': { url: '/js/sw.js' },
    });
    expect(JSON.parse(scripts['aliases.json'] as string)).to.have.property('sw.js', 'sw.js');
  });

  it('are known by the names that plugins give them, and missed by nobody', async () => {
    const project = new Project(site);
    const pack = dynapack({ root: project.directory, standalone: ['sw.js'] });
    const warnings: string[] = [];
    pack.on('warning', ({ code }) => warnings.push(code));
    for (const entry of ['page.js', 'sw.js']) pack.write(project.path(entry));
    const rename = objectTransform(async (file: File) => {
      if (file.relative === 'sw.js') file.stem = 'sw-v1';
      return file;
    });
    const { scripts } = await finish(pack.end(), { integrity: true }, pack.pipe(rename as never));
    const { standalone } = JSON.parse(scripts['manifest.json'] as string);
    expect(standalone['sw.js'].url).to.equal('/sw-v1.js');
    expect(standalone['sw.js'].integrity).to.match(/^sha384-/);
    expect(warnings).to.deep.equal([]);
  });

  for (const [manifest, name] of [
    ['vite', '.vite/manifest.json'],
    ['symfony', 'entrypoints.json'],
  ] as const)
    it(`are in the manifest of ${manifest}`, async () => {
      const project = new Project(site);
      const pack = hush(dynapack({ root: project.directory, standalone: ['sw.js'], prefix: '/js/' }));
      for (const entry of ['page.js', 'sw.js']) pack.write(project.path(entry));
      const { scripts } = await finish(pack.end(), { manifest });
      const made = JSON.parse(scripts[name] as string);
      if (manifest === 'vite')
        expect(made['sw.js']).to.deep.equal({ file: 'sw.js', name: 'sw', src: 'sw.js', isEntry: true });
      else expect(made.entrypoints.sw).to.deep.equal({ js: ['/js/sw.js'] });
    });

  it('are named around by bundles', async () => {
    const files = { 'src/sw.js': 'log.push(1);', 'page.js': "import('./sw');", 'sw/index.js': 'self.x = 1;' };
    const { bundles, metadata } = await packAlone(files, { standalone: ['src/sw.js'] }, undefined, [
      'src/sw.js',
      'page.js',
    ]);
    expect(Object.keys(metadata.standalone)).to.deep.equal(['sw.js']);
    expect(Object.keys(bundles)).to.have.length(3);
    const taken = { 'a/dynapack-loader.js': '', 'page.js': '' };
    const { metadata: other } = await packAlone(
      taken,
      { standalone: ['a/dynapack-loader.js'], loader: 'file' },
      undefined,
      Object.keys(taken),
    );
    expect(Object.keys(other.standalone)[0]).to.match(/^dynapack-loader-.{8}\.js$/);
  });

  it('may be all that there is', async () => {
    const { bundles, scripts, metadata, warnings } = await packAlone(
      { 'lib.js': 'exports.a = 1;' },
      { library: { 'lib.js': 'Lib' } },
    );
    expect(Object.keys(bundles)).to.deep.equal(['lib.js']);
    expect(Object.keys(scripts)).to.have.members(['aliases.json', 'manifest.json']);
    expect(metadata).to.deep.include({ bundles: {}, entries: {}, roots: {}, minimal: true });
    expect(warnings).to.deep.equal([]);
  });

  it('are named by path, or by what they are called relative to the base of their File', async () => {
    const project = new Project({ 'src/pages/sw.mjs': 'log.push(1);', 'src/pages/a.js': '' });
    for (const name of [
      'src/pages/sw.mjs',
      './src/pages/sw.mjs',
      'sw.mjs',
      project.path('src/pages/sw.mjs'),
    ]) {
      const pack = hush(dynapack({ root: project.directory, standalone: [name] }));
      for (const entry of ['sw.mjs', 'a.js']) pack.write(project.path(`src/pages/${entry}`));
      const { metadata } = await finish(pack.end());
      expect(Object.keys(metadata.standalone), name).to.deep.equal(['sw.js']);
    }
  });

  it('that are none of the entries fail the build', async () => {
    const error = await failure(packAlone(site, { standalone: ['sv.js'] }));
    expect(error.code).to.equal('UNKNOWN_STANDALONE');
    expect(error.message).to.equal(
      "dynapack(): option 'standalone' names 'sv.js', which is none of the entries: 'page.js', 'sw.js'",
    );
    expect(error.hint).to.include("Did you mean 'sw.js'?").and.include('src([');
    const other = await failure(packAlone(site, { library: { 'src/shared.js': 'Lib' } }));
    expect(other.message).to.include("option 'library' names 'src/shared.js'");
  });

  it('that start workers fail the build, with the place', async () => {
    const files = {
      'main.js': "\nimport './part.js';",
      'part.js': "\n\nnew Worker(new URL('./worker.js', import.meta.url));",
      'worker.js': 'postMessage(1);',
    };
    const error = await failure(textAlone(files));
    expect(error.code).to.equal('WORKER_ALONE');
    expect(error.toString()).to.include('part.js:3:12').and.include("the option 'standalone'");
  });

  it('that run nothing fail the build', async () => {
    const style = await failure(
      packAlone({ 'a.css': 'a { b: c }' }, { standalone: ['a.css'] }, undefined, ['a.css']),
    );
    expect(style).to.include({ code: 'NOT_JAVASCRIPT' });
    expect(style.hint).to.include("'standalone'");
    const asset = await failure(packAlone({ 'a.png': '' }, { standalone: ['a.png'] }, undefined, ['a.png']));
    expect(asset).to.include({ code: 'NOT_JAVASCRIPT' });
  });

  it('pass minify(), each of their modules by itself', async () => {
    const { bundles, warnings } = await packAlone(site, { standalone: ['sw.js'] }, (pack) =>
      pack.pipe(pack.minify()),
    );
    expect(bundles['sw.js']).to.not.match(/export |log\.push\(a\)|\n\n/);
    expect(await logOf(bundles['sw.js'] as string)).to.deep.equal([[1], 'own']);
    expect(warnings).to.deep.equal([]);
  });

  it('leave out what neither they nor pages need', async () => {
    const files = { ...site, 'src/shared.js': "export const a = [1]; export const b = 'not needed';" };
    const { bundles } = await packAlone(files, { standalone: ['sw.js'] });
    expect(Object.values(bundles).join()).to.not.include('not needed');
  });

  it('are no part of releases: no patches are made of them', async () => {
    const project = new Project({
      ...site,
      'src/shared.js': `export const a = 1; /* ${'long '.repeat(500)} */`,
    });
    for (const value of [1, 2]) {
      project.write({
        'sw.js': `import { a } from './src/shared.js'; log.push(a, ${value}, '${'text '.repeat(500)}');`,
      });
      const pack = hush(dynapack({ root: project.directory, standalone: ['sw.js'], updates: 'page' }));
      for (const entry of ['page.js', 'sw.js']) pack.write(project.path(entry));
      const patches = pack.patches({ releases: project.path('releases') });
      pack.end().pipe(patches as unknown as NodeJS.WritableStream);
      const { files, scripts } = await finish(pack, undefined, patches);
      expect(files.map(({ relative }) => relative)).to.have.members(['page.js', 'src-later.js', 'sw.js']);
      const { standalone } = JSON.parse(scripts['manifest.json'] as string);
      expect(standalone).to.deep.equal({ 'sw.js': { url: '/sw.js' } });
    }
  });

  it('are warned of once what they hold has grown', async () => {
    const project = new Project({
      'main.mjs': "import a from './a.png'; log.push(a);",
      'a.png': Buffer.alloc(10),
    });
    const cache = dynapack.cache();
    const codes: string[][] = [];
    for (const size of [10, 200_000, 200_001]) {
      project.write({ 'a.png': Buffer.alloc(size) });
      const pack = dynapack({ root: project.directory, standalone: ['main.mjs'], cache });
      const told: string[] = [];
      pack.on('warning', ({ code }) => told.push(code));
      await finish(pack.end(project.path('main.mjs')));
      codes.push(told);
    }
    expect(codes).to.deep.equal([[], ['EMBEDDED_ASSETS'], []]);
  });
});
