/** The folder in which packages are installed and used. It is kept, so that only a changed lock file installs again. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Running } from '../helpers/process';
import { extensionOf, nameOf, type Use } from './use';

/** Its name begins with a dot, so that no tool takes what packages contain for ours. */
export const directory = join(__dirname, '.cache');

/** Holds the lock file that was installed last. */
const INSTALLED = join(directory, 'installed.json');

/**
 * Installs what the lock file says, without running any of the packages' scripts.
 * @throws what npm printed, when it fails
 */
export async function install(): Promise<void> {
  const lock = readFileSync(join(__dirname, 'package-lock.json'), 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === lock) return;
  mkdirSync(directory, { recursive: true });
  rmSync(INSTALLED, { force: true });
  for (const name of ['package.json', 'package-lock.json']) {
    writeFileSync(join(directory, name), readFileSync(join(__dirname, name)));
  }
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const { code, output } = await new Running('npm', args, directory).finished;
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${output}`);
  writeFileSync(INSTALLED, lock);
}

/** Where the uses' modules are, and where the entries that hand their values to the page. */
export const folders = { uses: join(directory, 'uses'), entries: join(directory, 'entries') };

/** Writes a module and an entry for each use; gives the paths of the entries. */
export function write(uses: readonly Use[]): Map<Use, string> {
  for (const folder of Object.values(folders)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  return new Map(uses.map((use) => [use, writeUse(use)]));
}

function writeUse(use: Use): string {
  const file = nameOf(use) + extensionOf(use);
  writeFileSync(join(folders.uses, file), use.source);
  const entry = join(folders.entries, file);
  writeFileSync(entry, entryOf(`../uses/${file}`));
  return entry;
}

/** An entry of the kind of its module. */
function entryOf(path: string): string {
  return path.endsWith('.mjs')
    ? `import value from '${path}';\nself.give(value);\n`
    : `self.give(require('${path}'));\n`;
}
