/** Programs of the system that tests need. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of the first of these commands that is installed. */
export function findCommand(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether this process may install packages. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Installs packages of Debian's.
 * @throws when they cannot be had
 */
export function installPackages(stdio: 'inherit' | 'ignore', ...names: readonly string[]): void {
  execFileSync('apt-get', ['update'], { stdio });
  execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', ...names], { stdio });
}
