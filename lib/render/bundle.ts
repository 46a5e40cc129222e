/** Modules → the text of one bundle, and its source map. `client/` is the other side of this format. */
import type { SourceMap } from '../model';
import { type RenderedModule, renderMap } from './maps';

/** What stands before the modules. Every module starts on a line of its own. */
const opening = (registry: string, name: string): string =>
  `(self.${registry}=self.${registry}||[]).push([${JSON.stringify(name)},{\n`;

/**
 * A classic script that hands the registry the bundle's name and its module functions, whether the loader is
 * there already or not.
 * @param registry name of the global registry, an identifier
 * @param modules rendered modules, in the order they are to be written
 */
export function renderBundle(registry: string, name: string, modules: readonly string[]): string {
  return `${opening(registry, name)}${modules.join(',\n')}\n}]);\n`;
}

/**
 * The source map of what `renderBundle` gives, or `undefined` when nothing of it comes from a source.
 * @param modules as there
 * @param root what sources are named relative to
 * @throws INVALID_SOURCE_MAP when a map that came with a module is damaged
 */
export function renderBundleMap(
  registry: string,
  name: string,
  modules: readonly RenderedModule[],
  root: string,
): SourceMap | undefined {
  return renderMap(name, opening(registry, name), modules, root);
}
