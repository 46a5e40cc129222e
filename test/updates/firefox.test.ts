/** The same in Firefox: a walk through three releases in each mode, and a patch that is damaged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';
import { findFirefox, launchFirefox } from '../helpers/firefox';
import { type Site, startSite } from '../helpers/site';
import { deploy, POLICIES, type Policy } from './policies';
import { patchPathsOf, pathsOf, type Release, SHARED, threeReleases, versionsOf } from './releases';
import { fetched, WORKER_READY } from './stage';
import { STORED } from './visitor';

const firefox = findFirefox();
const reason = 'missing' in firefox ? ` (skipped: ${firefox.missing})` : '';

/** One policy for each mode; the third one is for the damaged patch. */
const MODES = (Object.entries(POLICIES) as [string, Policy][]).slice(0, 2);

/** Milliseconds until what is waited for counts as missing. */
const LONGEST_WAIT = 10_000;

(reason ? describe.skip : describe)(`updates: in Firefox${reason}`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'dynapack-profile-'));
  let releases: [Release, Release, Release];
  let site: Site;
  let browser: Browser | undefined;
  let page: Page;

  before(async () => {
    releases = await threeReleases();
  });

  beforeEach(async () => {
    site = await startSite();
  });

  afterEach(async () => {
    await stop();
    await site.close();
  });

  after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));

  async function stop(): Promise<void> {
    await browser?.close();
    browser = undefined;
  }

  /** Opens the site's page in a browser that has just been started. */
  async function open(release: Release, policy: Policy): Promise<void> {
    await stop();
    deploy(site, release, policy);
    browser = await launchFirefox((firefox as { path: string }).path, directory);
    page = await browser.newPage();
    await page.goto(site.url);
  }

  async function until<Value>(expression: string, isRight: (value: Value) => boolean): Promise<Value> {
    const end = Date.now() + LONGEST_WAIT;
    for (;;) {
      const value = (await page.evaluate(expression)) as Value;
      if (isRight(value)) return value;
      if (Date.now() > end) throw new Error(`In vain awaited ${expression}; it is ${JSON.stringify(value)}`);
      await sleep(20);
    }
  }

  const said = async (count: number): Promise<string[]> =>
    (await until<string[]>('self.log || []', ({ length }) => length >= count)).sort();

  const ask = async (name: string): Promise<void> => {
    await page.evaluate(`new Promise(function (resolve) { offers.${name}(function () { resolve(0); }); })`);
  };

  async function stores(versions: readonly string[]): Promise<void> {
    await until<string[]>(STORED, (stored) => versions.every((version) => stored.includes(version)));
  }

  async function visitFirst(policy: Policy): Promise<void> {
    await open(releases[0], policy);
    await said(2);
    await ask('part');
    await stores(versionsOf(releases[0], 'home.js', SHARED, 'part.js'));
    if (policy.worker) await page.evaluate(WORKER_READY);
    expect(fetched(site)).to.deep.equal(pathsOf(releases[0], 'home.js', SHARED, 'part.js'));
  }

  for (const [name, policy] of MODES) {
    it(`downloads only what changed, under ${name}`, async () => {
      const [, two, three] = releases;
      await visitFirst(policy);

      await open(two, policy);
      expect(await said(2)).to.deep.equal(['home 1', 'shared 2']);
      await ask('part');
      expect(await said(3)).to.deep.equal(['home 1', 'part 2', 'shared 2']);
      expect(fetched(site)).to.deep.equal(patchPathsOf(two, SHARED, 'part.js'));

      deploy(site, three, policy);
      await page.goto(site.url);
      expect(await said(2)).to.deep.equal(['home 3', 'shared 2']);
      await ask('part');
      expect(await said(3)).to.deep.equal(['home 3', 'part 3', 'shared 2']);
      expect(fetched(site)).to.deep.equal(patchPathsOf(three, 'home.js', 'part.js'));
    });
  }

  it('downloads the bundle when its patch is damaged', async () => {
    const policy = POLICIES["a nonce and 'strict-dynamic', without a worker"] as Policy;
    await visitFirst(policy);
    const [patch] = patchPathsOf(releases[1], SHARED) as [string];
    deploy(site, releases[1], policy);
    site.set(patch, { body: `${releases[1].patches.get(patch)}#` });
    await page.goto(site.url);
    expect(await said(2)).to.deep.equal(['home 1', 'shared 2']);
    expect(fetched(site)).to.deep.equal([patch, ...pathsOf(releases[1], SHARED)]);
  });
});
