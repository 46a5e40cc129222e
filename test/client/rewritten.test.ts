/** Documents that are written anew while bundles are under way, or that have lost their elements. */
import { expect } from 'chai';
import { describeInEngines } from '../helpers/engines';
import { type Site, startSite } from '../helpers/site';
import { bundle, configOf, ENTRY, ensured, html, logs, snippet, type Visit, visit } from './fixtures';

/** Milliseconds that bundles take, in which the document is written anew. */
const DELAY = 200;

/** What a page may do to its document. */
const CHANGES: Record<string, string> = {
  'written anew': 'document.open(); document.write("<p>new</p>"); document.close();',
  'written anew by document.write() alone, and not closed': 'document.write("<p>new</p>");',
  'opened, and left empty': 'document.open();',
  'without a head': 'document.head.remove();',
};

describeInEngines('bundles under way while a document', (engine) => {
  let site: Site;
  let visitor: Visit;

  before(async () => {
    site = await startSite({
      '/': html(snippet(configOf({ B: ['b.js'], C: ['c.js'], D: ['none.js'] }))),
      '/js/e.js': ENTRY,
      '/js/b.js': { body: bundle('b.js', { B: logs('B') }), delay: DELAY },
      '/js/c.js': bundle('c.js', { C: logs('C') }),
      '/js/none.js': { status: 404, delay: DELAY },
    });
  });

  beforeEach(async () => {
    visitor = await visit(site, '/', engine);
    await visitor.until('self.req && document.readyState === "complete"');
  });

  afterEach(() => visitor.close());

  after(() => site.close());

  for (const [name, change] of Object.entries(CHANGES)) {
    it(`is ${name} come, and so do those that are asked for then, and failures`, async () => {
      await visitor.evaluate(`void (self.asked = Promise.all([${ensured('B')}, ${ensured('D')}]))`);
      await visitor.evaluate(`void Function(${JSON.stringify(change)})()`);
      expect(await visitor.evaluate(ensured('C'))).to.equal('0 fine');
      expect(await visitor.evaluate('asked')).to.deep.equal([
        '0 fine',
        `1 Cannot load ${site.url}/js/none.js`,
      ]);
      await visitor.evaluate('void (req("B"), req("C"))');
      expect(await visitor.log()).to.deep.equal(['E', 'B', 'C']);
    });
  }
});
