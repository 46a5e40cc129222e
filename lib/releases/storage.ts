/** What releases are kept in: keys and bytes. */

/** The part that is used of an unstorage `Storage`, so that every driver of unstorage will do. */
export interface Storage {
  /** The value of a key, as bytes or text; anything else means that there is none. */
  getItemRaw(key: string): Promise<unknown>;
  setItemRaw(key: string, value: Buffer): Promise<void>;
  /** Keys that begin with `base` and a colon. */
  getKeys(base: string): Promise<string[]>;
  /** Removes a key. One that is not there is no error. */
  removeItem(key: string): Promise<void>;
}

export const isStorage = (value: unknown): value is Storage =>
  typeof value === 'object' &&
  value !== null &&
  (['getItemRaw', 'setItemRaw', 'getKeys', 'removeItem'] as const).every(
    (name) => typeof (value as Partial<Storage>)[name] === 'function',
  );

/** A value as bytes, whatever a driver makes of it; `undefined` when it is none. */
export function bytesOf(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return Buffer.from(value);
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** How many requests a storage is sent at once. */
const AT_ONCE = 16;

/** The results of `work` on all items, in their order; a few at a time. */
export async function mapSome<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const take = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return results;
}
