/** The site that the documentation makes step by step: getting started, production, three releases. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BLOCKS, blockOf } from '../docs/documents';
import { CHROMIUM } from '../helpers/engines';
import { gulp, saveUntil } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';
import { type Site, startSite } from '../helpers/site';

const PACKAGES = [
  'gulp',
  'gulp-rev',
  'gulp-rev-rewrite',
  'through2',
  'esbuild',
  'lightningcss',
  'dynapack',
] as const;

/** The files of a step. */
const filesOf = (step: string): ProjectFiles =>
  Object.fromEntries(BLOCKS.flatMap(({ kind, name, code }) => (kind === step && name ? [[name, code]] : [])));

const browserSync = {
  'node_modules/browser-sync/index.js': `
exports.create = () => ({
  init: (options) => console.log('browser-sync serves ' + JSON.stringify(options)),
  reload: () => console.log('browser-sync reloads'),
});`,
};

const second: ProjectFiles = { ...filesOf('second'), ...browserSync };

/** The page, which later steps keep. */
const page = { 'src/pages/home.html': blockOf('first', 'src/pages/home.html') };

async function build(project: Project): Promise<void> {
  const { code, output } = await gulp(project.directory).finished;
  expect(code, output).to.equal(0);
}

/** Headers, as docs/production.md and docs/releases.md say them. */
function headersOf(path: string, policy: string | undefined): Record<string, string> {
  if (path.startsWith('/js/')) return { 'cache-control': 'public, max-age=31536000, immutable' };
  return { 'cache-control': 'no-cache', ...(policy !== undefined && { 'content-security-policy': policy }) };
}

/** Puts what is built on a server of files, as any static host is one. */
function deploy(project: Project, site: Site, policy?: string): void {
  for (const { parentPath, name } of readdirSync(project.path('public'), {
    recursive: true,
    withFileTypes: true,
  }).filter((file) => file.isFile())) {
    const path = join(parentPath, name);
    const url = path.slice(project.path('public').length);
    site.set(url, { body: readFileSync(path), headers: headersOf(url, policy) });
  }
}

async function serve(project: Project, policy?: string): Promise<Site> {
  const site = await startSite({});
  deploy(project, site, policy);
  return site;
}

/** Opens the page, clicks, and gives what it shows and what has been downloaded. */
async function visit(site: Site): Promise<{ shown: unknown; early: string[]; late: string[] }> {
  const guest = await CHROMIUM.visitor();
  const tab = await guest.open(`${site.url}/home.html`);
  const names = () =>
    site
      .paths()
      .filter((path) => /^\/js\/.*\.(js|css)$/.test(path))
      .map((path) => path.replace(/-[0-9a-f]{10}\./, '.').slice('/js/'.length))
      .sort();
  await tab.until("document.querySelector('h1').textContent");
  const early = names();
  await tab.evaluate("document.querySelector('#open').click()");
  await tab.until("document.querySelector('#map').textContent");
  const shown = await tab.evaluate(
    "[document.querySelector('h1').textContent, getComputedStyle(document.querySelector('h1')).color, document.querySelector('#map').textContent, getComputedStyle(document.querySelector('#map')).color]",
  );
  const late = names().filter((name) => !early.includes(name));
  await guest.leave();
  return { shown, early, late };
}

const POLICY = blockOf('policy', 'site').trim();

const SHOWN = ['Welcome to home', 'rgb(0, 90, 60)', 'Welcome to the map', 'rgb(90, 60, 0)'];

describe('the site of the documentation', () => {
  it('first: a page and its script', async () => {
    const project = new Project(filesOf('first')).link(...PACKAGES);
    await build(project);
    expect(readdirSync(project.path('public')).sort()).to.deep.equal(['home.html', 'js']);
    const html = readFileSync(project.path('public/home.html'), 'utf8');
    expect(html).to.include('<script defer="" src="/js/home.js"').and.not.include('<!-- dynapack -->');
  });

  it('second: TypeScript, styles, and a part that is loaded on the click', async () => {
    const project = new Project({ ...second, ...page }).link(...PACKAGES);
    await build(project);
    const files = readdirSync(project.path('public/js')).sort();
    expect(files).to.include.members(['home.css', 'home.js', 'home.js.map']);
    expect(files).to.include.members(['src-parts-map.css', 'src-parts-map.js']);
    const site = await serve(project);
    const { shown, early, late } = await visit(site);
    expect(shown).to.deep.equal(SHOWN);
    expect(early).to.include.members(['home.css', 'home.js']);
    expect(late).to.deep.equal(['src-parts-map.css', 'src-parts-map.js']);
    await site.close();
  });

  it('second: a save builds, and loads the page anew, also after an error', async () => {
    const project = new Project({ ...second, ...page }).link(...PACKAGES);
    const serving = gulp(project.directory, 'serve');
    await serving.next(/browser-sync serves {"server":"public","startPath":"home.html"}/);
    const greeting = String(second['src/lib/greeting.ts']);
    await saveUntil(serving, project, { 'src/lib/greeting.ts': 'export const = 1;' }, /error/i);
    const changed = greeting.replace('Welcome', 'Hello');
    await saveUntil(serving, project, { 'src/lib/greeting.ts': changed }, /browser-sync reloads/);
    expect(readFileSync(project.path('public/js/home.js'), 'utf8')).to.include('Hello');
    await serving.stop();
  });

  it('third: minified, with hashes, under the policy', async () => {
    const project = new Project({ ...second, ...page, ...filesOf('third') }).link(...PACKAGES);
    await build(project);
    const site = await serve(project, POLICY);
    const { shown, early, late } = await visit(site);
    expect(shown).to.deep.equal(SHOWN);
    expect(early).to.deep.equal(['dynapack-loader.js', 'home.css', 'home.js']);
    expect(late).to.deep.equal(['src-parts-map.css', 'src-parts-map.js']);
    await site.close();
  });

  it('fourth: who comes back to the second and the third release downloads patches, under the policy', async () => {
    const gulpfile = String(filesOf('third')['gulpfile.js'])
      .replace(/function scripts\(\) \{[\s\S]*?\n\}\n/, '')
      .replace(/exports\.default = .*\n/, () => blockOf('fourth', 'scripts'));
    const project = new Project({ ...second, ...page, 'gulpfile.js': gulpfile }).link(...PACKAGES);
    const table = Array.from({ length: 300 }, (_, index) => (index * 7919) % 10_007).join();
    const site = await startSite({});
    const guest = await CHROMIUM.returning();
    for (const [index, greeting] of ['Welcome', 'Hello', 'Good morning'].entries()) {
      const text = String(second['src/lib/greeting.ts']).replace('Welcome', greeting);
      project.write({
        'src/lib/greeting.ts': `${text}export const table = [${table}];\n`,
        'src/pages/home.ts': `${second['src/pages/home.ts']}import { table } from '../lib/greeting';\nconsole.log(table);\n`,
      });
      await build(project);
      deploy(project, site, POLICY);
      site.forget();
      const tab = await guest.open(`${site.url}/home.html`);
      await tab.until(`document.querySelector('h1').textContent === '${greeting} to home'`);
      // What the next release is made of is kept when the page is idle.
      await tab.evaluate('navigator.serviceWorker.ready.then(() => 0)');
      const kept = "caches.open('dynapack').then((store) => store.keys()).then(({ length }) => length)";
      await tab.valueOf<number>(kept, (length) => length > index);
      const paths = site.paths().filter((path) => path.startsWith('/js/'));
      const patches = paths.filter((path) => path.startsWith('/js/patches/'));
      const whole = paths.filter((path) => /^\/js\/home-\w+\.js$/.test(path));
      expect([patches.length, whole.length], greeting).to.deep.equal(index === 0 ? [0, 1] : [1, 0]);
    }
    expect(readdirSync(project.path('public')).sort()).to.deep.equal([
      'dynapack-worker.js',
      'home.html',
      'js',
    ]);
    await guest.leave();
    await site.close();
  });
});
