/** Styles in pages: in their order, in time, nothing twice. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import {
  heads,
  html,
  htmlWithHead,
  leave,
  serve,
  serveNothing,
  snippets,
  type Visitor,
  visit,
} from '../pages/pages';

const PROJECT: ProjectFiles = {
  'main.js': `import './base.css'; import './main.css'; log.push('main');
    offer('menu', (callback) => import('./menu.js').then(() => callback(null, self.seen), callback));`,
  'menu.js':
    "import './base.css'; import './menu.css'; self.seen = getComputedStyle(document.body).color; log.push('menu');",
  'base.css': 'body { color: rgb(1, 1, 1); margin: 1px }',
  'main.css': 'body { color: rgb(2, 2, 2); padding: 2px }',
  'menu.css': 'body { color: rgb(3, 3, 3); margin: 3px }',
};

async function packProject(files: ProjectFiles, options: dynapack.Options = {}, ...entries: string[]) {
  const project = new Project(files);
  const paths = (entries.length > 0 ? entries : ['main.js']).map((entry) => project.path(entry));
  return pack(paths, { root: project.directory, ...options });
}

const styleOf = (guest: Visitor, property: string, selector = 'body'): Promise<string> =>
  guest.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);

/** Names of the links of the page to styles, in order. */
const linksOf = (guest: Visitor): Promise<string[]> =>
  guest.evaluate(
    "[...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.href.replace(/.*\\//, ''))",
  );

const SETTINGS: Record<string, dynapack.Options> = {
  'as they are': {},
  'with debug': { debug: true },
  'with a relative prefix': { prefix: 'js/' },
  'with the loader in a file': { loader: 'file' },
  'with updates': { updates: 'page' },
};

describe('styles in pages', () => {
  afterEach(leave);

  for (const [name, options] of Object.entries(SETTINGS)) {
    it(`are in the head and come with lazily loaded parts ${name}`, async () => {
      const packed = await packProject(PROJECT, { prefix: '/js/', ...options });
      expect(packed.metadata.minimal).to.equal(!options.debug);
      // The updating loader asks the browser's cache for what tags have brought.
      const bundle = { headers: { 'cache-control': 'max-age=600' } };
      const site = await serve(packed, { prefix: '/js/', bundle });
      const guest = await visit(site, 'main');
      expect(await styleOf(guest, 'color')).to.equal('rgb(2, 2, 2)');
      expect(await guest.ask('menu')).to.deep.equal(['rgb(3, 3, 3)']);
      expect(await styleOf(guest, 'margin')).to.equal('3px');
      expect(await styleOf(guest, 'padding')).to.equal('2px');
      const fetched = site.fetched();
      expect(new Set(fetched).size).to.equal(fetched.length);
      expect(fetched.filter((each) => each.endsWith('.css')).sort()).to.deep.equal(
        Object.keys(packed.styles).sort(),
      );
      expect(guest.uncaught).to.deep.equal([]);
      expect(guest.complaints).to.deep.equal([]);
    });

    it(`come by the loader where the head has none of them ${name}`, async () => {
      const packed = await packProject(PROJECT, { prefix: '/js/', ...options });
      const site = await serve(packed, { prefix: '/js/' });
      site.set('/', html(...snippets(packed)));
      const guest = await visit(site, 'main');
      expect(await styleOf(guest, 'color')).to.equal('rgb(2, 2, 2)');
      expect(await guest.ask('menu')).to.deep.equal(['rgb(3, 3, 3)']);
      const fetched = site.fetched();
      expect(new Set(fetched).size).to.equal(fetched.length);
      expect(guest.uncaught).to.deep.equal([]);
    });
  }

  it('stand between those of the page, whatever comes first', async () => {
    const files = {
      'main.js': `import './a.css'; import './z.css'; log.push('main');
        for (const name of ['one', 'two']) offer(name, (callback) => import(\`./\${name}.js\`).then(() => callback(null), callback));
        offer('one', (callback) => import('./one.js').then(() => callback(null), callback));
        offer('two', (callback) => import('./two.js').then(() => callback(null), callback));`,
      'one.js': "import './a.css'; import './m.css'; import './z.css';",
      'two.js': "import './a.css'; import './l.css'; import './m.css';",
      ...Object.fromEntries(
        ['a', 'l', 'm', 'z'].map((name) => [`${name}.css`, `body { --${name}: 1; --last: ${name} }`]),
      ),
    };
    for (const order of [
      ['one', 'two'],
      ['two', 'one'],
    ]) {
      const packed = await packProject(files);
      const site = await serve(packed);
      // Styles of others stay where they are.
      site.set(
        '/',
        htmlWithHead(
          `<style id="first"></style>${heads(packed)}<style id="last"></style>`,
          ...snippets(packed),
        ),
      );
      const guest = await visit(site, 'main');
      for (const name of order) await guest.ask(name);
      expect(await guest.evaluate("getComputedStyle(document.body).getPropertyValue('--last')")).to.equal(
        'z',
      );
      const links = await linksOf(guest);
      expect(links.length).to.equal(4);
      expect(await guest.evaluate('document.head.lastElementChild.id')).to.equal('last');
    }
  });

  it('are there when a lazily loaded part runs, however long they take', async () => {
    const site = await serve(await packProject(PROJECT));
    site.setBundle('menu.css', { delay: 500 });
    const guest = await visit(site, 'main');
    const frames = `new Promise((resolve) => {
      const seen = [];
      const look = () => { if (log.includes('menu')) seen.push(getComputedStyle(document.body).color); if (seen.length < 3) requestAnimationFrame(look); else resolve(seen); };
      offers.menu(() => 0); look();
    })`;
    expect(await guest.evaluate(frames)).to.deep.equal(Array(3).fill('rgb(3, 3, 3)'));
  });

  it('that cannot be had fail what asked for them, and may be asked for again', async () => {
    const site = await serve(await packProject(PROJECT));
    let isDown = true;
    site.setBundle('menu.css', () => (isDown ? { status: 503, body: '' } : {}));
    const guest = await visit(site, 'main');
    await guest.evaluate(
      "addEventListener('dynapack:failure', ({ detail }) => log.push(detail.code + ' ' + detail.bundle))",
    );
    const [answer] = await guest.ask('menu');
    expect(answer).to.equal(`LoadError: Cannot load ${site.url}/menu.css`);
    expect(await guest.log()).to.deep.equal(['main', 'LOAD_FAILED menu.css']);
    expect(await linksOf(guest)).to.deep.equal(
      ['base.css', 'main.css']
        .map((name) => name.replace('base', 'shared-base'))
        .filter((name) => name === 'main.css'),
    );
    isDown = false;
    expect(await guest.ask('menu')).to.deep.equal(['rgb(3, 3, 3)']);
  });

  it('are asked for twice, past the cache', async () => {
    const site = await serve(await packProject(PROJECT));
    let count = 0;
    site.setBundle('menu.css', () => (++count === 1 ? { status: 500, body: '' } : {}));
    const guest = await visit(site, 'main');
    expect(await guest.ask('menu')).to.deep.equal(['rgb(3, 3, 3)']);
    expect(guest.uncaught).to.deep.equal([]);
  });

  for (const [place, isHead] of Object.entries({ 'in the head': true, 'by the loader': false })) {
    it(`of an entry that cannot be had ${place} do not keep it from running`, async () => {
      const packed = await packProject(PROJECT);
      const site = await serve(packed);
      const watch = `<script>self.failures = [];
        addEventListener('dynapack:failure', ({ detail }) => failures.push(log + ' ' + detail.bundle))</script>`;
      site.set('/', htmlWithHead(isHead ? heads(packed) : '', watch, ...snippets(packed)));
      site.setBundle('main.css', { status: 404, body: '' });
      const guest = await visit(site, 'main');
      expect(await guest.ask('menu')).to.deep.equal(['rgb(3, 3, 3)']);
      await guest.until('self.failures.length > 0');
      expect(await guest.evaluate('failures')).to.match(/^main.* main\.css$/);
      expect(guest.uncaught).to.deep.equal([`Cannot load ${site.url}/main.css`]);
    });

    it(`of an entry are applied when it runs ${place}, in time for DOMContentLoaded in the head`, async () => {
      const packed = await packProject({
        'main.js':
          "import './main.css'; log.push(getComputedStyle(document.body).color + ' ' + document.readyState, 'main');",
        'main.css': 'body { color: rgb(4, 5, 6) }',
      });
      const site = await serve(packed);
      site.set('/', isHead ? htmlWithHead(heads(packed), ...snippets(packed)) : html(...snippets(packed)));
      site.setBundle('main.css', { delay: 200 });
      const guest = await visit(site, 'main');
      const [found] = await guest.log();
      expect(found?.startsWith('rgb(4, 5, 6)')).to.equal(true);
      if (isHead) expect(found).to.equal('rgb(4, 5, 6) interactive');
    });
  }

  it('of several entries of a page are there once, each in its order', async () => {
    const packed = await packProject(
      {
        'one.js': "import './a.css'; import './shared.css'; log.push('one');",
        'two.js':
          "import './b.css'; import './shared.css'; log.push('two'); offer('late', (callback) => import('./late.js').then(() => callback(null), callback));",
        'late.js': "import './c.css'; import './shared.css';",
        ...Object.fromEntries(
          ['a', 'b', 'c', 'shared'].map((name) => [`${name}.css`, `body { --${name}: 1; --last: ${name} }`]),
        ),
      },
      {},
      'one.js',
      'two.js',
    );
    for (const isHead of [true, false]) {
      // Both heads have the shared one.
      const site = await serve(packed, { bundle: { headers: { 'cache-control': 'max-age=600' } } });
      site.set('/', isHead ? htmlWithHead(heads(packed), ...snippets(packed)) : html(...snippets(packed)));
      const guest = await visit(site, 'one', 'two');
      await guest.ask('late');
      const value = (name: string) =>
        guest.evaluate(`getComputedStyle(document.body).getPropertyValue('--${name}')`);
      expect(await Promise.all(['a', 'b', 'c', 'last'].map(value))).to.deep.equal(['1', '1', '1', 'shared']);
      const fetched = site.fetched();
      expect(new Set(fetched).size).to.equal(fetched.length);
      expect(guest.uncaught).to.deep.equal([]);
    }
  });

  it("pass strict policies, are checked, and are the pack's whatever elements of the page are called", async () => {
    const project = new Project(PROJECT);
    const stream = dynapack({ root: project.directory });
    stream.end(project.path('main.js'));
    const packed = await finish(stream, { nonce: 'abc', integrity: true });
    const policy =
      "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; style-src 'nonce-abc'; connect-src 'self'";
    const site = await serve(packed, { headers: { 'content-security-policy': policy } });
    const clobbering =
      '<form name="head"></form><img name="createElement"><form name="querySelectorAll"></form><img name="readyState" id="documentElement">';
    site.set('/', {
      body: html(clobbering, ...snippets(packed)),
      headers: { 'content-security-policy': policy },
    });
    const guest = await visit(site, 'main');
    expect(await guest.ask('menu')).to.deep.equal(['rgb(3, 3, 3)']);
    expect(await guest.violations()).to.deep.equal([]);
    const attributes =
      "[...Document.prototype.querySelectorAll.call(document, 'link')].map((link) => /^sha384-/.test(link.integrity) + ' ' + link.nonce)";
    expect(await guest.evaluate(attributes)).to.deep.equal(['true abc', 'true abc']);
    expect(packed.scripts['main.head.html']).to.match(
      /integrity="sha384-\S+" crossorigin="anonymous" nonce="abc"/,
    );
  });

  it('of several packs are on one page', async () => {
    const packs = await Promise.all(
      ['one', 'two'].map((name) =>
        packProject(
          { [`${name}.js`]: `import './a.css'; log.push('${name}');`, 'a.css': `body { --${name}: 1 }` },
          { name, prefix: `/${name}/` },
          `${name}.js`,
        ),
      ),
    );
    const site = await serveNothing();
    packs.forEach((packed, index) => {
      site.add(packed, index === 0 ? '/one/' : '/two/');
    });
    site.set('/', html(...packs.flatMap((packed) => snippets(packed))));
    const guest = await visit(site, 'one', 'two');
    const value =
      "['--one', '--two'].map((name) => getComputedStyle(document.body).getPropertyValue(name)).join('')";
    expect(await guest.evaluate(value)).to.equal('11');
  });
});
