/** The package as users get it: packed, and installed into a project of its own, once for all tests. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Running } from '../helpers/process';

export const repository = resolve(__dirname, '../..');

export interface Tarball {
  path: string;
  /** Bytes to download. */
  size: number;
  /** Paths in the package. */
  files: string[];
}

/** Keeps what it was made with for everybody who asks later. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A directory that outlives single tests, until the process ends. */
function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'dynapack-package-')));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { code, output } = await new Running('npm', args, cwd).finished;
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${output}`);
  return output;
}

export const packed: () => Promise<Tarball> = once(async () => {
  const directory = temporaryDirectory();
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', directory];
  const output = await npm(repository, ...args);
  const [report] = JSON.parse(output.slice(output.search(/^\[/m), output.lastIndexOf(']') + 1));
  const files = report.files.map((file: { path: string }) => file.path);
  return { path: join(directory, report.filename), size: report.size, files };
});

/** A project with the tarball and the types of gulp installed. */
export const installed: () => Promise<string> = once(async () => {
  const directory = temporaryDirectory();
  const { path } = await packed();
  const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0' }));
  const types = `@types/gulp@${devDependencies['@types/gulp']}`;
  await npm(directory, 'install', path, types, '--no-audit', '--no-fund', '--prefer-offline');
  return directory;
});
