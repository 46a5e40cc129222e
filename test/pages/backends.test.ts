/** Pages whose tags are printed from manifests, by the rules that frameworks of other languages go by. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, hush } from '../helpers/pack';
import { Project } from '../helpers/project';
import { heads, html, htmlWithHead, leave, serveNothing, snippets, type Visitor, visit } from './pages';

const FILES = {
  'src/home.js': `import './base.css'; import './home.css'; import logo from './logo.png'; import { shared } from './shared.js'; self.logo = logo; log.push('home ' + shared);
    offer('part', (callback) => import('./part.js').then((found) => callback(null, found.part), callback));`,
  'src/about.js': "import './base.css'; import { shared } from './shared.js'; log.push('about ' + shared);",
  'src/shared.js': "export const shared = 'shared';",
  'src/part.js':
    "import './part.css'; import pic from './pic.svg'; self.seen = getComputedStyle(document.body).margin; export const part = 'part ' + pic;",
  'src/base.css': 'body { color: rgb(1, 1, 1); margin: 1px }',
  'src/home.css': 'body { color: rgb(2, 2, 2) }',
  'src/part.css': 'body { margin: 3px }',
  'src/logo.png': Buffer.from([1, 2, 3]),
  'src/pic.svg': '<svg/>',
};

type ViteManifest = Record<
  string,
  {
    file: string;
    name?: string;
    src?: string;
    isEntry?: boolean;
    isDynamicEntry?: boolean;
    imports?: string[];
    dynamicImports?: string[];
    css?: string[];
    assets?: string[];
  }
>;

/** https://vite.dev/guide/backend-integration: the chunks that an entry imports, in order, each once. */
function importedChunks(manifest: ViteManifest, name: string): ViteManifest[string][] {
  const seen = new Set<string>();
  const from = (chunk: ViteManifest[string]): ViteManifest[string][] =>
    (chunk.imports ?? []).flatMap((file) => {
      if (seen.has(file)) return [];
      seen.add(file);
      const importee = manifest[file] as ViteManifest[string];
      return [...from(importee), importee];
    });
  return from(manifest[name] as ViteManifest[string]);
}

/** The same page: what is to be put into the head, as laravel-vite, vite_ruby and django-vite do. */
function viteTags(manifest: ViteManifest, base: string, ...names: string[]): string[] {
  return names.flatMap((name) => {
    const chunk = manifest[name] as ViteManifest[string];
    const imported = importedChunks(manifest, name);
    return [
      ...[chunk, ...imported].flatMap(({ css = [] }) =>
        css.map((file) => `<link rel="stylesheet" href="${base}${file}">`),
      ),
      `<script type="module" src="${base}${chunk.file}"></script>`,
      ...imported.map(({ file }) => `<link rel="modulepreload" href="${base}${file}">`),
    ];
  });
}

interface Entrypoints {
  entrypoints: Record<string, { js: string[]; css?: string[] }>;
  integrity?: Record<string, string>;
}

/** Symfony's `encore_entry_link_tags()` and `encore_entry_script_tags()`: those of each entry in order, none twice on a page. */
function symfonyTags({ entrypoints, integrity = {} }: Entrypoints, ...names: string[]): string[] {
  const hashOf = (url: string): string =>
    integrity[url] === undefined ? '' : ` integrity="${integrity[url]}"`;
  const all = (kind: 'css' | 'js'): string[] => [
    ...new Set(names.flatMap((name) => entrypoints[name]?.[kind] ?? [])),
  ];
  return [
    ...all('css').map((url) => `<link rel="stylesheet" href="${url}"${hashOf(url)}>`),
    ...all('js').map((url) => `<script src="${url}" defer${hashOf(url)}></script>`),
  ];
}

/** What a page of home looks like, before its part has been asked for and behind that. */
async function expectStyles(guest: Visitor, margin: string): Promise<void> {
  const style = 'getComputedStyle(document.body)';
  expect(await guest.evaluate(`${style}.color + ' ' + ${style}.margin`)).to.equal(`rgb(2, 2, 2) ${margin}`);
}

async function build(options: dynapack.Options, scriptsOptions: dynapack.ScriptsOptions, isRevved: boolean) {
  const project = new Project(FILES);
  const stream = hush(dynapack({ root: project.directory, prefix: '/build/', ...options }));
  stream.write(project.path('src/home.js'));
  stream.end(project.path('src/about.js'));
  const { default: rev } = require('gulp-rev') as { default: () => NodeJS.ReadWriteStream };
  const packed = await finish(stream, scriptsOptions, isRevved ? stream.pipe(rev()) : stream);
  const site = await serveNothing();
  site.add(packed, '/build/');
  for (const [name, body] of Object.entries(packed.scripts)) site.set(`/build/${name}`, { body });
  return { packed, site };
}

const BUILDS: Record<string, [dynapack.Options, dynapack.ScriptsOptions, boolean]> = {
  'as they are': [{}, {}, false],
  'with names that change': [{}, {}, true],
  'with integrity': [{}, { integrity: true }, true],
  'with the loader in a file': [{ loader: 'file' }, {}, true],
  'with updates': [{ updates: 'page' }, {}, true],
};

describe('pages whose tags others print', () => {
  afterEach(leave);

  for (const [name, [options, scriptsOptions, isRevved]] of Object.entries(BUILDS)) {
    it(`from Vite's manifest, run ${name}`, async () => {
      const { packed, site } = await build(options, { ...scriptsOptions, manifest: 'vite' }, isRevved);
      const manifest = JSON.parse(packed.scripts['.vite/manifest.json'] as string) as ViteManifest;
      site.set('/', html(...viteTags(manifest, '/build/', 'src/home.js')));
      const guest = await visit(site, 'home shared');
      expect(await guest.log()).to.deep.equal(['home shared']);
      await expectStyles(guest, '1px');
      const [part] = await guest.ask('part');
      expect(await guest.evaluate('seen')).to.equal('3px');
      await expectStyles(guest, '3px');
      expect(part).to.match(/^part \/build\/assets\/src\/pic.*\.svg$/);
      const fetched = site.fetched();
      expect(new Set(fetched).size, 'nothing is fetched twice').to.equal(fetched.length);
      const logo = await guest.evaluate<string>('logo');
      expect(logo).to.equal(`/build/${manifest['src/logo.png']?.file}`);
      expect(manifest['src/home.js']?.assets).to.deep.equal([manifest['src/logo.png']?.file]);
      expect(manifest['src/home.js']?.dynamicImports).to.deep.equal(['src/part.js']);
      expect(manifest['src/part.js']?.isDynamicEntry).to.equal(true);
      const entries = Object.values(manifest).filter(({ isEntry }) => isEntry);
      expect(entries.map(({ src }) => src)).to.deep.equal(['src/about.js', 'src/home.js']);
      site.set('/both', html(...viteTags(manifest, '/build/', 'src/about.js', 'src/home.js')));
      await guest.open(`${site.url}/both`);
      await guest.untilRun('home shared', 'about shared');
      expect(guest.uncaught).to.deep.equal([]);
    });

    it(`from Symfony's entrypoints, run ${name}`, async () => {
      const { packed, site } = await build(options, { ...scriptsOptions, manifest: 'symfony' }, isRevved);
      const entrypoints = JSON.parse(packed.scripts['entrypoints.json'] as string);
      site.set('/', html(...symfonyTags(entrypoints, 'about', 'home')));
      const guest = await visit(site, 'home shared', 'about shared');
      expect(await guest.log()).to.deep.equal(['about shared', 'home shared']);
      await expectStyles(guest, '1px');
      expect((await guest.ask('part'))[0]).to.match(/^part /);
      await expectStyles(guest, '3px');
      const fetched = site.fetched();
      expect(new Set(fetched).size, 'nothing is fetched twice').to.equal(fetched.length);
      expect(guest.uncaught).to.deep.equal([]);
      if (scriptsOptions.integrity) expect(Object.keys(entrypoints.integrity)).to.have.length.above(1);
    });
  }

  it('name what they start by its contents', async () => {
    const before = await build({}, { manifest: 'vite' }, false);
    const after = await build({ name: 'other' }, { manifest: 'vite' }, false);
    const startsOf = ({ packed }: typeof before) =>
      Object.keys(packed.scripts).filter((name) => name.startsWith('start/'));
    expect(startsOf(before)).to.have.length(2);
    for (const name of startsOf(before)) expect(startsOf(after)).to.not.include(name);
  });

  it('may be styles alone', async () => {
    const project = new Project({
      'a.css': '@import "./b.css"; body { color: rgb(5, 5, 5) }',
      'b.css': 'body { margin: 5px }',
      'c.js': "import './b.css';",
    });
    const stream = hush(dynapack({ root: project.directory, prefix: '/build/' }));
    stream.write(project.path('a.css'));
    stream.end(project.path('c.js'));
    const packed = await finish(stream, { manifest: 'vite' });
    const manifest = JSON.parse(packed.scripts['.vite/manifest.json'] as string) as ViteManifest;
    expect(manifest['a.css']).to.deep.equal({
      file: 'a.css',
      name: 'a',
      src: 'a.css',
      isEntry: true,
      css: ['shared-b.css'],
    });
  });

  for (const [name, [options, scriptsOptions, isRevved]] of Object.entries(BUILDS)) {
    it(`are hinted at before they come, and ask once, ${name}`, async () => {
      const { packed, site } = await build(options, scriptsOptions, isRevved);
      const { entries } = JSON.parse(packed.scripts['manifest.json'] as string);
      const hints = entries.home.earlyHints as string[];
      const needed = (packed.metadata.entries.home as string[]).length;
      expect(hints.length).to.equal(needed);
      for (const hint of hints) expect(hint).to.match(/^<\/build\/[^>]+>; rel=preload; as=(?:style|script)/);
      // Chromium takes Early Hints by HTTP/2 only; a Link header of the page means the same.
      site.set('/', {
        body: htmlWithHead(heads(packed, ['home']), ...snippets(packed, ['home'])),
        headers: { link: hints.join(', ') },
      });
      const guest = await visit(site, 'home shared');
      await guest.ask('part');
      const fetched = site.fetched();
      expect(new Set(fetched).size, 'nothing is fetched twice').to.equal(fetched.length);
      expect(guest.complaints.filter((text) => !text.includes('ERR_CACHE_MISS'))).to.deep.equal([]);
    });
  }
});
