/** Bundles all uses at once. */
import { type Packed, pack } from '../helpers/pack';
import { directory } from './project';
import type { Use } from './use';

export interface Bundled {
  packed: Packed;
  /** Uses that cannot be bundled, with the messages of their errors. */
  refused: Map<Use, string>;
}

const PREFIX = '/js/';

const options = { prefix: PREFIX, root: directory, env: { NODE_ENV: 'production' } };

/** As sites have it: without what nobody needs, and minified. */
const packEntries = (entries: Iterable<string>): Promise<Packed> =>
  pack([...entries], options, (stream) => stream.pipe(stream.minify()));

/**
 * One build of all entries. When it fails, the uses are tried one by one to name the ones that make it fail, and the
 * others are bundled without them.
 * @throws the build's error, when no use fails by itself
 */
export async function bundle(entries: ReadonlyMap<Use, string>): Promise<Bundled> {
  try {
    return { packed: await packEntries(entries.values()), refused: new Map() };
  } catch (error) {
    const refused = await refusedOf(entries);
    if (refused.size === 0) throw error;
    const others = [...entries].filter(([use]) => !refused.has(use));
    return { packed: await packEntries(others.map(([, entry]) => entry)), refused };
  }
}

async function refusedOf(entries: ReadonlyMap<Use, string>): Promise<Map<Use, string>> {
  const refused = new Map<Use, string>();
  for (const [use, entry] of entries) {
    await packEntries([entry]).catch((error) => refused.set(use, String(error)));
  }
  return refused;
}
