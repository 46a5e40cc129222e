/** Modules → the text of one bundle. `client/` is the other side of this format. */

/**
 * A classic script that hands the registry the bundle's name and its module functions, whether the loader is
 * there already or not. Every module starts on a line of its own.
 * @param registry name of the global registry, an identifier
 * @param modules rendered modules, in the order they are to be written
 */
export function renderBundle(registry: string, name: string, modules: readonly string[]): string {
  const functions = modules.length === 0 ? '' : `\n${modules.join(',\n')}\n`;
  return `(self.${registry}=self.${registry}||[]).push([${JSON.stringify(name)},{${functions}}]);\n`;
}
