/** Modules → the text of one bundle, and its source map. `client/` is the other side of this format. */
import type { SourceMap } from '../model';
import { type RenderedModule, renderMap } from './maps';
import { composeMaps, type MappedModule } from './minified-maps';

/**
 * What stands before the modules. Every module starts on a line of its own. What is there under the registry's name and no
 * array is an element of the page that is called so.
 */
const opening = (registry: string): string =>
  `(Array.isArray(self.${registry})?self.${registry}:self.${registry}=[]).push([{\n`;

/**
 * A classic script that hands the registry its module functions, whether the loader is there already or not. It does not say
 * what it is called: plugins that rename files replace their names wherever they find them.
 * @param registry name of the global registry, an identifier
 * @param modules rendered modules, in the order they are to be written
 */
export function renderBundle(registry: string, modules: readonly string[]): string {
  const separated = modules.flatMap((text, index) => (index === 0 ? [text] : [',\n', text]));
  return [opening(registry), ...separated, '\n}]);\n'].join('');
}

/**
 * The source map of what `renderBundle` gives, or `undefined` when nothing of it comes from a source.
 * @param name of the bundle
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
  return renderMap(name, opening(registry), modules, root);
}

/** That of a file of styles once these are minified; see below. */
export const renderMinifiedStyleMap = (
  map: SourceMap,
  styles: readonly MappedModule[],
  onDamaged: (index: number, reason: string) => Error,
): SourceMap => composeMaps(map, '', styles, onDamaged);

/**
 * The source map of such a bundle once its modules are minified.
 * @param map of the bundle before
 * @param modules in the order in which they are written
 * @param onDamaged gives the error for a map that is damaged: that of a module, by index, or of the bundle, -1
 */
export function renderMinifiedMap(
  registry: string,
  map: SourceMap,
  modules: readonly MappedModule[],
  onDamaged: (index: number, reason: string) => Error,
): SourceMap {
  return composeMaps(map, opening(registry), modules, onDamaged);
}
