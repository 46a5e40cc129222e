/** Bundles → Files. */
import { join } from 'node:path';

import File = require('vinyl');

import type { Bundle } from '../model';
import { setTag } from './tags';

/**
 * @param root base of the Files, so that `relative` is the bundle's name
 */
export function* bundleFiles(bundles: readonly Bundle[], root: string): Generator<File> {
  for (const { name, contents } of bundles) {
    const file = new File({ cwd: root, base: root, path: join(root, name), contents: Buffer.from(contents) });
    yield setTag(file, { bundle: name });
  }
}
