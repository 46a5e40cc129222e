/** A directory with the given files, made for one test and removed after it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const made: string[] = [];

/** Relative path → contents. An object is written as JSON. */
export type ProjectFiles = Record<string, string | Buffer | object>;

export class Project {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'dynapack-test-')));

  constructor(files: ProjectFiles) {
    made.push(this.directory);
    this.write(files);
  }

  write(files: ProjectFiles): void {
    for (const [name, contents] of Object.entries(files)) {
      const path = this.path(name);
      mkdirSync(dirname(path), { recursive: true });
      const isText = typeof contents === 'string' || Buffer.isBuffer(contents);
      writeFileSync(path, isText ? contents : JSON.stringify(contents));
    }
  }

  /** Makes packages of this repository requirable in the project, `dynapack` itself among them. */
  link(...packages: string[]): this {
    const repository = resolve(__dirname, '../..');
    for (const name of packages) {
      const target = name === 'dynapack' ? repository : join(repository, 'node_modules', name);
      const path = this.path(`node_modules/${name}`);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(target, path, 'dir');
    }
    return this;
  }

  path(name: string): string {
    return join(this.directory, name);
  }
}

/** Removes what tests have made, in which something may still be written; called by the hooks after each test. */
export async function removeProjects(): Promise<void> {
  for (const directory of made.splice(0)) {
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Every file below a directory: relative path → text. */
export function readFiles(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [relative(directory, path), readFileSync(path, 'utf8')]));
}
