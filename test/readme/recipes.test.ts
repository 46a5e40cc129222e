/** Recipes of the README and of the pages in docs, run as they stand there. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { png } from '../assets/files';
import { BLOCKS, PAGES, recipesOn } from '../docs/documents';
import { CHROMIUM } from '../helpers/engines';
import { gulp, saveUntil } from '../helpers/process';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { startSite } from '../helpers/site';
import { visitDirectory } from '../helpers/visit';

/** Name → code, of all pages. */
const recipes = Object.fromEntries(
  BLOCKS.flatMap(({ kind, name, code }) => (kind === 'recipe' ? [[name, code]] : [])),
) as Record<string, string>;

const packages = [
  'gulp',
  'gulplog',
  'gulp-rev',
  'gulp-terser',
  'through2',
  'esbuild',
  'node-ensure',
  'dynapack',
];

const site: ProjectFiles = {
  'src/pages/home.js': "self.result = ['home', require('../lib')];",
  'src/pages/about.js': "self.result = ['about', require('../lib')];",
  'src/lib.js': "module.exports = 'lib';",
};

function project(gulpfile: string, files: ProjectFiles = site): Project {
  return new Project({ ...files, 'gulpfile.js': gulpfile }).link(...packages);
}

async function build(made: Project): Promise<void> {
  const { code, output } = await gulp(made.directory, 'scripts').finished;
  expect(code, output).to.equal(0);
}

const open = (made: Project, entry: string) =>
  visitDirectory(made.path('public/js'), readFileSync(made.path(`views/scripts/${entry}.html`), 'utf8'));

/** The minimal gulpfile with another way to make its pack or its scripts. */
const variant = (from: string, to: string): string => (recipes.minimal as string).replace(from, to.trim());

describe('recipes', () => {
  const filler = Array.from({ length: 300 }, (_, line) => `self['${(line * 7919) % 1009}'] = ${line};`).join(
    '\n',
  );

  it('are on these pages', () => {
    const found = PAGES.map(({ path }) => [path, recipesOn(path)] as const).filter(
      ([, names]) => names.length > 0,
    );
    expect(Object.fromEntries(found)).to.deep.equal({
      'README.md': ['minimal'],
      'docs/backends.md': ['rename', 'express', 'eleventy', 'backend', 'tags'],
      'docs/coming-from.md': [
        'vite-gulpfile',
        'vite-main',
        'webpack-gulpfile',
        'webpack-main',
        'browserify-gulpfile',
        'browserify-main',
        'browserify-api',
        'browserify-after',
      ],
      'docs/loading.md': ['dynamic', 'turbo', 'reload'],
      'docs/modules.md': ['modules', 'names', 'globs'],
      'docs/production.md': ['minify-esbuild', 'revved', 'larger-bundles', 'budgets'],
      'docs/releases.md': ['patches', 'storage', 'lone-patches'],
      'docs/security.md': ['loader-file', 'nonce', 'hashes'],
      'docs/server.md': ['server', 'server-build', 'server-page'],
      'docs/styles-and-assets.md': ['styles', 'styles-css', 'styles-page', 'css-modules', 'assets'],
      'docs/transforms.md': ['transform', 'styles-vue', 'styles-svelte', 'styles-transform', 'transform-any'],
      'docs/watch.md': ['watch', 'live-reload', 'event-stream', 'watch-changes', 'timing'],
      'docs/workers.md': ['workers', 'standalone', 'library'],
    });
  });

  it('minimal: each page runs from its snippet, lib in one bundle of its own', async () => {
    const made = project(recipes.minimal as string);
    await build(made);
    for (const entry of ['home', 'about']) {
      const visitor = await open(made, entry);
      expect(visitor.page.result).to.deep.equal([entry, 'lib']);
      expect(visitor.fetched).to.have.length(2);
    }
  });

  it('larger-bundles: pages fetch fewer files, packages stand apart, and the price is told', async () => {
    const made = project(recipes['larger-bundles'] as string, {
      'src/pages/home.js': `self.result = ['home', require('../lib'), require('kit')]; /* ${'x'.repeat(5000)} */`,
      'src/pages/about.js': "self.result = ['about', require('../lib'), require('kit')];",
      'src/lib.js': "module.exports = 'lib';",
      'node_modules/kit/index.js': "module.exports = 'kit';",
    });
    const { code, output } = await gulp(made.directory, 'scripts').finished;
    expect(code, output).to.equal(0);
    expect(output).to.match(/3 bundles, 3 without split; [\d.]+ % of the bytes come too early/);
    expect(readdirSync(made.path('public/js')).sort()).to.deep.equal([
      'about.js',
      'home.js',
      'vendor-kit-index.js',
    ]);
    for (const entry of ['home', 'about']) {
      const visitor = await open(made, entry);
      expect(visitor.page.result).to.deep.equal([entry, 'lib', 'kit']);
    }
  });

  it('dynamic: the part is fetched on a click', async () => {
    const made = project(recipes.minimal as string, {
      'src/pages/home.js': recipes.dynamic as string,
      'src/parts/map.js': 'exports.show = function () { self.shown = true; };',
    });
    await build(made);
    const visitor = await open(made, 'home');
    visitor.element('#show-map').onclick?.();
    expect(await visitor.settle()).to.deep.equal(['src-parts-map.js']);
    expect(visitor.page.shown).to.equal(true);
  });

  it('revved: the snippet points to the revved files, with integrity', async () => {
    const made = project(recipes.revved as string);
    await build(made);
    const visitor = await open(made, 'home');
    expect(visitor.page.result).to.deep.equal(['home', 'lib']);
    for (const name of visitor.fetched) expect(name).to.match(/-[0-9a-f]{10}\.js$/);
    expect(readFileSync(made.path('views/scripts/home.html'), 'utf8')).to.match(/sha384-/);
    expect(
      visitor.fetched.map((name) => readFileSync(made.path(`public/js/${name}`), 'utf8')).join(),
    ).to.not.include('module.exports');
  });

  it('minify-esbuild: pages run as before', async () => {
    const gulpfile = variant('.pipe(pack)', `.pipe(pack).pipe(${recipes['minify-esbuild']})`);
    const made = project(`const esbuild = require('esbuild');\n${gulpfile}`);
    await build(made);
    const visitor = await open(made, 'home');
    expect(visitor.page.result).to.deep.equal(['home', 'lib']);
    const [name] = visitor.fetched as [string];
    expect(readFileSync(made.path(`public/js/${name}`), 'utf8')).to.not.include('require');
  });

  it('modules: ES modules, CommonJS and JSON in one page, and a part on a click', async () => {
    const made = project(recipes.minimal as string, {
      'src/pages/home.js': recipes.modules as string,
      'src/pages/prices.json': [
        { name: 'tea', price: 3 },
        { name: 'coffee', price: 4 },
      ],
      'src/pages/parts/chart.js': 'export const draw = (prices) => { self.drawn = prices.length; };',
      'node_modules/preact/package.json': { name: 'preact', main: 'none.js', module: 'index.mjs' },
      'node_modules/preact/index.mjs':
        'export const h = (tag, _, children) => [tag, children]; export const render = (tree, place) => { place.tree = tree; };',
      'node_modules/lodash.debounce/index.js': 'module.exports = (run) => run;',
    });
    await build(made);
    const visitor = await open(made, 'home');
    const names = () => JSON.stringify(visitor.element('#prices').tree).match(/tea|coffee/g);
    expect(names()).to.deep.equal(['tea', 'coffee']);
    visitor.element('#limit').oninput?.({ target: { value: '3' } });
    expect(names()).to.deep.equal(['tea']);
    visitor.element('#chart').onclick?.();
    expect(await visitor.settle()).to.deep.equal(['src-pages-parts-chart.js']);
    expect(visitor.page.drawn).to.equal(2);
  });

  it('assets: files are where their URLs say', async () => {
    const files = {
      'logo.png': png(3),
      'photo one.jpg': png(4),
      'dot.png': png(5),
      'icon.svg': '<svg id="drawn"/>',
    };
    const made = project(recipes.minimal as string, {
      'src/pages/home.js': recipes.assets as string,
      'src/terms.html': '<p>terms',
      ...Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`src/images/${name}`, bytes])),
    });
    await build(made);
    const snippet = readFileSync(made.path('views/scripts/home.html'), 'utf8');
    const elements = '<img id="logo"><img id="photo"><i id="icon"></i><img id="dot"><a id="terms"></a>';
    const bytesOf = (path: string): Buffer => readFileSync(made.path(`public/js/${path}`));
    const paths = ['home.js', 'assets/src/images/logo.png', 'assets/src/terms.html'];
    const site = await startSite({
      '/': `<!doctype html><meta charset="utf-8">${elements}${snippet}`,
      ...Object.fromEntries(paths.map((path) => [`/js/${path}`, { body: bytesOf(path) }])),
      '/js/assets/src/images/photo%20one.jpg': { body: bytesOf('assets/src/images/photo one.jpg') },
    });
    const { open: openTab, leave } = await CHROMIUM.visitor();
    const tab = await openTab(site.url);
    const widths = "['logo', 'photo', 'dot'].map((id) => document.getElementById(id).naturalWidth)";
    expect(await tab.evaluate(widths)).to.deep.equal([3, 4, 5]);
    expect(await tab.evaluate("document.querySelector('#icon').firstChild.id")).to.equal('drawn');
    expect(await tab.evaluate('fetch(terms.href).then((answer) => answer.text())')).to.equal('<p>terms');
    await leave();
    await site.close();
  });

  it('workers: start, and answer', async () => {
    const made = project(recipes.minimal as string, {
      'src/pages/home.js': `${recipes.workers}\nself.counter = new Counter({ name: 'again' });`,
      'src/workers/search.js':
        "import { words } from '../words.js';\nonmessage = ({ data }) => postMessage(words.filter((word) => word.includes(data)));",
      'src/workers/count.js':
        'onmessage = ({ data }) => postMessage(`${self.name}: ${data.trim().split(/\\s+/).length}`);',
      'src/words.js': "export const words = ['leek', 'beet', 'bean'];",
    });
    await build(made);
    const served = await startSite({
      '/': `<!doctype html><body>one two <input id="query"><p id="found"></p>${readFileSync(made.path('views/scripts/home.html'), 'utf8')}</body>`,
    });
    for (const name of readdirSync(made.path('public/js')))
      served.set(`/js/${name}`, readFileSync(made.path(`public/js/${name}`), 'utf8'));
    const guest = await CHROMIUM.visitor();
    const tab = await guest.open(`${served.url}/`);
    await tab.until('self.counter');
    await tab.evaluate(
      "const field = document.querySelector('#query'); field.value = 'be'; field.dispatchEvent(new Event('input'))",
    );
    await tab.until("document.querySelector('#found').textContent");
    expect(await tab.evaluate("document.querySelector('#found').textContent")).to.equal('beet, bean');
    expect(
      await tab.evaluate(
        "new Promise((resolve) => { counter.onmessage = ({ data }) => resolve(data); counter.postMessage(' a b c ') })",
      ),
    ).to.equal('again: 3');
    await guest.leave();
    await served.close();
  });

  it('backend: the script that the manifest names starts the page', async () => {
    const made = project(recipes.backend as string);
    await build(made);
    const read = (path: string): string => readFileSync(made.path(`public/build/${path}`), 'utf8');
    const { file } = JSON.parse(read('.vite/manifest.json'))['src/pages/home.js'];
    const names = readdirSync(made.path('public/build')).filter((name) => name.endsWith('.js'));
    const site = await startSite({
      '/': `<!doctype html><meta charset="utf-8"><script type="module" src="/build/${file}"></script>`,
      ...Object.fromEntries([...names, file].map((name) => [`/build/${name}`, read(name)])),
    });
    const { open: openTab, leave } = await CHROMIUM.visitor();
    const tab = await openTab(site.url);
    await tab.until('self.result');
    expect(await tab.evaluate('result')).to.deep.equal(['home', 'lib']);
    await leave();
    await site.close();
  });

  it('rename: snippets are templates, and nothing else has another name', async () => {
    const gulpfile = variant('pack.scripts()', "pack.scripts({ nonce: '<%= nonce %>' })")
      .replace("prefix: '/js/'", "prefix: '/js/', updates: 'worker'")
      .replace(".pipe(dest('views/scripts'))", '.pipe(templates())$&')
      .replace('\n\n', () => `\n${recipes.rename}\n`);
    const made = project(gulpfile, {
      ...site,
      'src/home.css': 'p { margin: 0 }',
      'src/lib.js': "require('./home.css');",
    }).link('gulp-rename');
    await build(made);
    expect(readdirSync(made.path('views/scripts')).sort()).to.deep.equal([
      'about.head.html.erb',
      'about.html.erb',
      'aliases.json',
      'dynapack-worker.js',
      'home.head.html.erb',
      'home.html.erb',
      'manifest.json',
    ]);
  });

  for (const [name, change] of Object.entries({
    'as they come': ['', ''],
    'with hashes': ['', 'integrity: true'],
    'with updates': [", updates: 'page'", ''],
  }))
    it(`tags: those of the manifest start the page, ${name}`, async () => {
      const [pack, scripts] = change as [string, string];
      const gulpfile = variant('pack.scripts()', `pack.scripts({ ${scripts} })`)
        .replace("prefix: '/js/'", `prefix: '/js/', loader: 'file'${pack}`)
        .replace('.pipe(pack)', pack ? "$&.pipe(pack.patches({ releases: 'releases' }))" : '$&');
      const made = project(gulpfile, {
        ...site,
        'tags.js': `${recipes.tags}\nconsole.log(tagsOf('home'));`,
        'src/pages/home.js':
          "import '../home.css'; import lib from '../lib'; import('../it\\'s.js').then(({ late }) => { self.result = [lib, late, getComputedStyle(document.body).margin]; });",
        'src/home.css': 'body { margin: 7px }',
        "src/it's.js": "export const late = 'late';",
      });
      const served = await startSite({});
      const guest = await CHROMIUM.visitor();
      try {
        for (const release of ['one', 'two']) {
          made.write({ 'src/lib.js': `${filler}\nmodule.exports = '${release}';` });
          await build(made);
          const tags = execFileSync(process.execPath, ['tags.js'], { cwd: made.directory, encoding: 'utf8' });
          for (const [path, body] of Object.entries(readFiles(made.path('public'))))
            served.set(`/${path}`, body);
          served.set('/', `<!doctype html><meta charset="utf-8">${tags}<body></body>`);
          const tab = await guest.open(`${served.url}/`);
          await tab.until('self.result');
          expect(await tab.evaluate('result')).to.deep.equal([release, 'late', '7px']);
          expect(tags.includes('integrity=')).to.equal(pack !== '' || scripts !== '');
          if (pack !== '') expect(tags.trim().split('\n')).to.have.length(release === 'one' ? 4 : 3);
        }
      } finally {
        await guest.leave();
        await served.close();
      }
    });

  it('globs: what the patterns mean is there, each file as it is asked for', async () => {
    const made = project(recipes.minimal as string, {
      'src/pages/home.js': recipes.globs as string,
      'src/widgets/clock.js': 'export const draw = () => "clock";',
      'src/widgets/other.js': 'self.other = true;',
      'src/icons/bell.svg': '<svg/>',
      'src/notes/2026/first.md': '# First',
      'src/notes/draft-second.md': '# Second',
      'src/locales/en.js': 'export default { hello: "Hello" };',
      'src/locales/de.js': 'export default { hello: "Hallo" };',
    });
    await build(made);
    const read = (name: string): string => readFileSync(made.path(`public/js/${name}`), 'utf8');
    const names = readdirSync(made.path('public/js')).filter((name) => name.endsWith('.js'));
    const site = await startSite({
      '/': `<!doctype html><html lang="de"><meta charset="utf-8">${readFileSync(made.path('views/scripts/home.html'), 'utf8')}`,
      ...Object.fromEntries(names.map((name) => [`/js/${name}`, read(name)])),
    });
    const { open: openTab, leave } = await CHROMIUM.visitor();
    const tab = await openTab(site.url);
    await tab.until('self.result');
    expect(await tab.evaluate('result')).to.deep.equal(['Hallo', 'clock', '# First', ['../icons/bell.svg']]);
    expect(site.paths().join()).to.not.match(/other|en\.js|Second/);
    expect(names.map(read).join()).to.not.include('# Second');
    await leave();
    await site.close();
  });

  it('standalone: the worker serves the page when the server is gone', async () => {
    const made = project(recipes.standalone as string, {
      'src/pages/home.js': "navigator.serviceWorker.register('/sw.js'); self.result = require('../lib');",
      'src/sw.js': `const { answer } = require('./answer');
        addEventListener('install', (event) => event.waitUntil(caches.open('1').then((cache) => cache.addAll(require('./lib')))));
        addEventListener('fetch', answer);`,
      'src/answer.js':
        'exports.answer = (event) => event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));',
      'src/lib.js': "module.exports = ['/'];",
    });
    await build(made);
    const [bundle] = readdirSync(made.path('public/js'));
    expect(bundle).to.match(/^home-[0-9a-f]{10}\.js$/);
    expect(readdirSync(made.path('public')).sort()).to.deep.equal(['js', 'sw.js']);
    const snippet = readFileSync(made.path('views/scripts/home.html'), 'utf8');
    const site = await startSite({
      '/': `<!doctype html><meta charset="utf-8">${snippet}`,
      [`/js/${bundle}`]: readFileSync(made.path(`public/js/${bundle}`), 'utf8'),
      '/sw.js': readFileSync(made.path('public/sw.js'), 'utf8'),
    });
    const { open: openTab, leave } = await CHROMIUM.visitor();
    const tab = await openTab(site.url);
    await tab.evaluate('navigator.serviceWorker.ready.then(() => 0)');
    site.set('/', { status: 503, body: 'gone' });
    const again = await openTab(site.url);
    await again.until('self.result');
    expect(await again.evaluate('result')).to.deep.equal(['/']);
    await leave();
    await site.close();
  });

  it('library: a page and Node have the same of it', async () => {
    const made = project(recipes.library as string, {
      'src/widget.js':
        "import { name } from './name.js'; export { name }; export default () => `I am ${name}`;",
      'src/name.js': "export const name = 'the widget';",
    });
    const { code, output } = await gulp(made.directory, 'library').finished;
    expect(code, output).to.equal(0);
    const script = readFileSync(made.path('public/widget.js'), 'utf8');
    const required = createRequire(made.path('index.js'))('./public/widget.js');
    const site = await startSite({
      '/': '<!doctype html><script src="/widget.js"></script>',
      '/widget.js': script,
    });
    const { open: openTab, leave } = await CHROMIUM.visitor();
    const tab = await openTab(site.url);
    const found = '[Object.keys(Acme.Widget), Acme.Widget.name, Acme.Widget.default()]';
    expect(await tab.evaluate(found)).to.deep.equal([
      Object.keys(required),
      required.name,
      required.default(),
    ]);
    expect(required.default()).to.equal('I am the widget');
    await leave();
    await site.close();
  });

  it('names: each is what the options say, and what they prove dead is not there', async () => {
    const made = project(recipes.names as string, {
      'package.json': '{ "version": "1.2.3" }',
      '.env': 'VITE_API=https://api.example',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "#parts/*": ["./src/parts/*"] } } }',
      'node_modules/jquery/index.js': "module.exports = { version: 'jQuery of ' + VERSION };",
      'src/util.js': 'export const debounce = (run) => run;',
      'src/icons/bell.svg': '<svg/>',
      'src/parts/cart.ts': 'export default "cart";',
      'src/parts/chat.js': 'self.chat = true;',
      'src/pages/home.js': `import cart from '#parts/cart'; import { debounce as own } from '@/util.js'; import icon from 'icon/bell';
        if (__DEV__) import('@/missing.js');
        if (config.features.chat) import('@/parts/chat.js');
        self.result = [VERSION, $ === jQuery && $.version, debounce === own, cart, icon, import.meta.env.VITE_API, import.meta.env.PROD];`,
    });
    await build(made);
    const paths = readdirSync(made.path('public/js'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const at = (path: string): string => path.slice(made.path('public').length);
    const site = await startSite({
      '/': `<!doctype html><meta charset="utf-8">${readFileSync(made.path('views/scripts/home.html'), 'utf8')}`,
      ...Object.fromEntries(paths.map((path) => [at(path), readFileSync(path, 'utf8')])),
    });
    const { open: openTab, leave } = await CHROMIUM.visitor();
    const tab = await openTab(site.url);
    await tab.until('self.result');
    const [version, jquery, isSame, cart, icon, api, isProduction] = (await tab.evaluate(
      'result',
    )) as unknown[];
    expect([version, jquery, isSame, cart]).to.deep.equal(['1.2.3', 'jQuery of 1.2.3', true, 'cart']);
    expect([api, isProduction]).to.deep.equal(['https://api.example', true]);
    expect(await tab.evaluate(`fetch(${JSON.stringify(icon)}).then((answer) => answer.text())`)).to.equal(
      '<svg/>',
    );
    expect(paths.map(at).join()).to.not.include('chat');
    await leave();
    await site.close();
  });

  it('transform: TypeScript runs, and its maps lead to it', async () => {
    const made = project(recipes.transform as string, {
      'src/pages/home.ts':
        "import { name } from '../lib'; (self as any).result = name as string; import('../later').then((later) => { (self as any).later = later.default; });",
      'src/lib.ts': "export const name: string = 'typed';",
      'src/later.ts': "const later: string = 'later'; export default later;",
    });
    await build(made);
    const visitor = await open(made, 'home');
    expect(visitor.page.result).to.equal('typed');
    expect(visitor.page.later).to.equal('later');
    expect(visitor.fetched).to.include('src-later.js');
    const map = JSON.parse(readFileSync(made.path('public/js/src-later.js.map'), 'utf8'));
    expect(map.sources).to.deep.equal(['src/later.ts']);
  });

  it('watch: a save builds again, also after an error', async () => {
    const made = project(recipes.watch as string);
    const watching = gulp(made.directory, 'watch');
    await watching.next(/Finished 'scripts'/);
    for (const [text, expected] of [
      ['syntax error', /SYNTAX_ERROR/],
      ["module.exports = 'changed';", /Finished 'scripts'/],
    ] as const) {
      await saveUntil(watching, made, { 'src/lib.js': text }, expected);
    }
    await watching.stop();
    expect((await open(made, 'home')).page.result).to.deep.equal(['home', 'changed']);
  });

  it('watch-changes: what comes outside of the glob builds again, also when it was broken or missing from the start', async () => {
    const lib = (text: string) => ({ 'src/lib.js': `module.exports = require('later') + '${text}';` });
    const made = project(recipes['watch-changes'] as string, { ...site, 'src/lib.js': 'syntax error' });
    const watching = gulp(made.directory, 'watch');
    await watching.next(/SYNTAX_ERROR/);
    made.write(lib('mended'));
    await watching.next(/MODULE_NOT_FOUND/);
    made.write({ 'node_modules/later/index.js': "module.exports = 'later ';" });
    await watching.next(/Finished 'scripts'/);
    rmSync(made.path('src/lib.js'));
    await watching.next(/MODULE_NOT_FOUND/);
    made.write(lib('changed'));
    await watching.next(/Finished 'scripts'/);
    await watching.stop();
    expect((await open(made, 'home')).page.result).to.deep.equal(['home', 'later changed']);
  });

  it('timing: gulp -LLLL shows each phase', async () => {
    const made = project(
      variant(
        "const pack = dynapack({ prefix: '/js/' });",
        `const pack = dynapack({ prefix: '/js/' });\n${recipes.timing}`,
      ),
    );
    const phases = async (...flags: string[]) => {
      const { output } = await gulp(made.directory, ...flags, 'scripts').finished;
      return [...output.matchAll(/(\w+): \d+ ms$/gm)].map(([, phase]) => phase);
    };
    expect(await phases('-LLLL')).to.deep.equal(['discover', 'parse', 'split', 'render']);
    expect(await phases()).to.deep.equal([]);
  });

  it('patches: the second release has patches, and pages are told of them', async () => {
    const made = project(recipes.patches as string);
    for (const change of ['one', 'two']) {
      made.write({ 'src/lib.js': `${filler}\nmodule.exports = '${change}';` });
      await build(made);
    }
    expect((await open(made, 'home')).page.result).to.deep.equal(['home', 'two']);
    const [patch, ...others] = readdirSync(made.path('public/js/patches'));
    expect(others).to.deep.equal([]);
    const [to, from] = (patch as string).split('.');
    expect(readFileSync(made.path('views/scripts/home.html'), 'utf8')).to.include(`"${from}"]`);
    const { bundles } = JSON.parse(readFileSync(made.path('views/scripts/manifest.json'), 'utf8'));
    const patched = Object.values(bundles as Record<string, { version: string; patches: object[] }>).filter(
      ({ patches }) => patches.length > 0,
    );
    expect(patched.map(({ version }) => version.slice(0, 11))).to.deep.equal([to]);
  });

  it('storage: releases are kept there', async () => {
    // What the recipe is about but the server: test/releases has that.
    const driver = (recipes.storage as string)
      .replace('unstorage/drivers/redis', 'unstorage/drivers/fs')
      .replace(/redis\(.*?\}\)/, "redis({ base: 'stored' })");
    const [imports, use] = driver.split('\n\n') as [string, string];
    const pack = "pack.patches({ releases: 'releases' })";
    const made = project(
      imports + (recipes.patches as string).replace(pack, use.trim().replace(/;$/, '')),
    ).link('unstorage');
    await build(made);
    expect(readdirSync(made.path('stored/releases'))).to.have.length(1);
  });

  it('lone-patches: the second release has patches and a list of them', async () => {
    const made = project(recipes['lone-patches'] as string);
    for (const change of ['one', 'two']) {
      made.write({ 'build/css/site.css': filler.replaceAll(';', `; /* */`) + change, 'build/app.js': '1' });
      const { code, output } = await gulp(made.directory, 'assets').finished;
      expect(code, output).to.equal(0);
    }
    const list = JSON.parse(readFileSync(made.path('public/patches.json'), 'utf8'));
    const [patch] = list['css/site.css'].patches;
    expect(readFileSync(made.path(`public/${patch.path}`), 'utf8')).to.match(/^1/);
    expect(list['css/site.css'].url).to.match(/^css\/site-[0-9a-f]{10}\.css$/);
  });

  it('budgets: pages within them are built, with a report; others fail the build, with the reason', async () => {
    const made = project(recipes.budgets as string);
    await build(made);
    const visitor = await open(made, 'home');
    expect(visitor.page.result).to.deep.equal(['home', 'lib']);
    const html = readFileSync(made.path('reports/report.html'), 'utf8');
    const [, data] = /id="data">([^<]*)</.exec(html) ?? [];
    expect(JSON.parse(data as string).bundles).to.have.length(3);
    const noise = Array.from({ length: 40_000 }, (_, index) => ((index * 7919) % 65_537).toString(36)).join();
    made.write({ 'src/lib.js': `module.exports = ${JSON.stringify(noise)};` });
    const { code, output } = await gulp(made.directory, 'scripts').finished;
    expect(code).to.equal(1);
    expect(output).to.include("BUDGET: 'home' starts with").and.include('./src/pages/home.js → ./src/lib.js');
    expect(output).to.not.include("'about'");
  });

  it('nonce: the template tag survives in the snippet', async () => {
    const made = project(variant('pack.scripts()', recipes.nonce as string));
    await build(made);
    expect(readFileSync(made.path('views/scripts/home.html'), 'utf8')).to.match(
      /^<script nonce="<%= nonce %>">/,
    );
  });

  it('loader-file: the loader is a file, and the snippet has no inline script', async () => {
    const made = project(variant("dynapack({ prefix: '/js/' })", recipes['loader-file'] as string));
    await build(made);
    const html = readFileSync(made.path('views/scripts/home.html'), 'utf8');
    expect(html).to.match(
      /^<script defer="" src="\/js\/dynapack-loader\.js" fetchpriority="high" data-dynapack='\{.*\}'><\/script>\n/,
    );
    expect(html).not.to.match(/<script(?![^>]* src=)/);
    expect(readFileSync(made.path(join('public/js', 'dynapack-loader.js')), 'utf8')).to.include(
      'currentScript',
    );
  });

  it('hashes: the policy has those of the loader and of what the page may load', async () => {
    const gulpfile = (recipes.patches as string)
      .replace("updates: 'page'", "updates: 'page', loader: 'file'")
      .replace('pack.scripts()', 'pack.scripts({ integrity: true })');
    const made = project(gulpfile, {
      ...site,
      'src/pages/about.js': "require('../lib'); import('../later');",
    });
    made.write({ 'src/later.js': "require('./later.css');", 'src/later.css': 'p { margin: 0 }' });
    made.write({ 'policy.js': `${recipes.hashes}\nconsole.log(policyOf('about'));` });
    await build(made);
    const policy = execFileSync(process.execPath, ['policy.js'], { cwd: made.directory, encoding: 'utf8' });
    const sourceOf = (name: string): string => {
      const algorithm = name.startsWith('dynapack-loader') ? 'sha384' : 'sha256';
      const hash = createHash(algorithm).update(readFileSync(made.path(`public/js/${name}`)));
      return `'${algorithm}-${hash.digest('base64')}'`;
    };
    const sourcesOf = (pattern: RegExp): string[] =>
      readdirSync(made.path('public/js'))
        .filter((name) => pattern.test(name))
        .map(sourceOf);
    const [, scripts, styles] =
      /^script-src (.*); style-src 'self' (.*); connect-src 'self'\n$/.exec(policy) ?? [];
    expect(scripts?.split(' '))
      .to.have.members(sourcesOf(/^(?!home).*\.js$/))
      .and.have.length(4);
    expect(styles?.split(' '))
      .to.have.members(sourcesOf(/\.css$/))
      .and.have.length(1);
  });
});
