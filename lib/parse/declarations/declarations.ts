/** Exports of imports. */
import type { ImportEntry, IndirectExport, LocalExport } from '../../model';

/** What the declarations of a module say about its exports. */
interface Exports {
  imports: ImportEntry[];
  exports: (LocalExport & { start: number })[];
  indirectExports: IndirectExport[];
}

/** `export { x }` of an imported `x` exports what the import means, a namespace, too (ECMA-262, ParseModule). */
export function resolveReexports<Found extends Exports>(found: Found): Found {
  const imports = new Map<string, ImportEntry>(found.imports.map((entry) => [entry.local, entry]));
  const indirect: IndirectExport[] = [];
  const exports = found.exports.filter(({ name, local, start }) => {
    const entry = local === undefined ? undefined : imports.get(local);
    if (entry === undefined) return true;
    indirect.push({ request: entry.request, name, imported: entry.name, start });
    return false;
  });
  return { ...found, exports, indirectExports: [...found.indirectExports, ...indirect] };
}
