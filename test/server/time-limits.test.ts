/** Assets and answers that do not come, in Chromium: nobody waits for them for ever. */
import { expect } from 'chai';
import { Project } from '../helpers/project';
import { open } from './open';
import { Site } from './site';

/** The page's clock is faster than ours: the limit for answers is none of the options. */
const FASTER = 20;

const HURRY = `<script>
  var wait = setTimeout;
  self.setTimeout = function (callback, milliseconds) { return wait(callback, milliseconds / ${FASTER}); };
</script>`;

describe('what an endpoint does not answer', () => {
  let site: Site;

  beforeEach(async () => {
    const project = new Project({
      'assets/first.js': "log.push('first');\n",
      'assets/second.js': "log.push('second');\n",
    });
    site = await new Site(open(project, { timeout: 10 }).assets({ first: {}, second: {} })).start();
    site.page = { patches: ['first', 'second'], before: HURRY };
  });

  afterEach(() => site.close());

  for (const sync of [false, true]) {
    it(`holds up what is behind it until the limit${sync ? ', asked for later on a page of assets that run at once' : ''}`, async () => {
      site.page.sync = sync;
      const browser = await site.browser();
      const { page } = await browser.visit();
      site.gate = new Promise(() => {});
      await page.evaluate(`void (self.log.length = 0, localStorage.removeItem('dynosrc.first'),
        dynoSrc.load('first', 'HEAD', 'x'.repeat(43)), dynoSrc.load('second', dynoSrc.getVersion('second')))`);
      await page.waitForFunction("log.includes('second')");
      expect(await page.evaluate('[log, errors]')).to.deep.equal([
        ['second'],
        [
          `Uncaught LoadError: first HEAD could not be loaded from /dynoSrc?id=first&from=&to=${'x'.repeat(43)}&fmt=raw`,
        ],
      ]);
    });
  }

  it('ends fetch() with an error, after the limits for the answer and for the whole text', async () => {
    const browser = await site.browser();
    const { page } = await browser.visit();
    site.gate = new Promise(() => {});
    const error = await page.evaluate(
      "new Promise((resolve) => dynoSrc.fetch('first', 'HEAD', ({ name, code, bundle, url }) => resolve({ name, code, bundle, url })))",
    );
    expect(error).to.deep.equal({
      name: 'LoadError',
      code: 'LOAD_FAILED',
      bundle: 'first',
      url: '/dynoSrc?id=first&from=&to=HEAD&fmt=raw',
    });
  });
});
