/** Workers in Chromium: they get their messages, share bundles with their page, and find everything. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { hush, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { html, leave, serve, snippets, visit } from '../pages/pages';
import { ANSWERS, APP } from './app';

const SETTINGS: Record<string, dynapack.Options> = {
  'as they are': {},
  'with debug': { debug: true },
  'with a relative prefix': { prefix: 'js/' },
  'with the loader in a file': { loader: 'file' },
  'with updates': { updates: 'page' },
  'under another name': { name: 'other' },
};

async function packProject(
  options: dynapack.Options = {},
  isMinified = false,
  files: ProjectFiles = APP,
): Promise<Packed> {
  const project = new Project(files);
  const all = { prefix: '/js/', root: project.directory, ...options };
  return pack([project.path('src/main.js')], all, (stream) =>
    isMinified ? hush(stream).pipe(stream.minify()) : stream,
  );
}

/** What a worker has answered, or what became of it. */
const answerOf = ([answer = '']: string[]): unknown =>
  answer.startsWith('Error') ? answer : JSON.parse(answer);

const CACHED = { headers: { 'cache-control': 'max-age=600' } };

describe('workers that modules start', () => {
  afterEach(leave);

  for (const [name, options] of Object.entries(SETTINGS)) {
    for (const isMinified of options.debug ? [false] : [false, true]) {
      it(`answer ${name}${isMinified ? ', minified' : ''}`, async () => {
        const packed = await packProject(options, isMinified);
        const site = await serve(packed, { prefix: '/js/', bundle: CACHED });
        const guest = await visit(site, 'main 10');
        const names = Object.keys(ANSWERS);
        const answers = await guest.ask(...names);
        expect(
          Object.fromEntries(names.map((each, index) => [each, answerOf([answers[index] as string])])),
        ).to.deep.equal(ANSWERS);
        expect(guest.uncaught).to.deep.equal([]);
        expect(guest.complaints).to.deep.equal([]);
      });
    }
  }

  it('fetch all their bundles at once, and none that their page has brought into the cache', async () => {
    const files = {
      'src/main.js': `import './shared.js';
        offer('start', (callback) => { new Worker(new URL('./w.js', import.meta.url)).onmessage = ({ data }) => callback(null, data); });
        offer('one', (callback) => import('./one.js').then(() => callback(null), callback)); log.push('main 10');`,
      'src/one.js': "import './both.js';",
      'src/w.js': `import './shared.js'; import './both.js'; import './own.js';
        Promise.all([import('./late.js'), import('./later.js')]).then(() => postMessage('here'));`,
      'src/shared.js': 'self.shared = 1;',
      'src/both.js': 'self.both = 1;',
      'src/own.js': 'self.own = 1;',
      'src/late.js': "import './later-too.js';",
      'src/later.js': "import './later-too.js';",
      'src/later-too.js': 'self.late = 1;',
    };
    const packed = await packProject({}, false, files);
    const site = await serve(packed, { prefix: '/js/', bundle: { ...CACHED, delay: 100 } });
    const guest = await visit(site, 'main 10');
    await guest.ask('one');
    site.forget();
    expect(await guest.ask('start')).to.deep.equal(['here']);
    const [loader, ...rest] = site.requests;
    expect(loader?.path).to.equal('/js/dynapack-worker-loader.js');
    const named = (...names: string[]) =>
      rest.filter(({ path }) => names.some((name) => path.includes(name)));
    const [late, first] = [named('late'), rest.filter(({ path }) => !path.includes('late'))];
    // What the page has is in the cache: its runtime, what it shares, and what it has loaded later.
    expect(first.map(({ path }) => path)).to.deep.equal(['/js/src-w.js']);
    expect(late.map(({ path }) => path).sort()).to.deep.equal([
      '/js/shared-src-later-too.js',
      '/js/src-late.js',
      '/js/src-later.js',
    ]);
    expect(Math.max(...late.map(({ arrived }) => arrived))).to.be.below(
      Math.min(...late.map(({ answered }) => answered as number)),
    );
  });

  it('ask for what nobody has had at once, too', async () => {
    const files = {
      'src/main.js': `offer('start', (callback) => { new Worker(new URL('./w.js', import.meta.url)).onmessage = () => callback(null); });
        offer('a', (callback) => import('./a.js').then(() => callback(null), callback));
        offer('b', (callback) => import('./b.js').then(() => callback(null), callback)); log.push('main 10');`,
      'src/w.js': "import './a.js'; import './b.js'; import './c.js'; setTimeout(() => postMessage(1));",
      'src/a.js': 'self.a = 1;',
      'src/b.js': 'self.b = 1;',
      'src/c.js': 'self.c = 1;',
    };
    const packed = await packProject({}, false, files);
    const site = await serve(packed, { prefix: '/js/', bundle: { ...CACHED, delay: 150 } });
    const guest = await visit(site, 'main 10');
    site.forget();
    await guest.ask('start');
    const [, ...bundles] = site.requests;
    expect(bundles.map(({ path }) => path).sort()).to.deep.equal([
      '/js/src-a.js',
      '/js/src-b.js',
      '/js/src-w.js',
    ]);
    expect(Math.max(...bundles.map(({ arrived }) => arrived))).to.be.below(
      Math.min(...bundles.map(({ answered }) => answered as number)),
    );
  });

  it('wait for nothing where a bundle is longer than what a cache in memory takes', async () => {
    const long = `self.text = '${'0123456789abcdef'.repeat(500_000)}';`;
    const files = {
      'src/main.js': `offer('start', (callback) => { new Worker(new URL('./w.js', import.meta.url)).onmessage = ({ data }) => callback(null, data); });
        offer('a', (callback) => import('./a.js').then(() => callback(null), callback));
        offer('b', (callback) => import('./b.js').then(() => callback(null), callback)); log.push('main 10');`,
      'src/w.js': `import './a.js'; import './b.js'; setTimeout(() => import('./late.js').then(() => postMessage(String([self.a, self.b, self.late]))));`,
      'src/a.js': `self.a = 1; ${long}`,
      'src/b.js': `self.b = 2; ${long}`,
      'src/late.js': `import './later.js'; self.late = 3; ${long}`,
      'src/later.js': `self.later = 4; ${long}`,
    };
    const packed = await packProject({}, false, files);
    const site = await serve(packed, { prefix: '/js/', bundle: CACHED });
    for (const [name, text] of Object.entries(packed.bundles))
      site.setBundle(name, { headers: { ...CACHED.headers, 'content-length': String(text.length) } });
    const guest = await visit(site, 'main 10');
    site.forget();
    expect(await guest.ask('start')).to.deep.equal(['1,2,3']);
    const paths = site.requests.map(({ path }) => path);
    expect(paths.filter((path) => /-[ab]\.js$|-late/.test(path))).to.have.length(3);
    expect(new Set(paths).size).to.equal(paths.length);
  });

  it('that are shared are one for all pages, whatever else these load', async () => {
    const worker =
      "new SharedWorker(new URL('./workers/shared.js', import.meta.url), { name: 'all', type: 'module' })";
    const project = new Project({
      ...APP,
      'src/main.js': `import { ask } from './ask.js'; offer('shared', (callback) => ask(${worker}, 1).then((answer) => callback(null, answer), callback));
        log.push('main 10');`,
      'src/other.js': `import { ask } from './ask.js'; import './library.js'; const more = () => import('./more.js');
        offer('shared', (callback) => ask(${worker}, 1).then((answer) => callback(null, answer), callback));
        log.push('main 10'); log.push(typeof more);`,
      'src/more.js': '1',
    });
    const packed = await pack([project.path('src/main.js'), project.path('src/other.js')], {
      root: project.directory,
      prefix: '/js/',
    });
    const site = await serve(packed, { prefix: '/js/', entries: ['main'] });
    site.set('/other', html(...snippets(packed, ['other'])));
    const guest = await visit(site, 'main 10');
    expect(await guest.ask('shared')).to.deep.equal(['10,1,all']);
    const second = await guest.page.context().newPage();
    await second.goto(`${site.url}/other`);
    const answer =
      'new Promise((resolve) => offers.shared((error, value) => resolve(String(error || value))))';
    expect(await second.evaluate(answer)).to.equal('10,2,all');
    await second.close();
  });

  it('are there from a host of bundles that is not that of the pages', async () => {
    const host = await serve(await packProject(), { prefix: '/js/' });
    const packed = await packProject({ prefix: `${host.url}/js/` });
    const page = await serve(packed, { prefix: '/nowhere/' });
    const guest = await visit(page, 'main 10');
    for (const name of ['sum', 'lazy', 'twice', 'nested'])
      expect(answerOf(await guest.ask(name)), name).to.deep.equal(
        name === 'sum' ? [211, 'summer', 'undefined', true] : ANSWERS[name],
      );
  });

  it('start under policies, from their own host', async () => {
    const strict =
      "default-src 'none'; script-src 'self' 'nonce-abc'; worker-src 'self'; connect-src 'self'; style-src 'self'";
    const packed = await packProject();
    const headers = { 'content-security-policy': strict };
    const site = await serve(packed, { prefix: '/js/', headers, bundle: { headers } });
    site.set('/', {
      body: html(...snippets(packed).map((each) => each.replaceAll('<script', '<script nonce="abc"'))),
      headers,
    });
    const guest = await visit(site, 'main 10');
    for (const name of ['sum', 'lazy', 'twice', 'shared', 'nested'])
      expect(answerOf(await guest.ask(name)), name).to.deep.equal(ANSWERS[name]);
    expect(await guest.violations()).to.deep.equal([]);
  });

  it('start under Trusted Types from a host that is not that of the pages', async () => {
    const types = "require-trusted-types-for 'script'; trusted-types own";
    const host = await serve(await packProject({ trustedTypes: 'own' }), { prefix: '/js/' });
    const packed = await packProject({ prefix: `${host.url}/js/`, trustedTypes: 'own' });
    const headers = { 'content-security-policy': types };
    const site = await serve(packed, { prefix: '/nowhere/', headers });
    const guest = await visit(site, 'main 10');
    for (const name of ['sum', 'lazy', 'twice', 'nested'])
      expect(answerOf(await guest.ask(name)), name).to.deep.equal(ANSWERS[name]);
  });

  for (const loader of ['inline', 'file'] as const)
    it(`start under Trusted Types, with the loader ${loader}`, async () => {
      const types = "require-trusted-types-for 'script'; trusted-types own";
      const packed = await packProject({ trustedTypes: 'own', loader });
      const headers = { 'content-security-policy': types };
      const site = await serve(packed, { prefix: '/js/', headers, bundle: { headers } });
      site.set('/', { body: html(...snippets(packed), ...snippets(packed)), headers });
      const guest = await visit(site, 'main 10');
      for (const name of ['sum', 'lazy', 'twice', 'shared', 'nested'])
        expect(answerOf(await guest.ask(name)), name).to.deep.equal(ANSWERS[name]);
      expect(guest.complaints).to.deep.equal([]);
    });

  it('tell their page what they cannot load, what throws, and what fails later; and ask again', async () => {
    const files = {
      'src/main.js': `const run = (worker, callback) => {
          worker.onmessage = ({ data }) => callback(null, data);
          worker.onerror = (event) => { event.preventDefault(); callback(null, 'error: ' + event.message); };
          worker.postMessage(1);
        };
        offer('gone', (callback) => run(new Worker(new URL('./gone.js', import.meta.url)), callback));
        offer('throws', (callback) => run(new Worker(new URL('./throws.js', import.meta.url)), callback));
        offer('waits', (callback) => run(new Worker(new URL('./waits.js', import.meta.url)), callback));
        const late = new Worker(new URL('./late.js', import.meta.url));
        offer('late', (callback) => run(late, callback));
        log.push('main 10');`,
      'src/gone.js': 'postMessage(1)',
      'src/throws.js': "throw new TypeError('wrong');",
      'src/waits.js': "await 0; throw new TypeError('later');",
      'src/late.js':
        "onmessage = () => import('./part.js').then(({ part }) => postMessage(part), (error) => postMessage([error.name, error.code, error.bundle, error instanceof Error]));",
      'src/part.js': "export const part = 'part';",
    };
    const site = await serve(await packProject({}, false, files), { prefix: '/js/', bundle: CACHED });
    const guest = await visit(site, 'main 10');
    site.setBundle('src-gone.js', { status: 404 });
    site.setBundle('src-part.js', (time) => (time < 3 ? { body: '<p>', type: 'text/html' } : {}));
    expect(await guest.ask('gone', 'throws', 'waits')).to.deep.equal([
      `error: Uncaught LoadError: Cannot load ${site.url}/js/src-gone.js`,
      'error: Uncaught TypeError: wrong',
      'error: Uncaught TypeError: later',
    ]);
    expect(await guest.ask('late')).to.deep.equal(['LoadError,LOAD_FAILED,src-part.js,true']);
    expect(await guest.ask('late')).to.deep.equal(['part']);
    expect(guest.uncaught).to.deep.equal([]);
  });
});
