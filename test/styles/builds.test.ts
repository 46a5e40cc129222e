/** Styles in builds: what comes out of them, through transforms and plugins, from build to build, and what is refused. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import File from 'vinyl';
import { png } from '../assets/files';
import { failure, finish, hush, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { runClean, runTask, type Task } from '../helpers/task';

const { default: rev } = require('gulp-rev') as { default: () => Duplex };
const { default: revRewrite } = require('gulp-rev-rewrite') as { default: () => Duplex };

type Warning = { code: string; message: string; path: string; lineNumber?: number };

/** Packs a project; entries are all files called `main` or `page…`. */
function packFiles(files: ProjectFiles, options: dynapack.Options = {}): Promise<Packed> {
  const project = new Project(files);
  const entries = Object.keys(files).filter((name) => /^(?:main|page)/.test(name));
  return pack(
    entries.map((name) => project.path(name)),
    { root: project.directory, ...options },
  );
}

const configOf = ({ scripts }: Packed, entry = 'main') =>
  JSON.parse(scripts['manifest.json'] as string).entries[entry].config;

describe('styles in builds', () => {
  it('are nothing in scripts', async () => {
    const plain = await packFiles({ 'main.js': 'self.x = 1;\nexport {};' });
    const styled = await packFiles({
      'main.js': "import './a.css'; import './b.css';\nself.x = 1;\nexport {};",
      'a.css': '.a { color: red }',
      'b.css': '@import "./c.css"; .b { color: red }',
      'c.css': '.c { background: url(c.png) }',
      'c.png': png(1),
    });
    // What stands for the file changes with it.
    expect(styled.styles['main.css']).to.match(
      /^\.a \{ color: red \}\n\.c \{ background: url\("assets\/c\.png"\) \}\n \.b \{ color: red \}\n\/\*! [\w-]{8} \*\/\n$/,
    );
    expect(Object.keys(styled.bundles)).to.deep.equal(Object.keys(plain.bundles));
    // What is left of the two imports is two semicolons.
    const less = (text: string | undefined): string => (text ?? '').replace(/; ;|;/g, '').replace(/\s+/g, '');
    expect(less(styled.bundles['main.js'])).to.equal(less(plain.bundles['main.js']));
    expect(Object.keys(styled.assets)).to.deep.equal(['assets/c.png']);
    expect(styled.scripts['main.head.html']).to.equal('<link rel="stylesheet" href="/main.css" />\n');
    expect(plain.scripts['main.head.html']).to.equal(undefined);
    expect(styled.metadata.minimal).to.equal(true);
  });

  for (const condition of ['screen', 'supports(color: red)', 'layer', 'layer(x)', 'layer(x) screen'])
    it(`may import each other under conditions: ${condition}`, async () => {
      const { styles } = await packFiles({
        'main.js': "import './a.css';",
        'a.css': `@import "./b.css" ${condition}; .a { color: red }`,
        'b.css': `@import "./a.css" ${condition}; .b { color: red }`,
      });
      expect(styles['main.css']?.endsWith('}\n .a { color: red }\n')).to.equal(true);
      expect(styles['main.css']).to.include(' .b { color: red }');
    }).timeout(20_000);

  it('keep layers of the same name apart that are nested, and layers without names of files of the same name', async () => {
    const deep = (count: number): string => `@import "./${count}.css" layer(a); .x${count} { color: red }`;
    const nested = Object.fromEntries(
      Array.from({ length: 5 }, (_, count) => [`${count}.css`, deep(count + 1)]),
    );
    const { styles } = await packFiles({
      'main.js': "import './a/dist/css/index.css'; import './0.css';",
      'a/dist/css/index.css': '@import "../../../b/dist/css/index.css" layer;',
      'b/dist/css/index.css': '@import "../../../c/dist/css/index.css" layer; .b { color: red }',
      'c/dist/css/index.css': '.c { color: red }',
      ...nested,
      '5.css': '.x6 { color: red }',
    });
    const text = (styles['main.css'] as string).replace(/\s+/g, '');
    expect(text).to.match(/@layer[\w-]+\{@layer[\w-]+\{\.c\{/);
    expect(text)
      .to.include(`${'@layera{'.repeat(5)}.x6{`)
      .and.include(`}${'@layera{'.repeat(4)}.x5{`);
  });

  it('load no script with what only other pages ask scripts for', async () => {
    const { bundles, metadata, scripts } = await packFiles({
      'main.js': "import('./b.css'); import names from './c.module.css'; self.x = names.x;",
      'page.css': '@import "./b.css"; @import "./c.module.css"; .page { color: red }',
      'b.css': '.b { color: red }',
      'c.module.css': '.x { color: red }',
    });
    expect(Object.keys(bundles)).to.include('b.js');
    expect(metadata.entries.page?.filter((name) => name.endsWith('.js'))).to.deep.equal([]);
    expect(metadata.minimal).to.equal(true);
    expect(scripts['page.html']).to.equal(undefined);
    expect(scripts['page.head.html']?.match(/<link /g)).to.have.lengthOf.above(0);
  });

  it('have a head where they are entries without any rules, for what includes it', async () => {
    const { styles, scripts } = await packFiles({
      'main.js': 'self.x = 1;',
      'page.css': '/* nothing yet */',
    });
    expect(styles).to.deep.equal({});
    expect(scripts).to.include.keys('main.html').and.include({ 'page.head.html': '', 'main.head.html': '' });
    expect(scripts).to.not.include.keys('page.html');
  });

  it('need no runtime and no bundle beside CommonJS', async () => {
    const { bundles, visit } = await packFiles({
      'main.js': "require('./a.css')\nrequire( './a.css' )\nself.x = require('./b.css'); require('./sub');",
      'page2.js': "require('./a.css'); require(`./c.css`);",
      'sub.js': "require('./c.css');",
      'a.css': '.a { background: url(a.png) }',
      'b.css': '',
      'c.css': '.c {}',
      'a.png': png(1),
    });
    expect(Object.keys(bundles)).to.deep.equal(['main.js', 'page2.js']);
    expect((bundles['main.js'] as string).length).to.be.lessThan(400);
    const { page, errors } = await visit('main', 'page2');
    expect([page.x, errors]).to.deep.equal([{}, []]);
  });

  it('are an empty object where they are asked for in other ways', async () => {
    const { visit } = await packFiles({
      'main.js': `const r = module.require('./a.css'); function own() { const Object = null; return require('./b.css'); }
        import('./c.css').then((found) => { self.late = found.default; });
        self.x = [r, own()];`,
      'a.css': '',
      'b.css': '.b {}',
      'c.css': '.c {}',
    });
    const opened = await visit('main');
    await opened.settle();
    expect([opened.page.x, opened.page.late]).to.deep.equal([[{}, {}], {}]);
  });

  it('of one page stand as modules that run ask for them, whatever they are called', async () => {
    for (const name of ['left', 'zleft']) {
      const { styles } = await packFiles({
        'main.js': `self.a = () => import('./right.js'); self.b = () => import('./${name}.js');`,
        'right.js': "import './last.css'; import './shared.css';",
        [`${name}.js`]: "import './shared.css'; import './last.css';",
        'last.css': '.last {}',
        'shared.css': '.shared {}',
      });
      expect(Object.values(styles)).to.deep.equal(['.last {}\n.shared {}\n']);
    }
  });

  it('have other names where the files that they name have other contents', async () => {
    const names = [];
    for (const contents of [png(1), png(2)]) {
      const project = new Project({ 'main.css': '.a { background: url(a.png) }', 'a.png': contents });
      const stream = hush(dynapack({ root: project.directory }));
      stream.end(project.path('main.css'));
      const minified = stream.pipe(stream.minify()).pipe(rev()).pipe(revRewrite());
      names.push(...Object.keys((await finish(stream, undefined, minified)).styles));
    }
    expect(new Set(names).size).to.equal(2);
  });

  it('are shared, and named after what they are for', async () => {
    const packed = await packFiles({
      'main.js': "import './base.css'; import './own.css'; import('./menu.js');",
      'page2.js': "import './base.css'; import './two.css'; import('./menu.js');",
      'menu.js': "import './menu.css'; import './base.css';",
      ...Object.fromEntries(['base', 'own', 'two', 'menu'].map((name) => [`${name}.css`, `.${name} {}`])),
    });
    expect(packed.styles).to.deep.equal({
      'main.css': '.own {}\n',
      'page2.css': '.two {}\n',
      'menu.css': '.menu {}\n',
      'shared-base.css': '.base {}\n',
    });
    expect(packed.metadata.entries.main).to.include.members(['main.css', 'shared-base.css']);
    const config = configOf(packed);
    const names = config.b.map(([, served]: string[]) => served);
    expect(names.slice(config.y)).to.deep.equal(['menu.css', 'shared-base.css', 'main.css']);
  });

  it('may be entries, beside a script of the same name', async () => {
    const packed = await packFiles({
      'main.js': "import './main.css';",
      'main.css': '@import "./base.css"; .main {}',
      'page.css': '@import "./base.css"; .page {}',
      'base.css': '.base {}',
    });
    expect(Object.keys(packed.metadata.entries)).to.deep.equal(['main', 'main.css', 'page']);
    expect(packed.scripts['page.head.html']).to.match(/shared-base\.css.*\n.*page\.css/);
    expect(packed.scripts['page.html']).to.equal(undefined);
    expect(packed.scripts['main.html']).to.include('main.js');
    const { entries } = JSON.parse(packed.scripts['manifest.json'] as string);
    expect(entries.page.scripts).to.deep.equal([]);
    expect(entries.page.styles.map(({ url }: { url: string }) => url)).to.deep.equal([
      '/shared-base.css',
      '/page.css',
    ]);
  });

  it('are found as files, then in packages, whatever these say of side effects', async () => {
    const { styles } = await packFiles({
      'main.js': "import 'lib'; import 'lib/theme.css';",
      'main.css': '@import "own.css"; @import "lib"; @import "~lib/theme.css"; @import "lib/theme";',
      'own.css': '.own {}',
      'node_modules/lib/package.json': {
        name: 'lib',
        main: 'index.js',
        style: 'dist.css',
        sideEffects: false,
      },
      'node_modules/lib/index.js': "import './inner.css'; export const x = 1;",
      'node_modules/lib/dist.css': '.dist {}',
      'node_modules/lib/theme.css': '.theme {}',
      'node_modules/lib/inner.css': '.inner {}',
    });
    const all = Object.values(styles).join('');
    expect(all.match(/\.\w+ \{/g)?.sort()).to.deep.equal(['.dist {', '.own {', '.theme {']);
  });

  it('become styles in transforms, as Sass and PostCSS do', async () => {
    const project = new Project({
      'main.js': "import './a.scss'; import s from './b.module.scss'; self.x = s.b;",
      'a.scss': '$c: red; .a { color: $c }',
      'b.module.scss': '$c: blue; .b { color: $c }',
    });
    const stream = hush(dynapack({ root: project.directory }));
    const seen: string[] = [];
    const transform = objectTransform(async (file: File) => {
      seen.push(file.relative);
      if (file.extname !== '.scss') return file;
      const text = String(file.contents);
      const [, value = ''] = /\$c: (\w+);/.exec(text) ?? [];
      file.contents = Buffer.from(text.replace(/\$c: \w+; /, '').replace('$c', value));
      file.extname = '.css';
      return file;
    });
    stream.deps().pipe(transform).pipe(stream.mods());
    stream.end(project.path('main.js'));
    const packed = await finish(stream);
    expect(seen.sort()).to.deep.equal(['a.scss', 'b.module.scss', 'main.js']);
    const [, name] = /\.(b_[\w-]+) \{\s*color: #?\w+;?\s*\}/.exec(packed.styles['main.css'] as string) ?? [];
    expect(packed.styles['main.css']).to.include('.a { color: red }');
    expect((await packed.visit('main')).page.x).to.equal(name);
  });

  it('may be Files that a transform adds, as compilers of components do', async () => {
    const project = new Project({ 'main.js': "import './App.vue';", 'App.vue': 'self.app = 1;' });
    const stream = hush(dynapack({ root: project.directory }));
    const transform = objectTransform(async function* (source: AsyncIterable<File>) {
      for await (const file of source) {
        if (file.extname !== '.vue') {
          yield file;
          continue;
        }
        const { cwd, base } = file;
        yield new File({ cwd, base, path: `${file.path}.css`, contents: Buffer.from('.app {}') });
        file.contents = Buffer.from(`import './App.vue.css';\n${file.contents}`);
        file.extname = '.js';
        yield file;
      }
    });
    stream.deps().pipe(transform).pipe(stream.mods());
    stream.end(project.path('main.js'));
    const packed = await finish(stream);
    expect(packed.styles).to.deep.equal({ 'main.css': '.app {}\n' });
  });

  it('that lightningcss cannot read stay as they are when the others are minified, and are told of', async () => {
    const files = {
      'main.js': "import './a.css'; import './b.css';",
      'a.css': '@import "./c.css";\n.a { color: red }\n.a { broken }\n',
      'b.css': '.b { color: blue }',
      'c.css': '.c { color: green }',
    };
    const project = new Project(files);
    const warnings: dynapack.WarningEvent[] = [];
    const stream = dynapack({ root: project.directory }).on('warning', (each) => warnings.push(each));
    stream.end(project.path('main.js'));
    const { styles } = await finish(stream, undefined, stream.pipe(stream.minify()));
    for (const text of ['.c{color:green}', '.a { broken }', '.b{color:#00f}'])
      expect(styles['main.css']).to.include(text);
    expect(warnings.map(({ code, path, lineNumber }) => [code, path, lineNumber])).to.deep.equal([
      ['UNREAD_STYLE', project.path('a.css'), 3],
    ]);
  });
  it('have maps, minified, too', async () => {
    const files = {
      'main.js': "import './a.css'; import './b.module.css';",
      'a.css': '@import "./c.css" screen;\n\n.a {\n  color: red;\n}\n',
      'b.module.css': '\n\n.b { color: blue }',
      'c.css': '.c {\n  background: url(c.png); margin: 0 }',
      'c.png': png(1),
    };
    for (const isMinified of [false, true]) {
      const project = new Project(files);
      const packed = await pack(
        [project.path('main.js')],
        { root: project.directory, sourcemaps: true },
        (stream) => (isMinified ? stream.pipe(stream.minify()) : stream),
      );
      const file = packed.files.find(({ relative }) => relative === 'main.css') as File;
      const { TraceMap, originalPositionFor } = await import('@jridgewell/trace-mapping');
      const map = new TraceMap(file.sourceMap as never);
      const lines = String(file.contents).split('\n');
      const placeOf = (text: string) => {
        const line = lines.findIndex((each) => each.includes(text));
        const { source, line: original } = originalPositionFor(map, {
          line: line + 1,
          column: (lines[line] as string).indexOf(text),
        });
        return [source, original];
      };
      expect(placeOf('.a')).to.deep.equal(['a.css', 3]);
      expect(placeOf('.b_')).to.deep.equal(['b.module.css', 3]);
      expect(placeOf('.c')).to.deep.equal(['c.css', 1]);
      if (!isMinified) expect(placeOf('margin')).to.deep.equal(['c.css', 2]);
    }
  });

  it('hold the names of files as plugins have renamed them', async () => {
    const project = new Project({
      'page/main.js': "import './a.css'; import logo from './logo.png'; self.x = logo;",
      'page/a.css': '.a { background: url(logo.png) } .b { background: url("../img/other.png?v#x") }',
      'page/logo.png': png(1),
      'img/other.png': png(2),
    });
    const stream = hush(dynapack({ root: project.directory }));
    stream.end(project.path('page/main.js'));
    const packed = await finish(stream, undefined, stream.pipe(rev()).pipe(revRewrite()));
    const [name, text] = Object.entries(packed.styles)[0] as [string, string];
    expect(name).to.match(/^main-[\da-f]{10}\.css$/);
    const urls = [...text.matchAll(/url\("(.*?)"\)/g)].map(([, url]) => url);
    expect(urls[0]).to.match(/^assets\/page\/logo-[\da-f]{10}\.png$/);
    expect(urls[1]).to.match(/^assets\/img\/other-[\da-f]{10}\.png\?v#x$/);
    for (const url of urls)
      expect(Object.keys(packed.assets)).to.include((url as string).replace(/[?#].*/, ''));
    expect(packed.scripts['main.head.html']).to.include(`href="/${name}"`);
  });

  it('that hold the old name of a file fail scripts(), with the cure', async () => {
    const project = new Project({
      'main.js': "import './a.css';",
      'a.css': '.a { background: url(logo.png) }',
      'logo.png': png(1),
    });
    const stream = hush(dynapack({ root: project.directory }));
    stream.end(project.path('main.js'));
    const error = await failure(finish(stream, undefined, stream.pipe(rev())));
    expect(error.code).to.equal('STYLE_NOT_REWRITTEN');
    expect(error.message).to.match(/'main\.css' still names 'assets\/logo\.png', .* 'assets\/logo-\w+\.png'/);
    expect(error.hint).to.include('gulp-rev-rewrite');
  });

  it('that hold the old name of a file fail scripts(), also where the new name is a part of it', async () => {
    const project = new Project({
      'main.js': "import './a.css';",
      'a.css': '.a { background: url(logo.png) }',
      'logo.png': png(1),
    });
    const stream = hush(dynapack({ root: project.directory }));
    stream.end(project.path('main.js'));
    const flatten = objectTransform(async (file: File) => Object.assign(file, { dirname: file.base })); // as gulp-flatten does
    const error = await failure(finish(stream, undefined, stream.pipe(flatten)));
    expect(error.code).to.equal('STYLE_NOT_REWRITTEN');
    expect(error.message).to.match(/'main\.css' still names 'assets\/logo\.png', .* 'logo\.png'/);
  });

  it('that contradict each other on one page give a warning with both chains', async () => {
    const project = new Project({
      'main.js': "import './a.css'; import './b.css'; import('./late.js');",
      'other.js': "import './b.css'; import './a.css';",
      'late.js': "import './deep.js'; import './a.css';",
      'deep.js': "import './b.css';",
      'a.css': '.a {}',
      'b.css': '.b {}',
    });
    const warnings: Warning[] = [];
    const stream = dynapack({ root: project.directory });
    stream.on('warning', (warning) => warnings.push(warning));
    stream.write(project.path('main.js'));
    stream.end(project.path('other.js'));
    const packed = await finish(stream);
    expect(warnings.map(({ code, path }) => [code, path])).to.deep.equal([
      ['STYLE_ORDER', project.path('late.js')],
    ]);
    const [{ message }] = warnings as [Warning];
    expect(message).to.include('late.js → deep.js → b.css, then late.js → a.css');
    expect(message).to.include('main.js → a.css, then main.js → b.css');
    expect(message).not.to.include('the same two');
    // Pages that never meet have each their own.
    expect(packed.scripts['main.head.html']).to.match(/a\.css.*\n.*b\.css/);
    expect(packed.scripts['other.head.html']).to.match(/b\.css.*\n.*a\.css/);
  });
});

describe('styles that contradict each other in many pairs', () => {
  it('give one warning for each two that have them, and tell of what is left when one pair is mended', async () => {
    const project = new Project({
      'main.js':
        "import './a.css'; import './b.css'; import './c.css'; import './d.css'; import('./late.js'); import('./later.js');",
      'late.js': "import './d.css'; import './c.css'; import './b.css'; import './a.css';",
      'later.js': "import './b.css'; import './a.css';",
      ...Object.fromEntries([...'abcd'].map((name) => [`${name}.css`, `.${name} {}`])),
    });
    const cache = dynapack.cache();
    const warningsOf = async (): Promise<Warning[]> => {
      const warnings: Warning[] = [];
      const stream = dynapack({ root: project.directory, cache });
      stream.on('warning', (warning) => warnings.push(warning));
      stream.end(project.path('main.js'));
      await finish(stream);
      return warnings;
    };
    const [late, ...others] = await warningsOf();
    expect(late?.path).to.equal(project.path('late.js'));
    expect(late?.message).to.match(
      /; the same two have '\w\.css' behind '\w\.css', '\w\.css' behind '\w\.css', '\w\.css' behind '\w\.css' and 2 more$/,
    );
    expect(others).to.deep.equal([]);
    project.write({ 'late.js': "import './c.css'; import './b.css';" });
    const left = await warningsOf();
    expect(left.map(({ path }) => path)).to.deep.equal([project.path('late.js'), project.path('later.js')]);
  });
});

describe('CSS modules', () => {
  it('export their names, which follow from where they are alone', async () => {
    const files = (color: string): ProjectFiles => ({
      'main.js': `import styles, { title as t } from './a.module.css'; import * as all from './a.module.css';
        const required = require('./a.module.css');
        self.x = [styles.title, t, all.title, all.default.title, required.title, styles['two-words'], styles.none, Object.keys(styles)];`,
      'a.module.css': `.title { composes: big from './b.module.css'; composes: low; color: ${color} } .low, .two-words { margin: 0 } :global(.plain) { margin: 1px }`,
      'b.module.css': '.big { composes: base; font-size: 2em } .base { margin: 2px }',
    });
    const [first, second] = await Promise.all([packFiles(files('red')), packFiles(files('blue'))]);
    const { x } = (await first.visit('main')).page;
    const [title, low] = x[0].split(' ');
    expect(title).to.match(/^title_[\w-]{5}$/);
    expect(x[0].split(' ').map((name: string) => name.replace(/_[\w-]{5}$/, ''))).to.have.members([
      'title',
      'big',
      'base',
      'low',
    ]);
    expect(new Set(x.slice(0, 5))).to.deep.equal(new Set([x[0]]));
    expect([x[5].replace(/_.*/, ''), x[6], x[7]]).to.deep.equal([
      'two-words',
      undefined,
      ['low', 'title', 'two-words'],
    ]);
    const text = Object.values(first.styles).join('');
    expect(text.indexOf('.big_')).to.be.lessThan(text.indexOf('.title_'));
    expect(text).to.include(`.${title} `).and.include('.plain ').and.not.include('composes');
    expect(low).to.be.a('string');
    expect((await second.visit('main')).page.x).to.deep.equal(x);
    expect(second.bundles).to.deep.equal(first.bundles);
  });

  it('are told of names that they do not have', async () => {
    const style = { 'a.module.css': '.title {}', 'plain.css': '.plain {}' };
    const codeOf = async (files: ProjectFiles) => {
      const { code, message, lineNumber, hint } = await failure(packFiles({ ...style, ...files }));
      return { code, message, lineNumber, hint };
    };
    const named = await codeOf({ 'main.js': "\nimport { titel } from './a.module.css'; self.x = titel;" });
    expect(named.code).to.equal('NO_EXPORT');
    expect([named.lineNumber, named.hint]).to.deep.equal([
      2,
      'Did you mean \'title\'? It exports default, title. If it is a type, import it with "import type".',
    ]);
    for (const form of ['x', '{ x }', '* as x']) {
      const plain = await codeOf({ 'main.js': `import ${form} from './plain.css'; self.x = x;` });
      expect([plain.code, plain.message]).to.deep.equal([
        'NO_EXPORT',
        "the style './plain.css' exports nothing",
      ]);
      expect(plain.hint).to.include('x.module.css');
    }
    const composed = await codeOf({
      'main.js': "import './b.module.css';",
      'b.module.css': ".b { composes: titel from './a.module.css' }",
    });
    expect([composed.code, composed.message]).to.deep.equal([
      'NO_EXPORT',
      "'./a.module.css' has no export 'titel'",
    ]);
    const broken = await codeOf({
      'main.js': "import './b.module.css';",
      'b.module.css': '.a {}\n.b { color: red }\n.c { @@ }}',
    });
    expect([broken.code, broken.lineNumber]).to.deep.equal(['SYNTAX_ERROR', 3]);
  });
});

describe('styles that are wrong', () => {
  const failing = async (files: ProjectFiles): Promise<[string | undefined, number | undefined, string]> => {
    const { code, lineNumber, message } = await failure(packFiles(files));
    return [code, lineNumber, message];
  };

  it('fail the build, with file and line', async () => {
    expect(await failing({ 'main.js': "\nimport './none.css';" })).to.include.members([
      'MODULE_NOT_FOUND',
      2,
    ]);
    expect(await failing({ 'main.css': '\n@import "./none.css";' })).to.include.members([
      'MODULE_NOT_FOUND',
      2,
    ]);
    expect(await failing({ 'main.css': '\n\n.a { background: url(none.png) }' })).to.include.members([
      'MODULE_NOT_FOUND',
      3,
    ]);
    expect(await failing({ 'main.css': '@import "./a.js";', 'a.js': '' })).to.include.members([
      'NO_STYLE',
      1,
    ]);
    expect((await failing({ 'main.js': "import './a.scss';", 'a.scss': '' }))[0]).to.equal('NOT_JAVASCRIPT');
  });

  it('leave to the browser what options leave out', async () => {
    const { styles } = await packFiles(
      { 'main.css': '@import "./gone.css"; .a { background: url(none.png) }' },
      { resolve: { alias: { './none.png': false, './gone.css': false } } },
    );
    expect(styles['main.css']).to.include('url(none.png)').and.not.include('gone');
  });

  it('are warned of where browsers ignore imports', async () => {
    const project = new Project({ 'main.css': '.a {}\n@import "./b.css";', 'b.css': '.b {}' });
    const warnings: Warning[] = [];
    const stream = dynapack({ root: project.directory });
    stream.on('warning', (warning) => warnings.push(warning));
    stream.end(project.path('main.css'));
    await finish(stream);
    expect(warnings.map(({ code, lineNumber }) => [code, lineNumber])).to.deep.equal([['LATE_IMPORT', 2]]);
  });
});

describe('styles from build to build', () => {
  const files: ProjectFiles = {
    'main.js':
      "import './a.css'; import './b.css'; import m from './c.module.css'; self.x = m; import('./late.js');",
    'late.js': "import './late.css';",
    'a.css': '@import "./d.css"; .a { background: url(a.png) }',
    'b.css': '.b {}',
    'c.module.css': '.c { composes: d from "./d.module.css" }',
    'd.css': '.d {}',
    'd.module.css': '.d {}',
    'late.css': '.late {}',
    'a.png': png(1),
  };

  function workspace(options: dynapack.Options, plugins?: Task['plugins']) {
    const project = new Project(files);
    const task: Task = { entries: ['main.js'], output: 'out', options, ...(plugins && { plugins }) };
    return {
      project,
      task,
      build: () => runTask(project, task),
      read: (name: string): string => readFileSync(join(project.directory, 'out', name), 'utf8'),
    };
  }

  it('come out alone when they are edited', async () => {
    const { project, build, read } = workspace({ cache: dynapack.cache() });
    await build();
    // Of what scripts() gives, one File shows where they go.
    const outputs = async (): Promise<string[]> =>
      (await build()).filter((name) => /\.(?:js|css|png)$/.test(name));
    project.write({ 'b.css': '.b { color: red }' });
    expect(await outputs()).to.deep.equal(['main.css']);
    expect(read('main.css')).to.include('.b { color: red }');
    project.write({ 'late.css': '.late { color: blue }' });
    expect(await outputs()).to.deep.equal(['late.css']);
    project.write({ 'c.module.css': '.c { composes: d from "./d.module.css"; color: red }' });
    expect(await outputs()).to.deep.equal(['main.css']);
  });

  it('are what a clean build makes, after edits of every kind', async () => {
    const { project, task, build } = workspace({ cache: dynapack.cache() });
    await build();
    const steps: (() => void)[] = [
      () => project.write({ 'a.css': '.a {}' }),
      () =>
        project.write({
          'a.css':
            '@layer x; @import "./d.css" screen; @import url(https://a.test/x.css); .a { background: url(a.png) }',
        }),
      () => project.write({ 'c.module.css': '.c, .e { margin: 0 }' }),
      () => project.write({ 'main.js': "import './b.css'; import './a.css'; import('./late.js');" }),
      () =>
        project.write({
          'late.js': "import './a.css'; import './late.css'; import s from './c.module.css'; self.x = s;",
        }),
      () => project.write({ 'b.css': '@import "./b.css"; .b { background: url("a.png") }' }),
      () => project.write({ 'a.png': png(7) }),
      () => project.write({ 'b.css': '' }),
      () => project.write({ 'late.js': '' }),
    ];
    for (const step of steps) {
      step();
      await build();
      const clean = await runClean(project, task);
      const { directory } = project;
      const now = readFiles(join(directory, 'out'));
      for (const [name, text] of Object.entries(clean))
        expect(now[name.replace(/^out\//, '')], name).to.equal(text);
    }
  });

  it('are looked at again when names that they take over change', async () => {
    const { project, build } = workspace({ cache: dynapack.cache() });
    await build();
    project.write({ 'c.module.css': '.c { composes: e from "./d.module.css" }' });
    expect((await failure(build())).code).to.equal('NO_EXPORT');
    project.write({ 'd.module.css': '.e {}' });
    await build();
    project.write({ 'd.module.css': '.d {}' });
    expect((await failure(build())).code).to.equal('NO_EXPORT');
  });

  it('are kept on disk', async () => {
    const { project, build, read } = workspace({});
    const cached = (): Promise<string[]> =>
      runTask(project, {
        entries: ['main.js'],
        output: 'out',
        options: { cache: dynapack.cache(project.path('cache')) },
      });
    await build();
    await cached();
    const before = read('main.css');
    rmSync(project.path('out'), { recursive: true });
    expect(await cached()).to.include('main.css');
    expect(read('main.css')).to.equal(before);
    project.write({ 'd.module.css': '.d { color: red }' });
    await cached();
    expect(read('main.css')).to.include('color: red');
  });

  it('are what they were in a later process: CSS modules in reports', async () => {
    const project = new Project({
      'main.js': "import { a } from './a.module.css'; import './other.js'; self.a = a;",
      'a.module.css': '.a { color: red }\n\n.b { margin: 0px }',
      'other.js': '',
      'cache/place': '',
    });
    const sizes = async (cache?: dynapack.Cache) => {
      const stream = hush(dynapack({ root: project.directory, ...(cache && { cache }) }));
      const report = stream.pipe(stream.report({ json: true, compress: false }));
      stream.end(project.path('main.js'));
      for await (const file of report)
        if (file.relative === 'report.json') return JSON.parse(String(file.contents)).modules;
    };
    // Files are known by their times, and not before clocks have ticked.
    await sleep(2100);
    await sizes(dynapack.cache(project.path('cache')));
    await sleep(500);
    project.write({ 'other.js': 'self.other = 1;' });
    expect(await sizes(dynapack.cache(project.path('cache')))).to.deep.equal(await sizes());
  }).timeout(20_000);

  it('are made again when files change that transforms have read besides', async () => {
    const cache = dynapack.cache();
    const { project, task, read } = workspace({ cache });
    const made: string[] = [];
    project.write({ 'b.css': '.b { color: $color }', '_colors.css': 'red' });
    const listed: string[][] = [];
    task.splice = (stream) => {
      const transform = objectTransform(async (file: File) => {
        if (!file.path.endsWith('b.css')) return file;
        made.push(file.relative);
        const path = project.path('_colors.css');
        file.contents = Buffer.from(String(file.contents).replace('$color', readFileSync(path, 'utf8')));
        return Object.assign(file, { dependencies: [path] });
      });
      stream.deps().pipe(transform).pipe(stream.mods());
      stream.on('bundled', () => listed.push(stream.files()));
    };
    const build = () => runTask(project, task);
    await build();
    expect(read('main.css')).to.include('.b { color: red }');
    await build();
    expect(made.length).to.be.within(1, 2);
    for (const color of ['blue', 'green']) {
      project.write({ '_colors.css': color });
      await build();
      expect(read('main.css')).to.include(`.b { color: ${color} }`);
    }
    for (const files of listed) expect(files).to.include(project.path('_colors.css'));
  });

  it('pass transforms again where these may have read files and tell of none, as gulp plugins do', async () => {
    const cache = dynapack.cache();
    const { project, task, read } = workspace({ cache });
    project.write({ 'b.css': '@use "colors"; .b { color: $color }', '_colors.css': 'red' });
    // Files are known by their times, and not before clocks have ticked.
    await sleep(2100);
    const made: string[] = [];
    let dependencies: string[] | undefined;
    task.splice = (stream) => {
      const transform = objectTransform(async (file: File) => {
        if (!file.path.endsWith('b.css')) return file;
        made.push(file.relative);
        const color = readFileSync(project.path('_colors.css'), 'utf8');
        const text = String(file.contents).replace('$color', color).replace('@use "colors";', '');
        return Object.assign(file, { contents: Buffer.from(text), dependencies });
      });
      stream.deps().pipe(transform).pipe(stream.mods());
    };
    const build = () => runTask(project, task);
    await build();
    for (const color of ['blue', 'green']) {
      project.write({ '_colors.css': color });
      await build();
      expect(read('main.css')).to.include(`.b { color: ${color} }`);
    }
    expect(made.length).to.equal(3);
    // One that tells is believed.
    dependencies = [];
    await build();
    await build();
    expect(made.length).to.equal(4);
  }).timeout(20_000);

  it('that transforms make of other files are made anew with these, however that is told', async () => {
    const ways = ['by nothing', 'by dependencies', 'by an edit'] as const;
    for (const way of ways) {
      const { project, task, read } = workspace({ cache: dynapack.cache() });
      const colors = project.path('_colors.css');
      project.write({ 'main.js': "import './part.vue';", 'part.vue': '@use "colors"' });
      const warnings: string[] = [];
      task.splice = (stream) => {
        const transform = objectTransform(async function* (files: AsyncIterable<File>) {
          for await (const file of files) {
            const { base, path } = file;
            if (file.extname === '.vue') {
              const contents = Buffer.from(`.b { color: ${readFileSync(colors, 'utf8')} }`);
              yield new File({ base, path: `${path}.css`, contents });
              file.contents = Buffer.from("import './part.vue.css';");
              file.extname = '.js';
              if (way === 'by dependencies') Object.assign(file, { dependencies: [colors] });
            }
            yield file;
          }
        });
        stream.deps().pipe(transform).pipe(stream.mods());
        stream.on('warning', ({ code }) => warnings.push(code));
      };
      for (const color of ['red', 'blue', 'green']) {
        project.write({ '_colors.css': color, ...(way === 'by an edit' && { 'part.vue': color }) });
        await runTask(project, task);
        expect(read('main.css')).to.include(`.b { color: ${color} }`);
      }
      expect(warnings).to.deep.equal([]);
    }
  });

  it('are made again when such a file comes again with its directory, the system telling', async () => {
    const cache = dynapack.cache();
    cache.on('change', () => undefined);
    const { project, task, read } = workspace({ cache });
    const path = project.path('theme/colors.txt');
    project.write({ 'b.css': '.b { color: $color }', 'theme/colors.txt': 'red' });
    task.splice = (stream) => {
      const transform = objectTransform(async (file: File) => {
        if (!file.path.endsWith('b.css')) return file;
        const color = existsSync(path) ? readFileSync(path, 'utf8') : 'black';
        file.contents = Buffer.from(String(file.contents).replace('$color', color));
        return Object.assign(file, { dependencies: [path] });
      });
      stream.deps().pipe(transform).pipe(stream.mods());
    };
    for (const color of ['red', 'black', 'blue', 'black', 'green']) {
      if (color === 'black') rmSync(project.path('theme'), { recursive: true });
      else project.write({ 'theme/colors.txt': color });
      await runTask(project, task);
      expect(read('main.css')).to.include(`.b { color: ${color} }`);
    }
  });

  it('go with their files through plugins that rename these', async () => {
    const plugins = (): Duplex[] => [rev(), revRewrite()];
    const { project, build, read } = workspace({ cache: dynapack.cache() }, plugins);
    await build();
    const styleIn = (): string => {
      const [, name] = /href="\/(main-\w+\.css)"/.exec(read('main.head.html')) as unknown as [string, string];
      return read(name);
    };
    const urlIn = (): string => /url\("?(.*?)"?\)/.exec(styleIn())?.[1] as string;
    const first = urlIn();
    project.write({ 'b.css': '.b { color: red }' });
    await build();
    expect(urlIn()).to.equal(first);
    expect(styleIn()).to.include('.b { color: red }');
    project.write({ 'a.png': png(9) });
    await build();
    expect(urlIn()).to.not.equal(first);
    expect(readFileSync(project.path(`out/${urlIn()}`)).equals(png(9))).to.equal(true);
  });
});
