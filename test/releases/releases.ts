/** Releases for tests, and what must hold of a store. */
import { expect } from 'chai';
import { sha256 } from '../../lib/hash';
import type { ReleaseContent } from '../../lib/releases/manifest';
import { bytesOf, type Storage } from '../../lib/releases/storage';
import type { ReleaseStore } from '../../lib/releases/store';

/** The content and the texts of a release: bundle name → text. */
export function release(texts: Record<string, string>): [ReleaseContent, Map<string, string>] {
  const bundles = Object.entries(texts).map(([name, text]) => {
    return [name, { version: sha256(text), served: name, size: Buffer.byteLength(text) }] as const;
  });
  return [
    { bundles: Object.fromEntries(bundles), roots: {}, entries: {} },
    new Map(Object.values(texts).map((text) => [sha256(text), text])),
  ];
}

/** Records a release. */
export const record = (store: ReleaseStore, texts: Record<string, string>, keep = 5): Promise<void> =>
  store.record(...release(texts), keep);

/** Every release with its texts; `undefined` for those that are not there. */
export async function contents(store: ReleaseStore): Promise<Record<string, string | undefined>[]> {
  return Promise.all(
    (await store.list()).map(async ({ bundles }) => {
      const texts = Object.entries(bundles).map(
        async ([name, { version }]) => [name, await store.text(version)] as const,
      );
      return Object.fromEntries(await Promise.all(texts));
    }),
  );
}

/** Fails unless all texts of the newest releases are there. */
export async function assertWhole(store: ReleaseStore, count: number): Promise<void> {
  for (const texts of (await contents(store)).slice(-count))
    expect(Object.values(texts)).to.not.include(undefined);
}

/** A storage in memory, without the peculiarities of drivers. */
export class MapStorage implements Storage {
  readonly values = new Map<string, Buffer>();

  async getItemRaw(key: string): Promise<unknown> {
    return this.values.get(key);
  }

  async setItemRaw(key: string, value: Buffer): Promise<void> {
    this.values.set(key, Buffer.from(value));
  }

  async getKeys(base: string): Promise<string[]> {
    return [...this.values.keys()].filter((key) => key.startsWith(`${base}:`));
  }

  async removeItem(key: string): Promise<void> {
    this.values.delete(key);
  }
}

/** Replaces a value by something else, whatever the storage. */
export async function damage(
  storage: Storage,
  key: string,
  change: (bytes: Buffer) => Buffer,
): Promise<void> {
  await storage.setItemRaw(key, change(bytesOf(await storage.getItemRaw(key)) as Buffer));
}
