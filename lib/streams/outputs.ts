/** Bundles and assets → Files. */
import { join } from 'node:path';

import File = require('vinyl');

import { readTextIfFile } from '../fs/files';
import type { Asset, Bundle, SourceMap } from '../model';
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
 * @param isAlone whether a bundle is a script that stands alone
 */
export async function* outputFiles(
  outputs: AsyncIterable<Bundle | Asset>,
  { root, id }: Pick<ResolvedOptions, 'root' | 'id'>,
  isAlone: (name: string) => boolean,
): AsyncGenerator<File> {
  const fileOf = (name: string, contents: Buffer): File =>
    new File({ cwd: root, base: root, path: join(root, name), contents });
  for await (const output of outputs) {
    const { name, contents } = output;
    if ('path' in output) {
      yield setTag(fileOf(name, Buffer.from(contents, 'latin1')), { asset: name, pack: id });
      continue;
    }
    const file = fileOf(name, Buffer.from(contents));
    if (output.map) file.sourceMap = withContents(output.map, root);
    yield setTag(file, { bundle: name, pack: id, ...(isAlone(name) && { isAlone: true }) });
  }
}
