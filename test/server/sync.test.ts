/** Pages whose inline scripts use at once what their assets define, in Chromium. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { Project } from '../helpers/project';
import { open } from './open';
import { type Seen, Site } from './site';
import { script } from './texts';

const logs = (name: string, version: string): string =>
  `${script(name, version)}log.push('${name} ${version}');\n`;

const files = {
  'assets/first.js': logs('first', '1'),
  'assets/second.js': logs('second', '1'),
  'assets/style.css': 'html { color: rgb(1, 2, 3) }',
};

const COLOR = 'getComputedStyle(document.documentElement).color';

describe('assets that run at once', () => {
  let project: Project;
  let site: Site;

  const start = (globals: dynosrc.Globals = {}): dynosrc.DynoSrc =>
    open(project, globals).assets({ first: {}, second: {}, style: {} });

  beforeEach(async () => {
    project = new Project(files);
    site = await new Site(start()).start();
    const inline = `log.push(['inline', self.first, self.second, ${COLOR}, dynoSrc.getVersion('first')].join(' '));`;
    site.page = { patches: ['style', 'first', 'second'], inline, sync: true };
  });

  afterEach(() => site.close());

  /** That everything has run in its order, and the inline script behind it. */
  function expectOrder({ log, errors }: Seen, version = '1'): void {
    expect(errors).to.deep.equal([]);
    expect(log.slice(0, 2)).to.deep.equal([`first ${version}`, 'second 1']);
    expect(log[2]).to.match(new RegExp(`^inline ${version} 1 rgb\\(1, 2, 3\\)`));
    expect(log).to.have.length(3);
  }

  it('are there for the next inline script: whole, from the store, and made of patches', async () => {
    const browser = await site.browser();
    for (let time = 0; time < 2; time++) {
      const seen = await browser.visit();
      expectOrder(seen);
      expect(seen.requests).to.deep.equal([]);
      expect(seen.html.includes('firstRows')).to.equal(time === 0);
      expect(seen.log[2]).to.match(/ [\w-]{11}$/);
    }
    project.write({ 'assets/first.js': logs('first', '2') });
    site.instance = start();
    const seen = await browser.visit();
    expectOrder(seen, '2');
    expect(seen.html).to.include('dynoSrc.apply("first"');
    expect(seen.requests).to.deep.equal([]);
    expect((await browser.visit()).html).not.to.include('dynoSrc.apply');
  });

  it('are not, without the option, where dynoSrc.ready() has to be waited for', async () => {
    site.page.sync = false;
    const { log } = await (await site.browser()).visit();
    expect(log[0]).to.match(/^inline {3}/);
  });

  const damages = {
    'is gone': 'localStorage.clear()',
    'is another':
      "localStorage['dynosrc.first'] = 'log.push(\"wrong\")'; localStorage['dynosrc.style'] = 'html { color: red }'",
    'is no text': "localStorage['dynosrc.first'] = '\\ud800'",
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`are loaded before the page goes on when what is kept ${name}`, async () => {
      const browser = await site.browser();
      await (await browser.visit()).page.evaluate(damage);
      const seen = await browser.visit();
      expectOrder(seen);
      expect(seen.requests.join()).to.include('id=first');
      const after = await browser.visit();
      expectOrder(after);
      expect(after.requests).to.deep.equal([]);
    });
  }

  it('are loaded before the page goes on when they are long, or nothing can be kept', async () => {
    site.instance = start({ maxInline: 100 });
    expectOrder(await (await site.browser()).visit());
    site.instance = start();
    const browser = await site.browser((context) =>
      context.addInitScript(
        "Object.defineProperty(self, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
      ),
    );
    for (let time = 0; time < 3; time++) expectOrder(await browser.visit());
  });

  for (const more of ['', " 'strict-dynamic'"]) {
    it(`run under a policy of nonces${more}`, async () => {
      site.page.policy = `default-src 'none'; script-src NONCE${more}; style-src NONCE; connect-src 'self'`;
      const browser = await site.browser();
      for (let time = 0; time < 2; time++) expectOrder(await browser.visit());
      await (await browser.visit()).page.evaluate('localStorage.clear()');
      expectOrder(await browser.visit());
    });
  }

  it('do not when they are not what the server has sent', async () => {
    const render = site.instance.getPatches.bind(site.instance) as (...args: unknown[]) => Promise<string[]>;
    site.instance.getPatches = (async (...args: unknown[]) =>
      (await render(...args)).map((text) =>
        text.replace("log.push('first 1')", "log.push('evil 1!')"),
      )) as never;
    expectOrder(await (await site.browser()).visit());
  });

  it('say when one cannot be loaded, and go on', async () => {
    const browser = await site.browser((context) => context.route('**/dynoSrc?**', (route) => route.abort()));
    await (await browser.visit()).page.evaluate("localStorage.removeItem('dynosrc.first')");
    const { log, errors } = await browser.visit();
    expect(log[0]).to.equal('second 1');
    expect(errors.join()).to.include('first').and.to.include('could not be loaded');
  });

  it('never write a page anew: what is asked for later on runs as ever', async () => {
    site.page.rest = `<p>still here<script>setTimeout(function () {
      dynoSrc.fetch('first', 'HEAD', function () {
        var late = document.createElement('script');
        late.text = 'dynoSrc.load("second", "none", "none")';
        document.head.appendChild(late);
        self.isLate = true;
      });
    })</script>`;
    const browser = await site.browser();
    const { page } = await browser.visit();
    await page.waitForFunction('self.isLate');
    const { log } = await browser.look(page);
    expect(log.slice(0, 2)).to.deep.equal(['first 1', 'second 1']);
    expect(log[3]).to.equal('first 1');
    expect(await page.evaluate('document.body.textContent')).to.include('still here');
  });
});

describe('SHA-256 without the browser', () => {
  it('is what it is elsewhere, at every length around a block, in bytes of UTF-8', () => {
    const source = readFileSync('dist/client/source/server/sync/hash.js', 'utf8');
    const hash = runInNewContext(`${source}; hashNow`, { btoa }) as (text: string) => string | undefined;
    const texts = ['é\u2028\ud83d\ude00', 'a'.repeat(100_000)];
    for (let length = 0; length < 140; length++) texts.push('x'.repeat(length));
    for (const text of texts)
      expect(hash(text)).to.equal(createHash('sha256').update(text).digest('base64url'));
    expect(hash('\ud800')).to.equal(undefined);
  });
});
