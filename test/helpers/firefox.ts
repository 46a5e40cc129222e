/** Firefox, driven by WebDriver BiDi. */
import { type Browser, launch } from 'puppeteer-core';
import { findCommand, installPackage, isRoot } from './commands';

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
  const found = process.env.FIREFOX || findCommand(...COMMANDS);
  if (found) return { path: found };
  if (!isRoot()) return { missing: 'no Firefox, and no right to install one' };
  try {
    installPackage('firefox-esr', 'ignore');
  } catch {
    return { missing: 'no Firefox, and none could be installed' };
  }
  const path = findCommand(...COMMANDS);
  return path ? { path } : { missing: 'no Firefox after its installation' };
}
