/**
 * Data on disk that is never trusted: cacache checks each entry against its hash and writes by renaming, so that what is
 * damaged, half written or written by two processes at once is absent, or one of the two.
 */

/** Loaded when there is a cache on disk: it takes as long to load as all the rest. */
const cacache = () => import('cacache');

/** How many entries a directory holds: modules, whole builds and minified modules of several sets of options. */
const ENTRIES = 18;

/** The data of a key, or `undefined` when there is none that is whole. */
export async function load(directory: string, key: string): Promise<Buffer | undefined> {
  try {
    const { get } = await cacache();
    return (await get(directory, key)).data;
  } catch {
    return undefined;
  }
}

/** What this process is writing. One after the other: while it tidies up, what is written beside may get lost. */
let writing = Promise.resolve();

/** Writes the data of a key and removes the oldest of too many. What cannot be written is not: a cache is no duty. */
export function save(directory: string, key: string, data: Buffer): Promise<void> {
  writing = writing.then(() => write(directory, key, data));
  return writing;
}

async function write(directory: string, key: string, data: Buffer): Promise<void> {
  try {
    const { ls, put, rm, verify } = await cacache();
    await put(directory, key, data);
    const entries = Object.values(await ls(directory)).sort((a, b) => b.time - a.time);
    for (const { key: old } of entries.slice(ENTRIES)) await rm.entry(directory, old);
    // Contents that no entry points to any more.
    await verify(directory);
  } catch {
    return;
  }
}
