/** The page of a report is one file that asks for nothing, and runs nothing but its script, however modules are called. */
import { expect } from 'chai';
import { renderReport } from '../../lib/report/page';
import { earlier, fixture, HOSTILE } from './fixture';
import { closeReports, type Opened, open } from './open';

const href = (view: string, value: string): string => `#${new URLSearchParams([[view, value]])}`;

describe('the file of a report', () => {
  let report: Opened;

  afterEach(closeReports);

  /** Nothing went wrong, and nothing was asked for. */
  function assertQuiet(): void {
    expect(report.complaints).to.deep.equal([]);
    expect(report.site.paths()).to.deep.equal(['/report.html']);
  }

  it('weighs less than 60 kB without its data', () => {
    const data = fixture();
    const html = renderReport(data);
    const json = /<script type="application\/json" id="data">(.*)<\/script>/.exec(html)?.[1] as string;
    expect(JSON.parse(json)).to.deep.equal(data);
    expect(html.length - json.length).to.be.below(60_000);
  });

  it('names the licence of what is part of it', () => {
    expect(renderReport(fixture())).to.include('Mike Bostock');
  });

  it('shows names as text, whatever they are', async () => {
    const data = fixture();
    report = await open(data, { before: earlier() });
    for (const name of Object.values(HOSTILE)) {
      await report.show(href('module', name));
      expect(await report.title()).to.equal(`Module ${name}`);
      await report.page.fill('#field', name);
      expect(await report.page.locator('main li a').first().textContent()).to.equal(name);
      await report.page.locator('main li a').first().click();
      await report.page.getByRole('heading', { name: 'How pages come to it' }).waitFor();
      expect(await report.title()).to.equal(`Module ${name}`);
    }
    expect(await report.page.evaluate('self.hurt')).to.equal(undefined);
    expect(await report.page.locator('img').count()).to.equal(0);
    assertQuiet();
  });

  it('has a policy that lets nothing else in', async () => {
    report = await open(fixture());
    await report.page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'self.hurt = 1';
      const image = new Image();
      image.src = '/elsewhere.png';
      document.body.append(script, image);
      document.body.insertAdjacentHTML('beforeend', '<b onclick="self.hurt = 1" style="color: red" id="b">b</b>');
      document.getElementById('b').click();
      return fetch('/elsewhere').catch(() => 0);
    })()`);
    expect(await report.page.evaluate('self.hurt')).to.equal(undefined);
    for (const kind of ['inline script', 'inline style', 'inline event handler', 'image', 'Connecting'])
      expect(report.complaints.join(' '), kind).to.match(new RegExp(kind, 'i'));
    expect(report.site.paths()).to.deep.equal(['/report.html']);
  });

  it('says so where there is nothing of that name', async () => {
    report = await open(fixture());
    for (const view of ['page', 'module', 'bundle', 'package', 'other']) {
      await report.show(href(view, '<b>nowhere'));
      expect(await report.title()).to.match(/^There is no such/);
    }
    assertQuiet();
  });

  it('has no link that leads nowhere', async () => {
    report = await open(fixture(), { before: earlier() });
    const known = new Set(['#overview']);
    for (const fragment of known) {
      await report.show(fragment);
      expect(await report.title(), fragment).to.not.match(/^There is no such/);
      const found = await report.page.evaluate<string[]>(
        `[...document.querySelectorAll('main a, nav a')].map((link) => link.getAttribute('href'))`,
      );
      for (const each of found) known.add(each);
    }
    expect(known.size).to.be.greaterThan(40);
    assertQuiet();
  });
});
