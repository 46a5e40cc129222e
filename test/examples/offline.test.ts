/** The example that works without a network, built and served by its own command, and opened in Chromium. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { launchProfile } from '../helpers/chromium';
import { gulp } from '../helpers/process';

const directory = resolve(__dirname, '../../examples/offline');

const text = (page: Page, selector: string): Promise<string | null> => page.locator(selector).textContent();

describe('examples/offline', function () {
  this.timeout(120_000);
  let profile: string;
  let context: BrowserContext;

  before(() => {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: directory,
      stdio: 'pipe',
    });
  });

  beforeEach(async () => {
    profile = mkdtempSync(join(tmpdir(), 'dynapack-profile-'));
    context = await launchProfile(profile, { build: 'browser' });
  });

  afterEach(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it('shows the page, and the part that nobody has asked for, when the server is gone', async () => {
    const server = gulp(directory, 'serve');
    const [, url] = (await server.next(/Serving (http:\S+)/)) as unknown as [string, string];
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(url);
    expect(await text(page, '#signals')).to.equal('···· · ·−·· ·−·· −−−');
    await page.getByText('All of it is kept').waitFor();
    await server.stop();
    await page.reload();
    await page.fill('#text', 'sos');
    expect(await text(page, '#signals')).to.equal('··· −−− ···');
    await page.click('#alphabet');
    await page.getByRole('cell', { name: '−−··' }).waitFor();
    expect(await page.locator('#table tr').count()).to.equal(26);
    expect(problems).to.deep.equal([]);
  });

  it('has a worker of one script, which knows all bundles', async () => {
    const { code, output } = await gulp(directory).finished;
    expect(code, output).to.equal(0);
    const { bundles } = JSON.parse(readFileSync(join(directory, 'snippets/manifest.json'), 'utf8'));
    const worker = readFileSync(join(directory, 'public/sw.js'), 'utf8');
    for (const { url } of Object.values(bundles) as { url: string }[]) expect(worker).to.include(url);
    expect(worker).to.not.match(/document|dynapack/);
  });
});
