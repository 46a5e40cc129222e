/** Chromium, in both builds that Debian makes of the same sources. */
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findCommand, installPackages, isRoot } from './commands';

/**
 * `browser` is what users have. `shell` is what it runs pages with (engine, network, storage), without windows: a page takes a fifth of the
 * processor time there, so most tests have it; two suites called `engines.test.ts` and the examples have the browser. With CHROMIUM set, or
 * where there is no shell, both are the browser.
 */
export type Build = 'browser' | 'shell';

/** Names under which systems install them. */
const COMMANDS = {
  browser: ['chromium', 'chromium-browser', 'google-chrome'],
  shell: ['chromium-headless-shell'],
};

/** Nothing of what a browser does for its user's sake, which would only add requests and load. */
const SWITCHES = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** By path, those that are open. */
const launched = new Map<string, Promise<Browser>>();

/** The browser that all test files of a process share: launched when first asked for, closed after the last test. */
export function launch(build: Build = 'shell'): Promise<Browser> {
  const executablePath = ensureChromium(build);
  const browser =
    launched.get(executablePath) ?? chromium.launch({ executablePath, headless: true, args: switches() });
  launched.set(executablePath, browser);
  return browser;
}

/** A browser with the profile in a directory, made where there is none; whoever launches it closes it. */
export function launchProfile(
  directory: string,
  { build = 'shell', more = [] }: { build?: Build; more?: readonly string[] } = {},
): Promise<BrowserContext> {
  const args = [...switches(), ...more];
  return chromium.launchPersistentContext(directory, {
    executablePath: ensureChromium(build),
    headless: true,
    args,
  });
}

/** Closes what is shared. */
export async function close(): Promise<void> {
  const browsers = [...launched.values()];
  launched.clear();
  for (const browser of browsers) await (await browser).close();
}

/**
 * The path of Chromium, which is installed when it is missing and this process may do that.
 * @throws when there is none
 */
export function ensureChromium(build: Build): string {
  const found = process.env.CHROMIUM || findOrInstall(build) || findOrInstall('browser');
  if (found) return found;
  throw new Error(`No Chromium: install one (Debian: apt-get install chromium), or set CHROMIUM to its path`);
}

/** Debian's packages are called like the commands. */
function findOrInstall(build: Build): string | undefined {
  const commands = COMMANDS[build];
  const found = findCommand(...commands);
  if (found || !isRoot() || tried.has(build)) return found;
  tried.add(build);
  try {
    installPackages('ignore', commands[0] as string);
  } catch (error) {
    console.error(`apt-get could not install ${commands[0]}: ${String(error)}`);
  }
  return findCommand(...commands);
}

/** What could not be installed cannot be installed a moment later. */
const tried = new Set<Build>();

/** Chromium's sandbox refuses to work for root. */
function switches(): string[] {
  return isRoot() ? [...SWITCHES, '--no-sandbox'] : SWITCHES;
}

// Test files import this one before they describe anything, so this is a hook of mocha's root suite. A process that runs test files
// beside another has such a suite for each: there the browser ends with the process.
if (typeof after === 'function' && !process.env.MOCHA_WORKER_ID) after(close);
