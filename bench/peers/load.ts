import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Loads a pinned bundler. The caller declares what it uses of it, so that types can be checked where no peer is
 * installed.
 * @param via the package whose dependency it is, when not of the bench itself
 */
export async function load<Exports>(project: string, name: string, via?: string): Promise<Exports> {
  const require = createRequire(join(project, 'bench/peers/package.json'));
  const from = via === undefined ? require : createRequire(require.resolve(via));
  const exports = (await import(pathToFileURL(from.resolve(name)).href)) as Exports & { default?: Exports };
  return exports.default ?? exports;
}
