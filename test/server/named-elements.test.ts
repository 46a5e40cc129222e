/** Pages whose elements are called like what the client reads. */
import { expect } from 'chai';
import { randomNumbers } from '../../bench/generate-graph';
import { Project } from '../helpers/project';
import { elementsNamed, NAMES } from '../pages/markup';
import { open } from './open';
import { Site } from './site';
import { script } from './texts';

const NAMES_OF_DOCUMENT =
  '(function () { var names = []; for (var name in document) names.push(name); return names; })()';

const COLOR = "getComputedStyle(Reflect.get(Document.prototype, 'body', document)).color";

describe('elements that are called like what the client reads', () => {
  it('change nothing: assets run with the nonce of the page, and cookies tell what is kept', async () => {
    const project = new Project({
      'assets/app.js': `${script('app', '1')}log.push('app');`,
      'assets/style.css': 'body { color: rgb(1, 2, 3) }',
    });
    const site = await new Site(open(project, {}).assets({ app: {}, style: {} })).start();
    try {
      for (const seed of [1, 2]) {
        const sync = seed === 2;
        const browser = await site.browser();
        const policy = "script-src NONCE; style-src NONCE 'self'";
        site.page = { patches: ['style', 'app'], policy, sync };
        const { page: plain } = await browser.visit();
        const names = await plain.evaluate<string[]>(NAMES_OF_DOCUMENT);
        await browser.context.clearCookies();
        const before = elementsNamed([...NAMES, ...names], randomNumbers(seed), ' nonce="other"');
        site.page = { patches: ['style', 'app'], policy, before, sync };
        for (const isSecond of [false, true]) {
          const { log, errors, requests, html, page } = await browser.visit();
          expect(log, `seed ${seed}`).to.deep.equal(['app']);
          expect(errors, `seed ${seed}`).to.deep.equal([]);
          expect(requests).to.deep.equal([]);
          expect(html.includes('dynoSrc.load("app"'), `seed ${seed}`).to.equal(isSecond);
          expect(await page.evaluate(COLOR)).to.equal('rgb(1, 2, 3)');
        }
      }
    } finally {
      await site.close();
    }
  });
});
