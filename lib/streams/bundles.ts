/** Bundles → Files. */
import { join } from 'node:path';

import File = require('vinyl');

import { readTextIfFile } from '../fs/files';
import type { Bundle, SourceMap } from '../model';
import type { ResolvedOptions } from '../options/resolved';
import { setTag } from './tags';

/** Sources that a module's own map names without their contents have those of the disk. */
function withContents(map: SourceMap, root: string): SourceMap {
  const sourcesContent = map.sourcesContent.map(
    (content, index) => content ?? readTextIfFile(join(root, map.sources[index] as string)) ?? null,
  );
  return { ...map, sourcesContent };
}

/**
 * The Files are based on the root, so that `relative` is the bundle's name. Those without a map have no property for
 * it: plugins look whether it is there.
 */
export async function* bundleFiles(
  bundles: AsyncIterable<Bundle>,
  { root, id }: Pick<ResolvedOptions, 'root' | 'id'>,
): AsyncGenerator<File> {
  for await (const { name, contents, map } of bundles) {
    const file = new File({ cwd: root, base: root, path: join(root, name), contents: Buffer.from(contents) });
    if (map) file.sourceMap = withContents(map, root);
    yield setTag(file, { bundle: name, pack: id });
  }
}
