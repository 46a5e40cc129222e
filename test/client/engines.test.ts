/** What pages do in the browsers that users have. All tests of the loader run in Chromium's engine. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Engine } from '../helpers/engine';
import { BROWSERS, describeInEngines } from '../helpers/engines';
import { type Replies, type Site, startSite } from '../helpers/site';
import { describeStyles } from '../styles/engines';
import { describeWorkers } from '../workers/engines';
import {
  bundle,
  config,
  configOf,
  ENTRY,
  ensured,
  fileOf,
  html,
  logs,
  snippet,
  type Visit,
  visit,
} from './fixtures';
import { wholeRuntime as runtime } from './runtime';

const integrityOf = (text: string): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;

describeInEngines('the loader', describeLoader, { engines: BROWSERS, isAlways: true });
describeInEngines('styles', describeStyles, { engines: BROWSERS, isAlways: true });
describeInEngines('workers', describeWorkers, { engines: BROWSERS, isAlways: true });

function describeLoader(engine: Engine): void {
  let site: Site;
  let visitor: Visit;

  async function open(files: Record<string, Replies>, path?: string): Promise<void> {
    site = await startSite(files);
    visitor = await visit(site, path, engine);
  }

  afterEach(async () => {
    await visitor?.close();
    await site.close();
  });

  it('fetches what a request needs in one round trip, and the next one only what it adds', async () => {
    const files = {
      '/': html(snippet(configOf({ B: ['b.js', 'd.js'], C: ['c.js', 'd.js'] }))),
      '/js/e.js': ENTRY,
      '/js/b.js': { body: bundle('b.js', { B: `require('D'); ${logs('B')}` }), delay: 300 },
      '/js/c.js': bundle('c.js', { C: `require('D'); ${logs('C')}` }),
      '/js/d.js': { body: bundle('d.js', { D: logs('D') }), delay: 300 },
    };
    await open(files);
    await visitor.until('self.req');
    site.forget();
    expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
    expect(site.paths().sort()).to.deep.equal(['/js/b.js', '/js/d.js']);
    const [first, second] = site.requests;
    expect(second?.arrived).to.be.below(first?.answered as number);
    site.forget();
    expect(await visitor.evaluate(ensured('C'))).to.equal('0 fine');
    expect(site.paths()).to.deep.equal(['/js/c.js']);
    expect(await visitor.evaluate('[req("B").id, req("C").id, log.join()]')).to.deep.equal([
      'B',
      'C',
      'E,D,B,C',
    ]);
  });

  it('runs an entry once, whose bundles arrive in any order, beside one that throws', async () => {
    const triple = config({ b: ['x.js', 'y.js', 'z.js'].map(fileOf), r: { X: [0, 1, 2] }, e: 'X' });
    const broken = config({ b: [fileOf('w.js')], r: { W: [0] }, e: 'W' });
    await open({
      '/': html(snippet(triple), snippet(broken), snippet(triple)),
      '/js/x.js': bundle('x.js', { X: `require('Y'); require('Z'); ${logs('X')}` }),
      '/js/y.js': { body: bundle('y.js', { Y: `require('Z'); ${logs('Y')}` }), delay: 60 },
      '/js/z.js': { body: bundle('z.js', { Z: logs('Z') }), delay: 30 },
      '/js/w.js': bundle('w.js', { W: 'throw Error("from the entry");' }),
    });
    await visitor.until('log.includes("X") && uncaught.length');
    expect(await visitor.log()).to.deep.equal(['Z', 'Y', 'X']);
    expect(await visitor.uncaught()).to.deep.equal(['from the entry']);
    expect(site.paths('.js')).to.have.lengthOf(4);
  });

  it('tries a bundle twice that is missing, names its URL, and asked again loads it', async () => {
    await open({ '/': html(snippet(configOf({ B: ['b.js'] }))), '/js/e.js': ENTRY });
    await visitor.until('self.req');
    expect(await visitor.evaluate(ensured('B'))).to.equal(`1 Cannot load ${site.url}/js/b.js`);
    // Once more to refresh the browser's cache, in which this server lets nothing be kept.
    expect(site.paths('b.js')).to.have.lengthOf(3);
    site.set('/js/b.js', bundle('b.js', { B: logs('B') }));
    expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
  });

  it("hands on its nonce under 'strict-dynamic', and runs only what has the right integrity", async () => {
    const text = bundle('b.js', { B: logs('B') });
    const guarded = config({
      b: [fileOf('e.js'), [...fileOf('b.js'), integrityOf(text)], ['c.js', 'c.js', integrityOf('another')]],
      r: { E: [0], B: [1], C: [2] },
      e: 'E',
    });
    const policy = "script-src 'nonce-abc' 'strict-dynamic'";
    await open({
      '/': {
        body: html(snippet(guarded, ' nonce="abc"')),
        headers: { 'content-security-policy': policy },
      },
      '/js/e.js': ENTRY,
      '/js/b.js': text,
      '/js/c.js': bundle('c.js', { C: logs('C') }),
    });
    await visitor.until('self.req');
    expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
    expect(await visitor.evaluate(ensured('C'))).to.equal(`1 Cannot load ${site.url}/js/c.js`);
    expect(await visitor.evaluate('[violations, log]')).to.deep.equal([[], ['E']]);
  });

  it('runs an ES module that awaits, and gives its namespace', async () => {
    const module =
      'function*(){"use strict";yield[[],["value",()=>value],[],[],1];yield;let value = (yield Promise.resolve(1)) + 1;}';
    await open({
      '/': html(snippet(configOf({ M: ['m.js'] }))),
      '/js/e.js': ENTRY,
      '/js/m.js': bundle('m.js', { M: module, '*': runtime }),
    });
    await visitor.until('self.req');
    expect(await visitor.evaluate(ensured('M'))).to.equal('0 fine');
    expect(await visitor.evaluate('req("*").import("M").then(({ value }) => value)')).to.equal(2);
  });
}
