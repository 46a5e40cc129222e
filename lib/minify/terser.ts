/** The default minifier: terser, installed by the user, in threads. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isRightVersion, type Peer } from '../fs/peer';
import { createPool } from '../fs/pool';
import { terserMissing } from './failures';
import type { Minifier } from './minifier';
import type { TerserResult, TerserTask } from './terser-worker';

/** More threads than this cost more memory than they save time. */
const MOST_THREADS = 8;

const pool = createPool<TerserTask, TerserResult>(
  '#minify/terser-worker',
  Math.min(availableParallelism(), MOST_THREADS),
);

/** It knows `mangle.nth_identifier` and `sourceMap.asObject`. */
const TERSER: Peer = { name: 'terser', least: '5.16.0' };

interface FoundTerser {
  path: string;
  version: string;
}

/** The terser that a module at the place would get. */
function find(place: string): FoundTerser[] {
  try {
    const require = createRequire(place);
    const { version } = require('terser/package.json') as { version: string };
    return [{ path: require.resolve('terser'), version }];
  } catch {
    return [];
  }
}

/** @throws TERSER_MISSING when there is none of the right version */
function findRight(places: readonly string[]): FoundTerser {
  const found = places.flatMap(find);
  const right = found.find(({ version }) => isRightVersion(version, TERSER));
  if (right === undefined) throw terserMissing(TERSER, found[0]?.version);
  return right;
}

/**
 * @param root of the project: terser is looked for beside this package, and from there
 * @throws TERSER_MISSING
 */
export function terserMinifier(root: string): Minifier {
  const terser = findRight([__filename, join(root, 'package.json')]);
  return {
    key: `terser ${terser.version}`,
    isKnown: true,
    async minify(code, _about, hasMap) {
      const result = await pool.run({ terser: terser.path, code, hasMap });
      if (!('failure' in result)) return result;
      throw Object.assign(new Error(result.failure.message), result.failure);
    },
  };
}
