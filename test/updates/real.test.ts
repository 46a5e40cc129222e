/** The whole way by the public API: releases as a gulpfile makes them, on a static server, and a visitor in Chromium. */
import { finished } from 'node:stream/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { dest, src } from 'gulp';
import { Project, readFiles } from '../helpers/project';
import { type Site, startSite } from '../helpers/site';
import { hashSource } from './policies';
import { SHARED, sources } from './releases';
import { fetched, WORKER_READY } from './stage';
import { createVisitor, type Visitor } from './visitor';

// Without types of its own.
const rev = (require('gulp-rev') as { default(): NodeJS.ReadWriteStream }).default;

type Versions = Parameters<typeof sources>[0];
type Mode = 'page' | 'worker';

interface Manifest {
  entries: Record<string, { config: { b: string[][] } }>;
  bundles: Record<string, { url: string; version: string; patches: { url: string; from: string[] }[] }>;
}

/** A release as it is deployed: its manifest, and what the page of `home` has in it. */
interface Deployed {
  manifest: Manifest;
  snippet: string;
}

/** Runs the task of a gulpfile in a project whose output stays from release to release. */
async function build(project: Project, versions: Versions, updates: Mode): Promise<Deployed> {
  project.write(sources(versions));
  const loader = updates === 'worker' ? 'file' : 'inline';
  const pack = dynapack({ root: project.directory, prefix: '/js/', updates, loader });
  const scripts = src(['home.js', 'shop.js'], { cwd: project.directory })
    .pipe(pack)
    .pipe(pack.minify())
    .pipe(rev())
    .pipe(pack.patches({ releases: project.path('releases') }))
    .pipe(dest(project.path('public/js')))
    .pipe(pack.scripts())
    .pipe(dest(project.path('scripts')));
  scripts.resume();
  await finished(scripts);
  const { 'manifest.json': manifest, 'home.html': snippet } = readFiles(project.path('scripts'));
  return { manifest: JSON.parse(manifest as string), snippet: snippet as string };
}

/** The strictest policy that lets the page in. */
function policyOf({ manifest, snippet }: Deployed, mode: Mode): string {
  const rest = "default-src 'none'; connect-src 'self'";
  if (mode === 'worker') return `${rest}; script-src 'self'; worker-src 'self'`;
  const [, inline] = /<script>(.*)<\/script>/s.exec(snippet) as RegExpExecArray;
  const bundles = (manifest.entries.home?.config.b ?? []).map(([, , integrity]) => `'${integrity}'`);
  return `${rest}; script-src ${[hashSource(inline as string), ...bundles].join(' ')}`;
}

/** Puts everything on the server that has been written so far. */
function deploy(site: Site, project: Project, deployed: Deployed, mode: Mode): void {
  const immutable = { 'cache-control': 'public, max-age=31536000, immutable' };
  for (const [path, body] of Object.entries(readFiles(project.path('public')))) {
    site.set(`/${path}`, { body, headers: immutable });
  }
  const worker = readFiles(project.path('scripts'))['dynapack-worker.js'];
  if (worker) site.set('/dynapack-worker.js', { body: worker, headers: { 'cache-control': 'no-cache' } });
  const headers = { 'cache-control': 'no-cache', 'content-security-policy': policyOf(deployed, mode) };
  site.set('/', { body: `<!doctype html><title>Home</title><body>${deployed.snippet}</body>`, headers });
}

/** URLs of bundles, or of the patches for them from the release just before, in alphabetical order. */
function urlsOf({ manifest }: Deployed, names: readonly string[], before?: Deployed): string[] {
  const old = new Set(Object.values(before?.manifest.bundles ?? {}).map(({ version }) => version));
  const urls = names.map((name) => {
    const { url, patches } = manifest.bundles[name] as Manifest['bundles'][string];
    return before ? patches.find(({ from }) => from.every((version) => old.has(version)))?.url : url;
  });
  return (urls as string[]).sort();
}

/** What is asked of the server but loaders. */
const fetchedOf = (site: Site): string[] => fetched(site).filter((path) => !path.includes('loader'));

describe('updates: releases of a gulpfile', () => {
  let site: Site;
  let visitor: Visitor;

  beforeEach(async () => {
    site = await startSite();
    visitor = await createVisitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  for (const mode of ['page', 'worker'] as const) {
    it(`bring patches for what has changed and nothing else, in mode ${mode}`, async () => {
      const project = new Project({}).link('node-ensure');

      /** Releases, and visits in a browser that has been started anew; gives the bundles' requests. */
      async function visit(
        versions: Versions,
        said: string[],
      ): Promise<{ release: Deployed; asked: string[] }> {
        const release = await build(project, versions, mode);
        deploy(site, project, release, mode);
        await visitor.restart();
        const { page, problems, ...visit } = await visitor.open(site.url);
        await visit.ask('part');
        expect(await visit.said(3)).to.deep.equal(said);
        const used = ['home.js', SHARED, 'part.js'].map((name) => release.manifest.bundles[name]?.version);
        await visit.stores(used.map((version) => (version as string).slice(0, 11)));
        if (mode === 'worker') await page.evaluate(WORKER_READY);
        expect(problems).to.deep.equal([]);
        expect(await page.evaluate('violations')).to.deep.equal([]);
        return { release, asked: fetchedOf(site) };
      }

      const one = await visit({ home: 1, shop: 1, shared: 1, part: 1, extra: 1 }, [
        'home 1',
        'part 1',
        'shared 1',
      ]);
      expect(one.asked).to.deep.equal(urlsOf(one.release, ['home.js', SHARED, 'part.js']));

      const two = await visit({ home: 1, shop: 2, shared: 2, part: 2, extra: 1 }, [
        'home 1',
        'part 2',
        'shared 2',
      ]);
      expect(two.asked).to.deep.equal(urlsOf(two.release, [SHARED, 'part.js'], one.release));

      const three = await visit({ home: 3, shop: 2, shared: 2, part: 3, extra: 3 }, [
        'home 3',
        'part 3',
        'shared 2',
      ]);
      expect(three.asked).to.deep.equal(urlsOf(three.release, ['home.js', 'part.js'], two.release));
    });
  }
});
