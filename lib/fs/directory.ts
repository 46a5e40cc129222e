/** A directory as a key-value storage: the key `a:b` is the file `a/b`, as with the `fs` driver of unstorage. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { storeUnusable } from '../errors';

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * What a key has is replaced at once, by renaming: a reader finds the old value or the new one, in whole.
 * @throws (rejects with) RELEASES, naming the directory, when the system refuses
 */
export class Directory {
  constructor(private readonly path: string) {}

  async getItemRaw(key: string): Promise<Buffer | undefined> {
    return this.attempt(() => readFile(this.fileOf(key)));
  }

  async setItemRaw(key: string, value: Buffer): Promise<void> {
    // Of no place that is listed: what is left of a process that died is in nobody's way.
    const temporary = this.fileOf(`unfinished:${randomUUID()}`);
    const file = this.fileOf(key);
    await this.attempt(async () => {
      await mkdir(dirname(temporary), { recursive: true });
      await mkdir(dirname(file), { recursive: true });
      await writeFile(temporary, value);
      await rename(temporary, file);
    }, false);
  }

  async getKeys(base: string): Promise<string[]> {
    const names = await this.attempt(() => readdir(this.fileOf(base)));
    return (names ?? []).map((name) => `${base}:${name}`);
  }

  async removeItem(key: string): Promise<void> {
    await this.attempt(() => rm(this.fileOf(key), { force: true }));
  }

  private fileOf(key: string): string {
    return join(this.path, ...key.split(':'));
  }

  /** The result, or `undefined` where that means that there is no such file. */
  private async attempt<Result>(work: () => Promise<Result>, mayMiss = true): Promise<Result | undefined> {
    try {
      return await work();
    } catch (cause) {
      if (mayMiss && isMissing(cause)) return undefined;
      throw storeUnusable(this.path, cause as Error);
    }
  }
}
