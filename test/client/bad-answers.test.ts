/** What comes of a bundle that does not come, or something else in its place, which the browser may keep. */
import { expect } from 'chai';
import { describeInEngines } from '../helpers/engines';
import { type Reply, type Site, startSite } from '../helpers/site';
import { bundle, configOf, ENTRY, html, logs, snippet, type Visit, visit } from './fixtures';

const KEPT = { 'cache-control': 'public, max-age=31536000, immutable' };

/** Wrong answers that a browser keeps. */
const WRONG: Record<string, Reply> = {
  'a page that is kept for ever': { body: '<!doctype html>Sorry', type: 'text/html', headers: KEPT },
  'an empty file that is kept for ever': { body: '', headers: KEPT },
  'a missing file that is kept for a while': {
    status: 404,
    body: 'Not found',
    type: 'text/plain',
    headers: { 'cache-control': 'max-age=600' },
  },
};

const B: Reply = { body: bundle('b.js', { B: logs('B') }), headers: KEPT };

/** In the page: the fields of the error that a request ends with, and how many milliseconds that took. */
const fate = (id: string): string => `new Promise(function (resolve) {
  var begin = Date.now();
  req.ensure(${JSON.stringify(id)}, function (error) {
    var fields = error && { name: error.name, code: error.code, bundle: error.bundle, url: error.url, isError: error instanceof Error };
    resolve([fields || 'fine', Date.now() - begin]);
  });
})`;

type Fate = [outcome: unknown, milliseconds: number];

describeInEngines('the loader, given a bad answer', (engine) => {
  let site: Site;
  let visitor: Visit;

  async function enter(policy?: string, more: Parameters<typeof configOf>[1] = {}): Promise<void> {
    const body = html(snippet(configOf({ B: ['b.js'], C: ['c.js'] }, more), ' nonce="abc"'));
    const page: Reply =
      policy === undefined ? { body } : { body, headers: { 'content-security-policy': policy } };
    site = await startSite({ '/': page, '/js/e.js': ENTRY });
    visitor = await visit(site, '/', engine);
    await visitor.until('self.req');
  }

  afterEach(async () => {
    await visitor.close();
    await site.close();
  });

  const failed = (name: string, code = 'LOAD_FAILED'): unknown => ({
    name: 'LoadError',
    code,
    bundle: name,
    url: `${site.url}/js/${name}`,
    isError: true,
  });

  for (const [name, wrong] of Object.entries(WRONG)) {
    it(`${name}: passes the cache at the second attempt, and repairs it`, async () => {
      await enter();
      site.set('/js/b.js', (time) => (time > 1 ? B : wrong));
      const [outcome, milliseconds] = await visitor.evaluate<Fate>(fate('B'));
      expect(outcome).to.equal('fine');
      expect(milliseconds).to.be.at.least(390);
      // WebKit does not give a script what was fetched to repair the cache, and fetches it once more.
      const requests = engine.name === 'WebKit' ? 3 : 2;
      expect(site.paths('b.js')).to.have.lengthOf(requests);
      const again = `new Promise(function (resolve) {
        var script = document.createElement('script');
        script.src = '/js/b.js';
        script.onload = function () { resolve(0); };
        document.head.append(script);
      })`;
      await visitor.evaluate(again);
      expect(site.paths('b.js')).to.have.lengthOf(requests);
    });
  }

  it('passes the cache whenever it is asked again', async () => {
    await enter();
    site.set('/js/b.js', WRONG['a page that is kept for ever'] as Reply);
    expect((await visitor.evaluate<Fate>(fate('B')))[0]).to.deep.equal(failed('b.js'));
    site.forget();
    expect((await visitor.evaluate<Fate>(fate('B')))[0]).to.deep.equal(failed('b.js'));
    expect(site.paths('b.js')).not.to.deep.equal([]);
    site.set('/js/b.js', B);
    expect((await visitor.evaluate<Fate>(fate('B')))[0]).to.equal('fine');
  });

  it('passes the cache by another URL where the page may not connect to anything', async () => {
    await enter("connect-src 'none'; script-src 'nonce-abc'");
    site.set('/js/b.js', (time) => (time > 1 ? B : (WRONG['a page that is kept for ever'] as Reply)));
    expect((await visitor.evaluate<Fate>(fate('B')))[0]).to.equal('fine');
    expect(site.paths('b.js')).to.have.lengthOf(2);
    expect((await visitor.evaluate<Fate>(fate('C')))[0]).to.deep.equal(failed('c.js'));
  });

  it('does not wait for ever: a second attempt after the limit, and an error after that of the second', async () => {
    await enter(undefined, { t: 0.3 });
    site.set('/js/b.js', (time) => (time > 1 ? B : { delay: 3000 }));
    site.set('/js/c.js', { delay: 3000 });
    const [[b], [c, milliseconds]] = await visitor.evaluate<[Fate, Fate]>(
      `Promise.all([${fate('B')}, ${fate('C')}])`,
    );
    expect(b).to.equal('fine');
    expect(c).to.deep.equal(failed('c.js', 'LOAD_TIMEOUT'));
    expect(milliseconds).to.be.within(900, 2500);
  });

  it('tells the page of every request that fails', async () => {
    await enter();
    await visitor.evaluate(
      `void addEventListener('dynapack:failure', function (event) { log.push(event.detail.url); })`,
    );
    await visitor.evaluate(fate('C'));
    expect(await visitor.log()).to.deep.equal(['E', `${site.url}/js/c.js`]);
  });
});
