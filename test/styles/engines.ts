/** Styles in the browsers that users have, beside the loader (`test/client/engines.test.ts`). All other tests of styles run in Chromium's engine. */
import { expect } from 'chai';
import type { Engine, Tab, Visitor } from '../helpers/engine';
import { type Packed, pack } from '../helpers/pack';
import { Project } from '../helpers/project';
import { heads, htmlWithHead, leave, type PackSite, serveNothing, snippets } from '../pages/pages';

const FILES = {
  'main.js': `import './a.css'; import './z.css';
    self.log = [getComputedStyle(document.body).color]; self.seen = [];
    self.open = () => import('./part.js').then(() => 'fine', (error) => error.code);`,
  'part.js':
    "import './a.css'; import './m.css'; import './z.css'; seen.push(getComputedStyle(document.body).margin);",
  'a.css': 'body { color: rgb(1, 1, 1); margin: 1px; --last: a }',
  'm.css': 'body { color: rgb(2, 2, 2); margin: 2px; --last: m }',
  'z.css': 'body { color: rgb(3, 3, 3); --last: z }',
};

export function describeStyles(engine: Engine): void {
  let packed: Packed;
  let site: PackSite;
  let visitor: Visitor;

  before(async () => {
    const project = new Project(FILES);
    packed = await pack([project.path('main.js')], { root: project.directory });
  });

  async function open(isHead: boolean, change?: (site: PackSite) => void): Promise<Tab> {
    site = await serveNothing();
    site.add(packed, '/');
    site.set('/', htmlWithHead(isHead ? heads(packed) : '', '<p>x</p>', ...snippets(packed)));
    change?.(site);
    visitor = await engine.visitor();
    const tab = await visitor.open(`${site.url}/`);
    await tab.until('self.log && self.open');
    return tab;
  }

  const last = "getComputedStyle(document.body).getPropertyValue('--last').trim()";

  afterEach(async () => {
    await visitor?.leave();
    await leave();
  });

  for (const isHead of [true, false]) {
    it(`are in their order, and there before a part runs, ${isHead ? 'from the head' : 'by the loader'}`, async () => {
      const tab = await open(isHead, (each) => each.setBundle('part.css', { delay: 300 }));
      expect(await tab.evaluate('log')).to.deep.equal(['rgb(3, 3, 3)']);
      expect(await tab.evaluate('open()')).to.equal('fine');
      expect(await tab.evaluate('seen')).to.deep.equal(['2px']);
      expect(await tab.evaluate(last)).to.equal('z');
      const fetched = site.fetched();
      expect(new Set(fetched).size).to.equal(fetched.length);
    });

    it(`that cannot be had let an entry run, and fail parts, ${isHead ? 'from the head' : 'by the loader'}`, async () => {
      let isDown = true;
      const tab = await open(isHead, (each) => {
        each.setBundle('main-a.css', { status: 404, body: 'none' });
        each.setBundle('part.css', () => (isDown ? { status: 500, body: 'none' } : {}));
      });
      expect(await tab.evaluate('log')).to.deep.equal(['rgb(3, 3, 3)']);
      expect(await tab.evaluate('open()')).to.equal('LOAD_FAILED');
      isDown = false;
      expect(await tab.evaluate('open()')).to.equal('fine');
      expect(await tab.evaluate(last)).to.equal('z');
    });
  }
}
