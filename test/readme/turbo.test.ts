/** The recipe for pages that are replaced in their window, with Turbo in Chromium. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { recipe } from '../docs/documents';
import type { Tab, Visitor } from '../helpers/engine';
import { CHROMIUM } from '../helpers/engines';
import { type Site, startSite } from '../helpers/site';
import { packFiles } from '../pages/sources';

const turbo = recipe('turbo');
const reload = recipe('reload');

const entry = (id: string, text: string): string =>
  `log.push('${id} ' + require('./lib'));\n${turbo.replace('greet', id).replace('Hello!', text)}`;

const files = (release: number): Record<string, string> => ({
  'home.js': entry('greet', 'Hello!'),
  'shop.js': entry('buy', 'Bought!'),
  'lib.js': `module.exports = 'of ${release}';`,
});

describe('recipes: pages that Turbo replaces', () => {
  let site: Site;
  let visitor: Visitor;
  let tab: Tab;

  async function deploy(release: number): Promise<void> {
    const packed = await packFiles(
      files(release),
      ['home.js', 'shop.js'],
      { prefix: '/js/' },
      { integrity: true },
    );
    for (const [name, body] of Object.entries(packed.bundles)) site.set(`/js/${name}`, body);
    for (const [path, button, other, name] of [
      ['/', 'greet', '/shop', 'home'],
      ['/shop', 'buy', '/', 'shop'],
    ] as const) {
      const head = `<title>${name}</title><script src="/turbo.js"></script><script>self.log = self.log || []; ${reload}</script>`;
      const body = `<a href="${other}">go</a> <button id="${button}">${name}</button> ${packed.scripts[`${name}.html`]}`;
      site.set(path, `<!doctype html><html><head>${head}</head><body>${body}</body></html>`);
    }
  }

  /** Clicks until the button does what its entry has it do. */
  async function expectAnswer(id: string, text: string): Promise<void> {
    const button = `(document.querySelector('#${id}') || { click() {} })`;
    await tab.until(`(${button}.click(), ${button}.textContent === '${text}')`);
  }

  const follow = (): Promise<unknown> => tab.evaluate("document.querySelector('a').click()");

  beforeEach(async () => {
    site = await startSite({
      '/turbo.js': readFileSync(require.resolve('@hotwired/turbo'), 'utf8'),
    });
    await deploy(1);
    visitor = await CHROMIUM.visitor();
    tab = await visitor.open(`${site.url}/`);
    await tab.evaluate('self.isSameWindow = true');
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  it('work on every page, the first time, again, and on the way back', async () => {
    await expectAnswer('greet', 'Hello!');
    await follow();
    await expectAnswer('buy', 'Bought!');
    await follow();
    await expectAnswer('greet', 'Hello!');
    for (const [id, text] of [
      ['buy', 'Bought!'],
      ['greet', 'Hello!'],
    ] as const) {
      await tab.evaluate('history.back()');
      await tab.until(`document.querySelector('#${id}')`);
      await tab.evaluate(`document.querySelector('#${id}').textContent = ''`);
      await expectAnswer(id, text);
    }
    expect(await tab.evaluate('[log, self.isSameWindow]')).to.deep.equal([['greet of 1', 'buy of 1'], true]);
  });

  it('are loaded anew when a click after a release brings what cannot run here', async () => {
    await expectAnswer('greet', 'Hello!');
    await deploy(2);
    await follow();
    await tab.until('!self.isSameWindow');
    await expectAnswer('buy', 'Bought!');
    expect(await tab.evaluate('log')).to.deep.equal(['buy of 2']);
  });
});
