/** The default minifier: terser, installed by the user, in threads. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
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

/** The first terser that is found from one of the places. */
function find(places: readonly string[]): { path: string; version: string } | undefined {
  for (const place of places) {
    try {
      const require = createRequire(place);
      const { version } = require('terser/package.json') as { version: string };
      return { path: require.resolve('terser'), version };
    } catch {}
  }
  return undefined;
}

/**
 * @param root of the project: terser is looked for beside this package, then from there
 * @throws TERSER_MISSING
 */
export function terserMinifier(root: string): Minifier {
  const terser = find([__filename, join(root, 'package.json')]);
  if (terser === undefined || !terser.version.startsWith('5.')) throw terserMissing(terser?.version);
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
