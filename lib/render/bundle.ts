/** Modules → the text of one bundle, or of a script that stands alone, and its source map. `client/` is the other side of these formats. */
import type { SourceMap } from '../model';
import { type RenderedModule, renderMap } from './maps';
import { composeMaps, type MappedModule } from './minified-maps';
import type { Rendered } from './texts';

/** What stands around the modules, each of which is a property of an object on a line of its own. */
export interface Frame {
  head: string;
  tail: string;
}

/**
 * The frame of a bundle: a classic script that hands the registry its module functions, whether the loader is there already or not. It does not say
 * what it is called: plugins that rename files replace their names wherever they find them. What is there under the registry's name and no
 * array is an element of the page that is called so.
 * @param registry name of the global registry, an identifier
 */
export const frameOf = (registry: string): Frame => ({
  head: `(Array.isArray(self.${registry})?self.${registry}:self.${registry}=[]).push([{\n`,
  tail: '\n}]);\n',
});

/** The texts of one function each: modules that share one stand one after the other. */
export function functionsOf<Item extends Pick<Rendered, 'module' | 'text' | 'shared'>>(
  rendered: readonly Item[],
): Item[][] {
  const functions: Item[][] = [];
  let isOpen = false;
  for (const each of rendered) {
    if (isOpen) functions.at(-1)?.push(each);
    else functions.push([each]);
    isOpen = each.shared !== undefined && each.shared.members.at(-1) !== each.module;
  }
  return functions;
}

/** What stands in a bundle of modules that share a function, or of one. */
export const functionText = (members: readonly { text: string }[]): string =>
  members.map(({ text }) => text).join('\n');

/** @param functions in the order they are to be written */
export function renderBundle({ head, tail }: Frame, functions: readonly string[]): string {
  const separated = functions.flatMap((text, index) => (index === 0 ? [text] : [',\n', text]));
  return [head, ...separated, tail].join('');
}

/**
 * The source map of what `renderBundle` gives, or `undefined` when nothing of it comes from a source.
 * @param name of the bundle
 * @param modules as there
 * @param root what sources are named relative to
 * @throws INVALID_SOURCE_MAP when a map that came with a module is damaged
 */
export function renderBundleMap(
  { head }: Frame,
  name: string,
  modules: readonly RenderedModule[],
  root: string,
): SourceMap | undefined {
  return renderMap(name, head, modules, root);
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
  { head }: Frame,
  map: SourceMap,
  modules: readonly MappedModule[],
  onDamaged: (index: number, reason: string) => Error,
): SourceMap {
  return composeMaps(map, head, modules, onDamaged);
}
