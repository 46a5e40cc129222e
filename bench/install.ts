import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a lock file of npm says of a package. */
interface Locked {
  version?: string;
  optional?: boolean;
}

function readPackages(lock: string): [path: string, locked: Locked][] {
  if (!existsSync(lock)) return [];
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, Locked> };
  return Object.entries(packages).filter(([path]) => path !== '');
}

/** Whether all packages of the lock file are there, except those for other systems. */
function isInstalled(directory: string): boolean {
  const installed = new Map(readPackages(join(directory, 'node_modules/.package-lock.json')));
  return readPackages(join(directory, 'package-lock.json')).every(([path, { version, optional }]) => {
    const found = installed.get(path);
    return found === undefined ? optional : found.version === version;
  });
}

/** Installs what a directory's lock file says, without running scripts of packages, unless it is there. */
export function install(directory: string): void {
  if (isInstalled(directory)) return;
  const parameters = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const shell = process.platform === 'win32';
  execFileSync('npm', parameters, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'], shell });
}
