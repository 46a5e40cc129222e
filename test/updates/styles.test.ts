/** Styles of returning visitors: those of the page's head come by their links, those of lazily loaded parts by patches. */
import { finished } from 'node:stream/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { dest, src } from 'gulp';
import { png } from '../assets/files';
import { blockOf } from '../docs/documents';
import { Project, readFiles } from '../helpers/project';
import { type Site, startSite } from '../helpers/site';
import { fetched, WORKER_READY } from './stage';
import { createVisitor, until, type Visit, type Visitor } from './visitor';

/** So long that a patch is worth it. */
const RULES = Array.from(
  { length: 200 },
  (_, index) => `.rule${index} { margin: ${(index * 7919) % 997}px }`,
);

const sources = (version: number) => ({
  'home.js': `import './home.css'; log.push('home'); self.offers = { part: (done) => import('./part.js').then(done) };`,
  'part.js': `import './part.css'; log.push('part ' + getComputedStyle(document.body).color);`,
  'home.css': `body { padding: ${version}px; margin: 1px }`,
  'part.css': `${RULES.join('\n')}\nbody { color: rgb(${version}, 0, 0); background: url(dot.png) }`,
  'dot.png': png(5),
});

/** A way to bring styles, and what it takes. */
interface Way {
  options: dynapack.Options;
  policy: string | ((manifest: string) => string);
  /** Options of `scripts()`. */
  scripts?: dynapack.ScriptsOptions;
  nonce?: string;
  /** What has changed comes as a whole. */
  isWhole?: true;
  /** What the page's policy has refused. */
  violations?: string[];
}

/** What the recipe makes of a manifest, without what all pages here have. */
const policyOfHashes = (manifest: string): string =>
  new Function('require', `${blockOf('recipe', 'hashes')}\nreturn policyOf('home');`)(() => ({
    readFileSync: () => manifest,
  })).replace(/; connect-src.*/, '');

const WAYS: Record<string, Way> = {
  'mode page': {
    options: { updates: 'page', prefix: '/js/' },
    policy: "script-src 'nonce-abc' 'strict-dynamic'; style-src 'nonce-abc'",
    nonce: 'abc',
  },
  'mode page, with hashes': {
    options: { updates: 'page', loader: 'file', prefix: '/js/' },
    scripts: { integrity: true },
    policy: policyOfHashes,
  },
  'mode page, where the policy allows no style elements': {
    options: { updates: 'page', prefix: '/js/' },
    policy: "script-src 'nonce-abc' 'strict-dynamic'; style-src 'self'",
    nonce: 'abc',
    isWhole: true,
    violations: ['style-src-elem inline'],
  },
  'mode page, with a relative prefix': {
    options: { updates: 'page', prefix: 'js/' },
    policy: "script-src 'nonce-abc' 'strict-dynamic'; style-src 'nonce-abc'",
    nonce: 'abc',
    isWhole: true,
  },
  'mode worker': {
    options: { updates: 'worker', loader: 'file', prefix: '/js/' },
    policy: "script-src 'self'; style-src 'self'; worker-src 'self'",
  },
};

interface Deployed {
  bundles: Record<string, { url: string; version: string; patches: { url: string }[] }>;
}

async function release(
  project: Project,
  version: number,
  { options, nonce, scripts }: Way,
): Promise<Deployed> {
  project.write(sources(version));
  const pack = dynapack({ root: project.directory, ...options });
  const task = src('home.js', { cwd: project.directory })
    .pipe(pack)
    .pipe(pack.patches({ releases: project.path('releases') }))
    .pipe(dest(project.path('public/js')))
    .pipe(pack.scripts({ ...scripts, ...(nonce !== undefined && { nonce }) }))
    .pipe(dest(project.path('scripts')));
  task.resume();
  await finished(task);
  return JSON.parse(readFiles(project.path('scripts'))['manifest.json'] as string);
}

function deploy(site: Site, project: Project, { policy }: Way): void {
  const headers = { 'cache-control': 'no-cache' };
  for (const [path, body] of Object.entries(readFiles(project.path('public'))))
    if (!path.endsWith('.png')) site.set(`/${path}`, { body, headers });
  site.set('/js/assets/dot.png', { body: png(5), headers });
  const scripts = readFiles(project.path('scripts'));
  const worker = scripts['dynapack-worker.js'];
  if (worker) site.set('/dynapack-worker.js', { body: worker, headers });
  const all = `default-src 'none'; img-src 'self' data:; connect-src 'self'; ${typeof policy === 'string' ? policy : policy(scripts['manifest.json'] as string)}`;
  const body = `<!doctype html><link rel="icon" href="data:,">${scripts['home.head.html']}<title>Home</title><body>${scripts['home.html']}</body>`;
  site.set('/', { body, headers: { ...headers, 'content-security-policy': all } });
}

/** In the page: how wide the background is, and where it comes from. */
const BACKGROUND = `(() => { const image = new Image(); image.src = getComputedStyle(document.body).backgroundImage.slice(5, -2);
  return image.decode().then(() => image.naturalWidth); })()`;

/** In the page: adds something to all texts that are kept of styles. */
const DAMAGE = `caches.open('dynapack').then(async (store) => {
  for (const request of await store.keys()) {
    const entry = await store.match(request);
    const isStyle = entry.headers.get('content-type').startsWith('text/css');
    if (isStyle) await store.put(request, new Response(await entry.text() + 'body { color: red }', { headers: entry.headers }));
  }
})`;

describe('updates: styles', function () {
  this.timeout(60_000);
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

  for (const [name, way] of Object.entries(WAYS)) {
    it(`are right after each release, and come as patches where they can: ${name}`, async () => {
      const project = new Project({});
      for (const version of [1, 2, 3]) {
        const { bundles } = await release(project, version, way);
        deploy(site, project, way);
        if (version > 1) await visitor.restart();
        const visit = await visitor.open(`${site.url}/`);
        expect(await visit.said(1)).to.deep.equal(['home']);
        await visit.ask('part');
        expect(await visit.said(2)).to.deep.equal(['home', `part rgb(${version}, 0, 0)`]);
        const style = 'getComputedStyle(document.body)';
        expect(await visit.page.evaluate(`${style}.padding + ' ' + ${style}.margin`)).to.equal(
          `${version}px 1px`,
        );
        expect(await visit.page.evaluate(BACKGROUND)).to.equal(5);
        const { url, version: hash, patches } = bundles['part.css'] as Deployed['bundles'][string];
        const stored = way.options.prefix === 'js/' ? [] : [hash.slice(0, 11)];
        await visit.stores(stored);
        if (way.options.updates === 'worker') await visit.page.evaluate(WORKER_READY);
        const paths = fetched(site);
        const [whole, patch] = [new URL(url, site.url).pathname, patches[0]?.url ?? ''];
        expect(paths).to.include('/js/home.css');
        if (version === 1 || way.isWhole) expect(paths).to.include(whole);
        else expect(paths).to.include(patch).and.not.include(whole);
        const expected = version === 1 ? [] : (way.violations ?? []);
        expect(await visit.page.evaluate('violations')).to.deep.equal(expected);
        if (expected.length === 0) expect(visit.problems).to.deep.equal([]);
        site.forget();
      }
    });
  }

  for (const name of ['mode page', 'mode worker']) {
    it(`are downloaded where what is kept of them is damaged: ${name}`, async () => {
      const way = WAYS[name] as Way;
      const project = new Project({});
      let first: Visit | undefined;
      let kept: string[] = [];
      // The first ones are copies, the second one of a part has been made of a patch.
      for (const version of [1, 2]) {
        const { bundles } = await release(project, version, way);
        deploy(site, project, way);
        if (first) await visitor.restart();
        first = await visitor.open(`${site.url}/`);
        await first.ask('part');
        kept = ['home.css', 'part.css'].map((style) => bundles[style]?.version.slice(0, 11) as string);
        await first.stores(kept);
        if (way.options.updates === 'worker') await first.page.evaluate(WORKER_READY);
      }
      await first?.page.evaluate(DAMAGE);
      await visitor.restart();
      site.forget();
      const again = await visitor.open(`${site.url}/`);
      await again.ask('part');
      expect(await again.said(2)).to.deep.equal(['home', 'part rgb(2, 0, 0)']);
      const paddingOf = "getComputedStyle(document.body).padding + ''";
      expect(await until<string>(again.page, paddingOf, (padding) => padding === '2px')).to.equal('2px');
      await again.stores(kept);
    });
  }
});
