/** Bundles → Files. */
import { join } from 'node:path';

import File = require('vinyl');

import type { Bundle } from '../model';
import type { ResolvedOptions } from '../options';
import { setTag } from './tags';

/** The Files are based on the root, so that `relative` is the bundle's name. */
export function* bundleFiles(
  bundles: readonly Bundle[],
  { root, id }: Pick<ResolvedOptions, 'root' | 'id'>,
): Generator<File> {
  for (const { name, contents } of bundles) {
    const file = new File({ cwd: root, base: root, path: join(root, name), contents: Buffer.from(contents) });
    yield setTag(file, { bundle: name, pack: id });
  }
}
