/** Visits in the browsers that users have. All tests of the page's side run in Chromium's engine. */
import { expect } from 'chai';
import type { Engine, Tab, Visitor } from '../helpers/engine';
import { BROWSERS, describeInEngines } from '../helpers/engines';
import { Project } from '../helpers/project';
import { open } from './open';
import { Site } from './site';
import { script } from './texts';

const logs = (name: string, version: string): string =>
  `${script(name, version)}log.push('${name} ${version}');\n`;

describeInEngines('visits of pages from a server', describeVisits, {
  engines: BROWSERS,
  isAlways: true,
});

function describeVisits(engine: Engine): void {
  let project: Project;
  let site: Site;
  let visitor: Visitor;

  const start = () => open(project).assets({ first: {}, second: {}, style: {} });

  beforeEach(async () => {
    project = new Project({
      'assets/first.js': logs('first', '1'),
      'assets/second.js': logs('second', '1'),
      'assets/style.css': 'body { color: rgb(1, 2, 3) }',
    });
    site = await new Site(start()).start();
    site.page = { patches: ['style', 'first', 'second'] };
    visitor = await engine.visitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  /** Opens the page until everything has run and is kept. */
  async function visit(): Promise<Tab> {
    site.requests.length = 0;
    const tab = await visitor.open(site.url);
    await tab.until("self.isReady && document.cookie.includes('_ds=')");
    return tab;
  }

  const seen = (tab: Tab): Promise<unknown> =>
    tab.evaluate('[log, errors, getComputedStyle(document.body).color]');

  it('run everything, then nothing but patches, without a request', async () => {
    expect(await seen(await visit())).to.deep.equal([['first 1', 'second 1'], [], 'rgb(1, 2, 3)']);
    const { length } = site.html;
    expect(await seen(await visit())).to.deep.equal([['first 1', 'second 1'], [], 'rgb(1, 2, 3)']);
    expect(site.html.length).to.be.below(length - logs('first', '1').length);

    project.write({
      'assets/second.js': logs('second', '2'),
      'assets/style.css': 'body { color: rgb(4, 5, 6) }',
    });
    site.instance = start();
    expect(await seen(await visit())).to.deep.equal([['first 1', 'second 2'], [], 'rgb(4, 5, 6)']);
    expect(site.html).to.include('dynoSrc.apply("second"').and.not.to.include('secondRows');
    expect(site.requests).to.deep.equal([]);
  });

  it('run everything under a policy that asks for a nonce', async () => {
    site.page.policy =
      "default-src 'none'; script-src NONCE; style-src NONCE 'unsafe-inline'; connect-src 'self'";
    expect(await seen(await visit())).to.deep.equal([['first 1', 'second 1'], [], 'rgb(1, 2, 3)']);
    expect(await seen(await visit())).to.deep.equal([['first 1', 'second 1'], [], 'rgb(1, 2, 3)']);
  });
}
