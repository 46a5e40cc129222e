import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { loader } from '#client';
import { type Replies, type Site, startSite } from '../helpers/site';
import {
  bundle,
  config,
  configOf,
  ENTRY,
  ensured,
  fileOf,
  html,
  LOADER_FILE,
  logs,
  snippet,
  type Visit,
  visit,
} from './fixtures';

/** The value of an integrity attribute for a text. */
function integrityOf(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}

describe('pages', () => {
  let visitor: Visit;
  const sites: Site[] = [];

  async function serve(files: Record<string, Replies>): Promise<Site> {
    const site = await startSite(files);
    sites.push(site);
    return site;
  }

  async function open(files: Record<string, Replies>): Promise<Site> {
    const site = await serve(files);
    visitor = await visit(site);
    return site;
  }

  afterEach(async () => {
    await visitor.close();
    await Promise.all(sites.splice(0).map((site) => site.close()));
  });

  describe('with several snippets', () => {
    const one = config({ b: ['one.js', 'shared.js'].map(fileOf), r: { One: [0, 1], Lazy: [1] }, e: 'One' });
    const two = config({ b: ['shared.js', 'two.js'].map(fileOf), r: { Two: [0, 1] }, e: 'Two' });
    const files = {
      '/js/one.js': bundle('one.js', { One: `require('S'); ${logs('One')}` }),
      '/js/two.js': bundle('two.js', { Two: `require('S'); ${logs('Two')}` }),
      '/js/shared.js': bundle('shared.js', { S: logs('S') }),
    };

    it('loads what they share once, and runs both entries', async () => {
      const site = await open({ '/': html(snippet(one), snippet(two)), ...files });
      await visitor.until('log.length === 3');
      expect((await visitor.log()).sort()).to.deep.equal(['One', 'S', 'Two']);
      expect(site.paths('.js').sort()).to.deep.equal(['/js/one.js', '/js/shared.js', '/js/two.js']);
    });

    it('runs an entry once whose snippet is there twice', async () => {
      const site = await open({ '/': html(snippet(one), snippet(one), snippet(two)), ...files });
      await visitor.until('log.includes("Two") && log.includes("One")');
      await sleep(50);
      expect((await visitor.log()).sort()).to.deep.equal(['One', 'S', 'Two']);
      expect(site.paths('one.js')).to.have.lengthOf(1);
    });

    it('does not run an entry again that another entry has required', async () => {
      const both = bundle('both.js', { One: logs('One'), Two: `require('One'); ${logs('Two')}` });
      const entry = (e: string) => snippet(config({ b: [fileOf('both.js')], r: { One: [0], Two: [0] }, e }));
      await open({ '/': html(entry('Two'), entry('One')), '/js/both.js': both });
      await visitor.until('log.length > 1');
      await sleep(50);
      expect(await visitor.log()).to.deep.equal(['One', 'Two']);
    });

    it('runs the other entry when one throws, which reaches window.onerror', async () => {
      const throws = bundle('one.js', { One: 'throw Error("from the entry");' });
      await open({ '/': html(snippet(one), snippet(two)), ...files, '/js/one.js': throws });
      await visitor.until('uncaught.length && log.includes("Two")');
      expect(await visitor.uncaught()).to.deep.equal(['from the entry']);
    });

    it('serves two packs that know nothing of each other', async () => {
      const other = config({ n: 'other', p: '/other/', b: [fileOf('one.js')], r: { One: [0] }, e: 'One' });
      const text = bundle('one.js', { One: 'log.push("other One");' }, 'other');
      await open({ '/': html(snippet(one), snippet(other)), ...files, '/other/one.js': text });
      await visitor.until('log.length === 3');
      expect((await visitor.log()).sort()).to.deep.equal(['One', 'S', 'other One']);
    });
  });

  describe('with hostile names', () => {
    it('takes roots and bundles by any name', async () => {
      const roots = { constructor: ['toString'], hasOwnProperty: ['valueOf'] };
      const site = await open({
        '/': html(snippet(configOf(roots))),
        '/js/e.js': ENTRY,
        '/js/toString': {
          body: bundle('toString', { constructor: logs('constructor') }),
          type: 'text/javascript',
        },
        '/js/valueOf': {
          body: bundle('valueOf', { hasOwnProperty: logs('hasOwnProperty') }),
          type: 'text/javascript',
        },
      });
      await visitor.until('self.req');
      expect(await visitor.evaluate(ensured(['constructor', 'hasOwnProperty']))).to.equal('0 fine');
      expect(await visitor.evaluate('req("constructor").id + req("hasOwnProperty").id')).to.equal(
        'constructorhasOwnProperty',
      );
      expect(site.paths().sort()).to.deep.equal(['/', '/js/e.js', '/js/toString', '/js/valueOf']);
    });
  });

  describe('with an external loader', () => {
    const tag = `<script src="/loader.js" data-dynapack='${JSON.stringify(configOf())}'></script>`;

    it('works as with an inline one', async () => {
      await open({ '/': html(tag), '/loader.js': LOADER_FILE, '/js/e.js': ENTRY });
      await visitor.until('self.req');
      expect(await visitor.log()).to.deep.equal(['E']);
    });

    it('works where there is no current script', async () => {
      const later = `<script>setTimeout(function () { (${loader})(${JSON.stringify(configOf())}); });</script>`;
      await open({ '/': html(later), '/js/e.js': ENTRY });
      await visitor.until('self.req');
      expect(await visitor.uncaught()).to.deep.equal([]);
    });
  });

  describe('with a content security policy', () => {
    const policies = [
      "script-src 'nonce-abc'",
      "script-src 'nonce-abc' 'strict-dynamic'",
      "default-src 'none'; script-src 'nonce-abc'",
    ];

    for (const policy of policies) {
      it(`hands on its nonce under ${policy}`, async () => {
        const body = html(snippet(configOf({ B: ['b.js'] }), ' nonce="abc"'));
        await open({
          '/': { body, headers: { 'content-security-policy': policy } },
          '/js/e.js': ENTRY,
          '/js/b.js': bundle('b.js', { B: logs('B') }),
        });
        await visitor.until('self.req');
        expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
        expect(await visitor.evaluate('violations')).to.deep.equal([]);
        expect(
          await visitor.evaluate('elements.map(function (script) { return script.nonce; })'),
        ).to.deep.equal(['abc', 'abc']);
      });
    }

    it('is refused without the nonce: the tests above mean something', async () => {
      const later = `<script nonce="abc">setTimeout(function () { (${loader})(${JSON.stringify(configOf())}); });</script>`;
      await open({
        '/': { body: html(later), headers: { 'content-security-policy': "script-src 'nonce-abc'" } },
        '/js/e.js': ENTRY,
      });
      await visitor.until('uncaught.length');
      expect(await visitor.uncaught()).to.match(/^Cannot load .*\/e\.js/);
      expect(await visitor.evaluate('violations.length')).to.be.above(0);
    });

    it('leaves no trace without one', async () => {
      await open({ '/': html(snippet(configOf())), '/js/e.js': ENTRY });
      await visitor.until('self.req');
      const attributes =
        'Object.values(elements[0].attributes).map(function (attribute) { return attribute.name + "=" + attribute.value; }).sort()';
      expect(await visitor.evaluate(attributes)).to.deep.equal(['integrity=', 'src=/js/e.js']);
    });
  });

  describe('with integrity', () => {
    const guarded = config({
      b: [fileOf('e.js'), [...fileOf('b.js'), integrityOf('what it should be')]],
      r: { E: [0], B: [1] },
      e: 'E',
    });

    it('loads the bundle that was meant', async () => {
      const text = bundle('b.js', { B: logs('B') });
      const right = config({
        ...guarded,
        b: [
          ['e.js', 'e.js', integrityOf(ENTRY)],
          ['b.js', 'b-1.js', integrityOf(text)],
        ],
      });
      await open({ '/': html(snippet(right)), '/js/e.js': ENTRY, '/js/b-1.js': text });
      await visitor.until('self.req');
      expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
    });

    it('refuses and reports another one', async () => {
      const site = await open({
        '/': html(snippet(guarded)),
        '/js/e.js': ENTRY,
        '/js/b.js': bundle('b.js', { B: logs('B') }),
      });
      await visitor.until('self.req');
      expect(await visitor.evaluate(ensured('B'))).to.equal(`1 Cannot load ${site.url}/js/b.js`);
      expect(await visitor.log()).to.deep.equal(['E']);
    });

    it('loads from another origin with crossorigin', async () => {
      const cors = { 'access-control-allow-origin': '*' };
      const cdn = await serve({ '/e.js': { body: ENTRY, headers: cors } });
      const far = config({
        p: `${cdn.url}/`,
        b: [[...fileOf('e.js'), integrityOf(ENTRY)]],
        r: { E: [0] },
        e: 'E',
        c: 'anonymous',
      });
      await open({ '/': html(snippet(far)) });
      await visitor.until('self.req');
      expect(cdn.requests[0]?.headers['sec-fetch-mode']).to.equal('cors');
      expect(cdn.requests[0]?.headers.cookie).to.equal(undefined);
    });
  });
});
