/** Styles in pages: in their order, in time, nothing twice. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { heads, html, htmlWithHead, leave, serve, snippets, type Visitor, visit } from '../pages/pages';

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
});
