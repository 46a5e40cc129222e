/** Firefox, driven by WebDriver BiDi. */
import { type Browser, launch } from 'puppeteer-core';
import { findCommand, installPackages, isRoot } from './commands';

/** Names under which systems install Firefox. */
const COMMANDS = ['firefox-esr', 'firefox'];

/** Nothing that Firefox does by itself. */
const PREFERENCES = {
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
};

let launched: Promise<Browser> | undefined;

/** The browser that all test files share: launched when first asked for, closed after the last test. */
export function launchShared(path: string): Promise<Browser> {
  launched ??= launchFirefox(path);
  return launched;
}

/** A browser with the profile in a directory, by default one of its own; whoever launches it closes it. */
export function launchFirefox(path: string, directory?: string): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    extraPrefsFirefox: PREFERENCES,
    ...(directory === undefined ? {} : { userDataDir: directory }),
  });
}

/** Closes the shared browser, if there is one. */
async function close(): Promise<void> {
  const browser = launched;
  launched = undefined;
  await (await browser)?.close();
}

/** The path of Firefox, or why there is none: it is installed when it is missing and this process may do that. */
export function findFirefox(): { path: string } | { missing: string } {
  const found = process.env.FIREFOX || findCommand(...COMMANDS);
  if (found) return { path: found };
  if (!isRoot()) return { missing: 'no Firefox, and no right to install one' };
  try {
    installPackages('ignore', 'firefox-esr');
  } catch {
    return { missing: 'no Firefox, and none could be installed' };
  }
  const path = findCommand(...COMMANDS);
  return path ? { path } : { missing: 'no Firefox after its installation' };
}

// As for Chromium: a hook of mocha's root suite, but where files run beside each other.
if (typeof after === 'function' && !process.env.MOCHA_WORKER_ID) after(close);
