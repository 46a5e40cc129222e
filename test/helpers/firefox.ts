/** Firefox, driven by WebDriver BiDi. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, launch } from 'puppeteer-core';

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

/** A browser with the profile in a directory; whoever launches it closes it. */
export function launchFirefox(path: string, directory: string): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    userDataDir: directory,
    extraPrefsFirefox: PREFERENCES,
  });
}

/** The path of Firefox, or why there is none: it is installed when it is missing and this process may do that. */
export function findFirefox(): { path: string } | { missing: string } {
  const found = process.env.FIREFOX || search();
  if (found) return { path: found };
  if (process.getuid?.() !== 0) return { missing: 'no Firefox, and no right to install one' };
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'firefox-esr'], {
      stdio: 'ignore',
    });
  } catch {
    return { missing: 'no Firefox, and none could be installed' };
  }
  const path = search();
  return path ? { path } : { missing: 'no Firefox after its installation' };
}

function search(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
