import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findCommand, installPackages, isRoot } from './commands';

/** Names under which systems install Chromium. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Nothing of what a browser does for its user's sake, which would only add requests and load. */
const SWITCHES = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let launched: Promise<Browser> | undefined;

/** The browser that all test files share: launched when first asked for, closed after the last test. */
export function launch(): Promise<Browser> {
  launched ??= chromium.launch({ executablePath: ensureChromium(), headless: true, args: switches() });
  return launched;
}

/** A browser with the profile in a directory, made where there is none; whoever launches it closes it. */
export function launchProfile(directory: string, more: readonly string[] = []): Promise<BrowserContext> {
  const args = [...switches(), ...more];
  return chromium.launchPersistentContext(directory, {
    executablePath: ensureChromium(),
    headless: true,
    args,
  });
}

/** Closes the shared browser, if there is one. */
export async function close(): Promise<void> {
  const browser = launched;
  launched = undefined;
  await (await browser)?.close();
}

/** The path of Chromium, which is installed when it is missing and this process may do that. */
export function ensureChromium(): string {
  const found = process.env.CHROMIUM || findCommand(...COMMANDS);
  if (found) return found;
  if (isRoot()) installChromium();
  const installed = findCommand(...COMMANDS);
  if (!installed)
    throw new Error(
      `No Chromium: install one (Debian: apt-get install chromium), or set CHROMIUM to its path`,
    );
  return installed;
}

/** Debian's package. When it cannot be had, the caller says what to do. */
function installChromium(): void {
  try {
    installPackages('inherit', 'chromium');
  } catch (error) {
    console.error(`apt-get could not install chromium: ${String(error)}`);
  }
}

/** Chromium's sandbox refuses to work for root. */
function switches(): string[] {
  return isRoot() ? [...SWITCHES, '--no-sandbox'] : SWITCHES;
}

// Test files import this one before they describe anything, so this is a hook of mocha's root suite. A process that runs test files
// beside another has such a suite for each: there the browser ends with the process.
if (typeof after === 'function' && !process.env.MOCHA_WORKER_ID) after(close);
