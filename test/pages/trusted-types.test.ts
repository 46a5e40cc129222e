/** Pages with `require-trusted-types-for 'script'`: scripts get their URLs and texts by a policy that the page allows. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import dynosrc from 'dynapack/server';
import { launch } from '../helpers/chromium';
import type { Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import type { Packed } from '../helpers/pack';
import { Project } from '../helpers/project';
import { listen } from '../server/serve';
import { html, leave, serve, snippets } from './pages';
import { packFiles } from './sources';

const TYPES = "require-trusted-types-for 'script'; trusted-types";

/** What the packs of these tests have in common. */
const FILES = {
  'a.js': "self.log = ['a'];\nself.more = () => import('./b').then(() => log.push('b'));\n",
  'b.js': "exports.b = 'b';\n",
};

/** Bundles and serves the program, under a policy that allows a name. */
async function open(
  visitor: Visitor,
  allowed: string,
  options: dynapack.Options,
  scripts: dynapack.ScriptsOptions = { nonce: 'abc' },
) {
  const packed: Packed = await packFiles(FILES, ['a.js'], options, scripts);
  const policy = `worker-src 'self'; script-src 'nonce-abc' 'strict-dynamic'; connect-src 'self'; ${TYPES} ${allowed}`;
  const site = await serve(packed, { headers: { 'content-security-policy': policy } });
  const watch = `<script nonce="abc">self.errors = []; addEventListener('error', (event) => errors.push(event.message));</script>`;
  const body = html(watch, ...snippets(packed), ...snippets(packed));
  site.set('/dynapack-worker.js', packed.scripts['dynapack-worker.js'] ?? '');
  site.set('/', { body, headers: { 'content-security-policy': policy } });
  return visitor.open(`${site.url}/`);
}

describeInEngines('pages under Trusted Types', (engine) => {
  let visitor: Visitor;

  before(async () => {
    visitor = await engine.visitor();
  });

  after(() => visitor.leave());

  afterEach(leave);

  const cases: Record<string, dynapack.Options> = {
    'with an inline loader': {},
    'with the loader in a file': { loader: 'file' },
    'with updates': { updates: 'page' },
  };

  for (const [name, options] of Object.entries(cases)) {
    it(`run ${name}, whose snippet may be there twice`, async () => {
      const tab = await open(visitor, 'own', { ...options, trustedTypes: 'own' });
      await tab.until('self.more');
      await tab.evaluate('more()');
      expect(await tab.evaluate('[log, errors]')).to.deep.equal([['a', 'b'], []]);
      await tab.close();
    });
  }

  it('run with updates, and register the worker', async () => {
    const tab = await open(visitor, 'own', { updates: 'worker', trustedTypes: 'own' });
    await tab.until('self.more');
    await tab.evaluate('more()');
    await tab.evaluate('navigator.serviceWorker.ready.then(() => 0)');
    expect(await tab.evaluate('[log, errors]')).to.deep.equal([['a', 'b'], []]);
    await tab.close();
  });
});

describe('pages under Trusted Types', () => {
  it('refuse a loader without a policy, in engines that know them: the tests above mean something', async () => {
    const context = await (await launch()).newContext();
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    const packed = await packFiles(FILES, ['a.js'], {}, { nonce: 'abc', mode: 'async' });
    const policy = `script-src 'nonce-abc' 'strict-dynamic'; ${TYPES} own`;
    const site = await serve(packed, { headers: { 'content-security-policy': policy } });
    await page.goto(site.url);
    await page.waitForTimeout(200);
    expect(await page.evaluate('self.log')).to.equal(undefined);
    expect(problems.join()).to.include('TrustedScriptURL');
    await context.close();
    await leave();
  });

  it('run the assets of a server', async () => {
    const project = new Project({ 'assets/note/1.0.0.js': "self.log = ['note'];\n" });
    const instance = dynosrc.factory({
      assetsDir: project.path('assets'),
      outputDir: project.path('output'),
      trustedTypes: 'own',
    });
    instance.assets({ note: {} });
    const nonce = 'abc';
    const served = await listen(async (request, response) => {
      const patches = await instance.getPatches(request, { patches: ['note'], nonce });
      const policy = `script-src 'nonce-${nonce}' 'strict-dynamic' blob:; ${TYPES} own`;
      response.setHeader('content-security-policy', policy);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      const done = `<script nonce="${nonce}">dynoSrc.ready(() => log.push('ready')); dynoSrc.ready("log.push('text')");</script>`;
      response.end(`<!doctype html>${instance.getClientLib({ nonce })}${patches.join('')}${done}`);
    });
    const context = await (await launch()).newContext();
    try {
      for (const _visit of [1, 2]) {
        const page = await context.newPage();
        await page.goto(served.url);
        await page.waitForFunction("self.log && log.includes('text')");
        expect(await page.evaluate('log')).to.deep.equal(['note', 'ready', 'text']);
      }
    } finally {
      await context.close();
      await served.close();
    }
  });

  it('need a name that the directive can have', () => {
    for (const trustedTypes of ['', 'two words', "'self'"]) {
      expect(() => dynosrc.factory({ trustedTypes })).to.throw('trustedTypes');
      expect(() => dynapack({ trustedTypes })).to.throw('trustedTypes');
    }
  });
});
