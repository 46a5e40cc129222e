/** The whole way by the public API: releases as a gulpfile makes them, on a static server, and a visitor in Chromium. */
import { finished } from 'node:stream/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { dest, src } from 'gulp';
import { blockOf } from '../docs/documents';
import { Project, readFiles } from '../helpers/project';
import { type Site, startSite } from '../helpers/site';
import { SHARED, sources } from './releases';
import { fetched, WORKER_READY } from './stage';
import { createVisitor, type Visitor } from './visitor';

// Without types of its own.
const rev = (require('gulp-rev') as { default(): NodeJS.ReadWriteStream }).default;

type Versions = Parameters<typeof sources>[0];

interface Manifest {
  entries: Record<string, { config: { b: string[][] } }>;
  bundles: Record<string, { url: string; version: string; patches: { url: string; from: string[] }[] }>;
  loader?: { integrity: string };
}

/** A release as it is deployed: its manifest, and what the page of `home` has in it. */
interface Deployed {
  manifest: Manifest;
  snippet: string;
}

/** A way to use updates that docs/security.md describes. */
interface Way {
  options: dynapack.Options;
  scripts?: dynapack.ScriptsOptions;
  /** The page's policy. */
  policyOf(deployed: Deployed): string;
  /** Bundles and patches are on a host of their own. */
  hasOtherHost?: true;
}

/** What the recipe makes of a manifest. */
function policyOfHashes({ manifest }: Deployed): string {
  const readManifest = { readFileSync: () => JSON.stringify(manifest) };
  return new Function('require', `${blockOf('recipe', 'hashes')}\nreturn policyOf('home');`)(
    () => readManifest,
  );
}

const WAYS: Record<string, Way> = {
  'mode page, with a policy of hashes': {
    options: { updates: 'page', loader: 'file' },
    scripts: { integrity: true },
    policyOf: policyOfHashes,
  },
  'mode page, with a nonce and bundles on another host': {
    options: { updates: 'page' },
    scripts: { nonce: 'abc', crossorigin: 'anonymous' },
    policyOf: () => blockOf('policy', 'nonce').replaceAll('<%= nonce %>', 'abc'),
    hasOtherHost: true,
  },
  "mode worker, with a policy of 'self'": {
    options: { updates: 'worker', loader: 'file' },
    policyOf: () => blockOf('policy', 'worker'),
  },
};

/** Runs the task of a gulpfile in a project whose output stays from release to release. */
async function build(project: Project, versions: Versions, { options, scripts }: Way): Promise<Deployed> {
  project.write(sources(versions));
  const pack = dynapack({ root: project.directory, ...options });
  const task = src(['home.js', 'shop.js'], { cwd: project.directory })
    .pipe(pack)
    .pipe(pack.minify())
    .pipe(rev())
    .pipe(pack.patches({ releases: project.path('releases') }))
    .pipe(dest(project.path('public/js')))
    .pipe(pack.scripts(scripts))
    .pipe(dest(project.path('scripts')));
  task.resume();
  await finished(task);
  const { 'manifest.json': manifest, 'home.html': snippet } = readFiles(project.path('scripts'));
  return { manifest: JSON.parse(manifest as string), snippet: snippet as string };
}

/** Puts everything on the servers that has been written so far. */
function deploy(pages: Site, bundles: Site, project: Project, policy: string, snippet: string): void {
  const immutable = {
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'timing-allow-origin': '*',
  };
  for (const [path, body] of Object.entries(readFiles(project.path('public')))) {
    bundles.set(`/${path}`, { body, headers: immutable });
  }
  const worker = readFiles(project.path('scripts'))['dynapack-worker.js'];
  if (worker) pages.set('/dynapack-worker.js', { body: worker, headers: { 'cache-control': 'no-cache' } });
  const headers = { 'cache-control': 'no-cache', 'content-security-policy': policy };
  const body = `<!doctype html><link rel="icon" href="data:,"><title>Home</title><body>${snippet}</body>`;
  pages.set('/', { body, headers });
}

/** URLs of bundles, or of the smallest patches for them from releases that the visitor has seen, in alphabetical order. */
function urlsOf({ manifest }: Deployed, names: readonly string[], ...before: Deployed[]): string[] {
  const bundles = before.flatMap((release) => Object.values(release.manifest.bundles));
  const old = new Set(bundles.map(({ version }) => version));
  const urls = names.map((name) => {
    const { url, patches } = manifest.bundles[name] as Manifest['bundles'][string];
    return before.length > 0
      ? patches.find(({ from }) => from.every((version) => old.has(version)))?.url
      : url;
  });
  return (urls as string[]).sort();
}

/** Paths that the server was asked for, loaders aside. */
const fetchedOf = (site: Site): string[] => fetched(site).filter((path) => !path.includes('loader'));

describe('updates: releases of a gulpfile', function () {
  this.timeout(120_000);
  let pages: Site;
  let otherHost: Site;
  let visitor: Visitor;

  beforeEach(async () => {
    pages = await startSite();
    otherHost = await startSite();
    visitor = await createVisitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await pages.close();
    await otherHost.close();
  });

  for (const [name, way] of Object.entries(WAYS)) {
    it(`bring patches for what has changed and nothing else: ${name}`, async () => {
      const project = new Project({}).link('node-ensure');
      const bundles = way.hasOtherHost ? otherHost : pages;
      const host = way.hasOtherHost ? otherHost.url : '';
      const prefixed = { ...way, options: { ...way.options, prefix: `${host}/js/` } };

      /** Makes a release, visits it in a browser that has been started anew, and gives what was asked for. */
      async function visit(
        versions: Versions,
        said: string[],
      ): Promise<{ release: Deployed; asked: string[] }> {
        const release = await build(project, versions, prefixed);
        const policy = `default-src 'none'; img-src data:; ${way.policyOf(release).trim()} ${host}`;
        deploy(pages, bundles, project, policy, release.snippet);
        await visitor.restart();
        const open = async () => {
          const opened = await visitor.open(pages.url);
          await opened.ask('part');
          expect(await opened.said(3)).to.deep.equal(said);
          return opened;
        };
        const first = await open();
        // Of another host, only what has come from the browser's cache is known to be there.
        const { page, problems, ...visit } = way.hasOtherHost ? await open() : first;
        const used = ['home.js', SHARED, 'part.js'].map(
          (bundle) => release.manifest.bundles[bundle]?.version,
        );
        await visit.stores(used.map((version) => (version as string).slice(0, 11)));
        if (way.options.updates === 'worker') await page.evaluate(WORKER_READY);
        expect(problems).to.deep.equal([]);
        expect(await page.evaluate('violations')).to.deep.equal([]);
        return { release, asked: fetchedOf(bundles).map((path) => host + path) };
      }

      const first: Versions = { home: 1, shop: 1, shared: 1, part: 1, extra: 1 };
      const one = await visit(first, ['home 1', 'part 1', 'shared 1']);
      expect(one.asked).to.deep.equal(urlsOf(one.release, ['home.js', SHARED, 'part.js']));

      const second: Versions = { ...first, shop: 2, shared: 2, part: 2 };
      const two = await visit(second, ['home 1', 'part 2', 'shared 2']);
      expect(two.asked).to.deep.equal(urlsOf(two.release, [SHARED, 'part.js'], one.release));

      const third: Versions = { ...second, home: 3, part: 3, extra: 3 };
      const three = await visit(third, ['home 3', 'part 3', 'shared 2']);
      expect(three.asked).to.deep.equal(
        urlsOf(three.release, ['home.js', 'part.js'], two.release, one.release),
      );
    });
  }
});
