/**
 * Works on items in their order, on several at once. The failure it rejects with is that of the first item that fails, however
 * long each takes: items are begun in order, and none after a failure.
 */
export async function concurrently<Item>(
  items: readonly Item[],
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = items.length;
  let failure: unknown;
  async function worker(): Promise<void> {
    while (next < items.length && failed === items.length) {
      const index = next++;
      try {
        await work(items[index] as Item);
      } catch (error) {
        if (index < failed) [failed, failure] = [index, error];
      }
    }
  }
  await Promise.all(Array.from({ length: count }, worker));
  if (failed < items.length) throw failure;
}
