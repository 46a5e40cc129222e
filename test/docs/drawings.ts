/** The drawings of the documents, made from builds: `npx gulp drawings` writes them to docs/images. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './documents';
import { buildIn, buildProgram, drawProgram } from './program';
import { drawReleases, type Release, readReleases } from './release-sizes';

/** The example of that name. */
async function diamond(): Promise<string> {
  const built = await buildIn(join(ROOT, 'examples/diamond/src'));
  return drawProgram(
    'The diamond: a may request b or c, and both need d. Four bundles; whoever comes first brings d',
    built,
    { a: [0, 0.5], b: [1.4, 0], c: [1.4, 1], d: [2.8, 0.5] },
    [
      { words: 'the page', module: 'a' },
      { words: 'a click on b', module: 'b' },
      { words: 'then one on c', module: 'c' },
    ],
  );
}

async function thereAlready(): Promise<string> {
  const built = await buildProgram({
    'a.js': "require('./l'); self.later = () => import('./c');",
    'c.js': "require('./l');",
    'l.js': "module.exports = 'l';",
  });
  return drawProgram(
    'What is there already: a needs l and may request c, which needs l as well. Two bundles',
    built,
    { a: [0, 0], l: [0, 1], c: [1.8, 0] },
    [
      { words: 'the page', module: 'a' },
      { words: 'a click on c', module: 'c' },
    ],
  );
}

/** Drawings that need no network: path → text. */
export const programDrawings = async (): Promise<Record<string, string>> => ({
  'docs/images/diamond.svg': await diamond(),
  'docs/images/there-already.svg': await thereAlready(),
});

/** Builds examples/releases, with its packages. */
function buildReleases(): Release[] {
  const directory = join(ROOT, 'examples/releases');
  const call = (command: string, ...args: string[]): void => {
    execFileSync(command, args, { cwd: directory, stdio: 'inherit' });
  };
  if (!existsSync(join(directory, 'node_modules'))) call('npm', 'ci', '--no-audit', '--no-fund');
  call('npx', 'gulp', 'build');
  return readReleases(directory);
}

async function write(): Promise<void> {
  mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
  const drawings = {
    ...(await programDrawings()),
    'docs/images/release.svg': drawReleases(buildReleases()),
  };
  for (const [path, text] of Object.entries(drawings)) writeFileSync(join(ROOT, path), text);
}

if (require.main === module) void write();
