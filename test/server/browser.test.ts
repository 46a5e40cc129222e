/** Visits in Chromium. */
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { sha256 } from '../../lib/hash';
import { Project } from '../helpers/project';
import { open } from './open';
import { Site } from './site';
import { script } from './texts';

const logs = (name: string, version: string): string =>
  `${script(name, version)}log.push('${name} ${version}');\n`;

const files = {
  'assets/first.js': logs('first', '1'),
  'assets/second.js': logs('second', '1'),
  'assets/third.js': logs('third', '1'),
  'assets/style.css': 'body { color: rgb(1, 2, 3) }',
};

const first = ['first 1', 'second 1', 'third 1'];

describe('visits', () => {
  let project: Project;
  let site: Site;

  function start(globals: dynosrc.Globals = {}): dynosrc.DynoSrc {
    return open(project, globals).assets({ first: {}, second: {}, third: {}, style: {} });
  }

  /** A release: other files, and other processes that serve them. */
  function upgrade(changed: Record<string, string>, globals: dynosrc.Globals = {}): void {
    project.write(changed);
    site.instance = start(globals);
  }

  beforeEach(async () => {
    project = new Project(files);
    site = await new Site(start()).start();
    site.page = { patches: ['style', 'first', 'second', 'third'] };
  });

  afterEach(() => site.close());

  const color = 'getComputedStyle(document.body).color';

  it('run everything in order at first, without a request', async () => {
    const { log, errors, requests, cookie, page } = await (await site.browser()).visit();
    expect(log).to.deep.equal(first);
    expect(errors).to.deep.equal([]);
    expect(requests).to.deep.equal([]);
    expect(cookie).to.match(/^1\.1-[\w-]{6}\.P$/);
    expect(await page.evaluate(color)).to.equal('rgb(1, 2, 3)');
  });

  it('run everything without a byte of it when nothing has changed', async () => {
    const browser = await site.browser();
    const before = await browser.visit();
    const { log, requests, html, cookie } = await browser.visit();
    expect(log).to.deep.equal(first);
    expect(requests).to.deep.equal([]);
    expect(html.length).to.be.below(before.html.length - files['assets/first.js'].length * 2);
    expect(html).not.to.include('firstRows');
    expect(cookie).to.equal(before.cookie);
  });

  it('run new versions of patches after an upgrade', async () => {
    const browser = await site.browser();
    await browser.visit();
    upgrade({ 'assets/second.js': logs('second', '2'), 'assets/style.css': 'body { color: rgb(4, 5, 6) }' });
    const { log, requests, html, page } = await browser.visit();
    expect(log).to.deep.equal(['first 1', 'second 2', 'third 1']);
    expect(requests).to.deep.equal([]);
    expect(html).to.include('dynoSrc.apply("second"');
    expect(html).not.to.include('secondRows');
    expect(await page.evaluate(color)).to.equal('rgb(4, 5, 6)');
    const again = await browser.visit();
    expect(again.html).not.to.include('dynoSrc.apply');
    expect(again.log).to.deep.equal(log);
  });

  it('run a patch that another page of the visitor has applied, or that the page holds twice', async () => {
    for (const sync of [false, true]) {
      site.page = { patches: ['first', 'second'], sync };
      const browser = await site.browser();
      await browser.visit();
      upgrade({ 'assets/first.js': logs('first', `${sync} 2`) });
      const { html } = await browser.visit();
      expect(html).to.include('dynoSrc.apply("first"');
      // A page that was asked for at the same time, or before: the browser keeps it for the way back.
      await browser.context.route(`${site.url}/`, (route) =>
        route.fulfill({ body: html, contentType: 'text/html' }),
      );
      const { log, errors, requests, page } = await browser.visit();
      expect(log).to.deep.equal([`first ${sync} 2`, 'second 1']);
      expect(errors).to.deep.equal([]);
      expect(requests).to.deep.equal([]);
      const call = /dynoSrc\.apply\(.*?\);/.exec(html)?.[0] as string;
      await page.evaluate(`new Promise(function (resolve) { ${call} dynoSrc.ready(resolve); })`);
      expect(await page.evaluate('log')).to.deep.equal([...log, `first ${sync} 2`]);
      expect(site.requests.filter((url) => url.startsWith('/dynoSrc'))).to.deep.equal([]);
      await browser.context.unroute(`${site.url}/`);
    }
  });

  it('get back what an upgrade has taken back', async () => {
    const browser = await site.browser();
    await browser.visit();
    upgrade({ 'assets/first.js': logs('first', '2') });
    await browser.visit();
    upgrade({ 'assets/first.js': files['assets/first.js'] });
    const { log, requests } = await browser.visit();
    expect(log).to.deep.equal(first);
    expect(requests).to.deep.equal([]);
  });

  const damages: Record<string, string> = {
    'a text is gone': "localStorage.removeItem('dynosrc.first')",
    'a text is another': "localStorage.setItem('dynosrc.first', 'log.push(\"wrong\")')",
    'a text is cut off': "localStorage.setItem('dynosrc.first', localStorage['dynosrc.first'].slice(0, -9))",
    'a text is empty': "localStorage.setItem('dynosrc.first', '')",
    'everything is gone': 'localStorage.clear()',
    'the index is no JSON': "localStorage.setItem('dynosrc.', '{')",
    'the index is something else': "localStorage.setItem('dynosrc.', '7')",
    'the index holds something else': `localStorage.setItem('dynosrc.', '{"first":null,"second":7,"third":["a"],"style":{}}')`,
    'the index says nothing of it': "localStorage.setItem('dynosrc.', '{}')",
  };

  for (const [name, damage] of Object.entries(damages)) {
    it(`load the whole text when ${name}, and keep it again`, async () => {
      const browser = await site.browser();
      await (await browser.visit()).page.evaluate(damage);
      const { log, errors, requests } = await browser.visit();
      expect(log).to.deep.equal(first);
      expect(errors).to.deep.equal([]);
      expect(requests.join()).to.include(`id=first&from=&to=${sha256(files['assets/first.js'])}&fmt=raw`);
      const after = await browser.visit();
      expect(after.log).to.deep.equal(first);
      expect(after.requests).to.deep.equal([]);
    });
  }

  for (const name of ['a text is another', 'everything is gone', 'the index is no JSON']) {
    it(`load the whole text after an upgrade when ${name}`, async () => {
      const browser = await site.browser();
      await (await browser.visit()).page.evaluate(damages[name] as string);
      upgrade({ 'assets/first.js': logs('first', '2') });
      const { log, errors } = await browser.visit();
      expect(log).to.deep.equal(['first 2', 'second 1', 'third 1']);
      expect(errors).to.deep.equal([]);
    });
  }

  it('get everything each time when cookies are blocked', async () => {
    const browser = await site.browser((context) =>
      context.addInitScript(
        "Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() { throw Error(); } });",
      ),
    );
    for (let time = 0; time < 2; time++) {
      const { log, errors, requests, html } = await browser.visit();
      expect(log).to.deep.equal(first);
      expect(errors).to.deep.equal([]);
      expect(requests).to.deep.equal([]);
      expect(html).to.include('firstRows');
    }
  });

  it("use the browser's own cache when localStorage is blocked", async () => {
    const browser = await site.browser((context) =>
      context.addInitScript(
        "Object.defineProperty(self, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
      ),
    );
    const before = await browser.visit();
    expect(before.log).to.deep.equal(first);
    expect(before.cookie).to.equal('0');
    const { log, errors, html } = await browser.visit();
    expect(log).to.deep.equal(first);
    expect(errors).to.deep.equal([]);
    expect(html).not.to.include('firstRows');
    expect((await browser.visit()).requests).to.deep.equal([]);
  });

  it('run without a place when localStorage is full, and make room of what the page does not use', async () => {
    const browser = await site.browser();
    const { page } = await browser.visit();
    await page.evaluate(fill('other'));
    upgrade({ 'assets/first.js': `${logs('first', '2')}${'// more\n'.repeat(100)}` });
    site.page = { patches: ['first', 'second'] };
    const { log, errors } = await browser.visit();
    expect(log).to.deep.equal(['first 2', 'second 1']);
    expect(errors).to.deep.equal([]);
    const again = await browser.visit();
    expect(again.log).to.deep.equal(['first 2', 'second 1']);
    expect(again.requests).to.deep.equal([]);
    expect(again.html).not.to.include('firstRows');
  });

  /** Fills what is left of localStorage, with texts under the key and numbers. */
  const fill = (key: string): string => `
    for (let size = 1 << 22; size > 0; size >>= 1) {
      try { localStorage['${key}' + size] = 'x'.repeat(size); } catch (error) {}
    }
  `;

  it("use the browser's own cache when localStorage was full before", async () => {
    const browser = await site.browser();
    const blank = await browser.context.newPage();
    await blank.goto(`${site.url}/favicon.ico`);
    await blank.evaluate(fill('other'));
    const before = await browser.visit();
    expect(before.log).to.deep.equal(first);
    expect(before.html).to.include('firstRows');
    expect(before.cookie).to.match(/^[02]/);
    for (const expected of ['id=first', '']) {
      const { log, errors, html, requests, cookie } = await browser.visit();
      expect(log).to.deep.equal(first);
      expect(errors).to.deep.equal([]);
      expect(html).not.to.include('firstRows');
      expect(requests.join()).to.include(expected);
      expect(cookie).to.match(/^[02]/);
    }
    expect((await browser.visit()).requests).to.deep.equal([]);
  });

  it('keep texts again when there is room again', async () => {
    const browser = await site.browser();
    const { page } = await browser.visit();
    await page.evaluate(`localStorage.clear(); ${fill('other')}`);
    upgrade({ 'assets/first.js': logs('first', '2') });
    expect((await browser.visit()).cookie).to.match(/^[02]/);
    await page.evaluate('localStorage.clear()');
    await browser.visit();
    const { cookie, requests, html } = await browser.visit();
    expect(cookie).to.match(/^1\./);
    expect(requests).to.deep.equal([]);
    expect(html).not.to.include('firstRows');
  });

  it('make room of texts that the index does not know', async () => {
    const browser = await site.browser();
    const { page } = await browser.visit();
    await page.evaluate(`localStorage.clear(); ${fill('dynosrc.lost')}`);
    await browser.visit();
    expect((await browser.visit()).cookie).to.match(/^1\./);
    const lost = `Object.keys(localStorage).filter((key) => key.startsWith('dynosrc.lost'))`;
    expect(await page.evaluate(lost)).to.deep.equal([]);
  });

  it('agree in two tabs, of which one is older', async () => {
    const browser = await site.browser();
    const { page } = await browser.visit();
    browser.keep(page);
    upgrade({ 'assets/first.js': logs('first', '2') });
    await browser.visit();
    // The older tab keeps its version again.
    await page.evaluate(`dynoSrc.fetch('first', ${JSON.stringify(sha256(files['assets/first.js']))})`);
    await page.waitForFunction("log.filter((line) => line === 'first 1').length > 1 || errors.length");
    for (let time = 0; time < 2; time++) {
      const { log, errors } = await browser.visit();
      expect(log).to.deep.equal(['first 2', 'second 1', 'third 1']);
      expect(errors).to.deep.equal([]);
    }
  });

  it('open in many tabs at once', async () => {
    const browser = await site.browser();
    const seen = await Promise.all(Array.from({ length: 6 }, () => browser.visit()));
    for (const { log } of seen) expect(log).to.deep.equal(first);
    const { log, requests } = await browser.visit();
    expect(log).to.deep.equal(first);
    expect(requests).to.deep.equal([]);
  });

  const policies: Record<string, string> = {
    nonces: "default-src 'none'; script-src NONCE; style-src NONCE; connect-src 'self'",
    'nonces and strict-dynamic':
      "default-src 'none'; script-src NONCE 'strict-dynamic'; style-src NONCE; connect-src 'self'",
    'inline scripts': "default-src 'self' 'unsafe-inline'",
  };

  for (const [name, policy] of Object.entries(policies)) {
    it(`run under a policy of ${name}`, async () => {
      site.page.policy = policy;
      const browser = await site.browser();
      for (let time = 0; time < 2; time++) {
        const { log, errors, requests, page } = await browser.visit();
        expect(log).to.deep.equal(first);
        expect(errors).to.deep.equal([]);
        expect(requests).to.deep.equal([]);
        expect(await page.evaluate(color)).to.equal('rgb(1, 2, 3)');
      }
      upgrade({ 'assets/first.js': logs('first', '2') });
      expect((await browser.visit()).log).to.deep.equal(['first 2', 'second 1', 'third 1']);
    });
  }

  it('run where nothing is secure', async () => {
    const browser = await site.browser((context) =>
      context.route('http://site.test/**', async (route) => {
        const { pathname, search } = new URL(route.request().url());
        const headers = await route.request().allHeaders();
        const response = await fetch(site.url + pathname + search, {
          headers: { cookie: headers.cookie ?? '' },
        });
        await route.fulfill({
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: Buffer.from(await response.arrayBuffer()),
        });
      }),
    );
    for (const expected of [first, first]) {
      const { log, page, errors } = await browser.visit('http://site.test/');
      expect(await page.evaluate('isSecureContext')).to.equal(false);
      expect(log).to.deep.equal(expected);
      expect(errors).to.deep.equal([]);
    }
    // No style can be checked there, and so none is kept.
    expect(site.html).not.to.include('rgb(1, 2, 3)');
    upgrade({ 'assets/first.js': logs('first', '2') });
    const { log, requests } = await browser.visit('http://site.test/');
    expect(log).to.deep.equal(['first 2', 'second 1', 'third 1']);
    expect(requests.filter((url) => url.includes('fmt=raw') && url.includes('first'))).to.deep.equal([]);
  });

  it('never run what has been changed on its way', async () => {
    const browser = await site.browser();
    const render = site.instance.getPatches.bind(site.instance) as (...args: unknown[]) => Promise<string[]>;
    site.instance.getPatches = (async (...args: unknown[]) =>
      (await render(...args)).map((text) =>
        text.replace("log.push('first 1')", "log.push('evil 1!')"),
      )) as never;
    const { log } = await browser.visit();
    expect(log).to.deep.equal(first);
  });

  it('say when nothing can be loaded, and run the rest', async () => {
    const browser = await site.browser((context) => context.route('**/dynoSrc?**', (route) => route.abort()));
    await (await browser.visit()).page.evaluate("localStorage.removeItem('dynosrc.second')");
    const { log, errors } = await browser.visit();
    expect(log).to.deep.equal(['first 1', 'third 1']);
    expect(errors.join()).to.include('second');
    expect(errors.join()).to.include('could not be loaded');
  });

  it('tell of updates, versions and the end', async () => {
    site.page.rest = `<script>
      dynoSrc.onUpdate((id, from, to, text) => log.push([id, from, to, text.length].join()));
      dynoSrc.onDestroy(() => log.push('destroyed'));
    </script>`;
    const browser = await site.browser();
    const { page } = await browser.visit();
    expect(await page.evaluate("dynoSrc.getVersion('first')")).to.equal(
      sha256(files['assets/first.js']).slice(0, 11),
    );
    const text = logs('first', '2');
    upgrade({ 'assets/first.js': text });
    await page.evaluate("new Promise((resolve) => dynoSrc.fetch('first', 'HEAD', resolve))");
    const { log, cookie } = await browser.look(page);
    const [from, to] = [files['assets/first.js'], text].map((one) => sha256(one).slice(0, 11));
    expect(log.slice(-2)).to.deep.equal(['first 2', `first,${from},${to},${text.length}`]);
    expect(cookie).to.match(/^1\.2-[\w-]{6}\.B\.1-[\w-]{6}\.O$/);
    expect(
      await page.evaluate('dynoSrc.destroy(), [localStorage.length, document.cookie, log.at(-1)].join()'),
    ).to.equal('0,,destroyed');
  });

  it('apply patches that say nothing but what they are made for', async () => {
    const browser = await site.browser();
    const { page } = await browser.visit();
    const before = sha256(files['assets/first.js']);
    upgrade({ 'assets/first.js': logs('first', '2') });
    const { diff } = await site.instance.patch('first', before, 'HEAD');
    await page.evaluate(`dynoSrc.apply('first', '2', ${JSON.stringify(diff)})`);
    await page.waitForFunction("log.includes('first 2')");
    expect(await page.evaluate("dynoSrc.getVersion('first')")).to.equal('2');
  });
});
