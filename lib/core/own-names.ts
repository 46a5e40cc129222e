/** What imports of modules that share a function are of, as far as these modules go: ECMA-262, ResolveExport(). */
import type { Module } from '../model';

/** Something that a member declares, by the name of its export. */
export interface OwnExport {
  own: Module;
  /** `undefined` is the default export that has no name in the source. */
  local: string | undefined;
}

/** What a module outside has under a name, or its namespace, which has none. */
export interface ForeignExport {
  own?: undefined;
  path: string;
  name: string | undefined;
}

/** What the top level that declares it calls it; `undefined` where it has no name, or is outside. */
export const localOf = (found: OwnExport | ForeignExport): string | undefined =>
  found.own === undefined ? undefined : found.local;

/**
 * @param members of the function, by path
 * @param module asks for it
 * @param name of the export; `undefined` means the namespace
 * @returns `undefined` for what a member had that nobody needs
 */
export function resolveAmong(
  members: ReadonlyMap<string, Module>,
  { facts, targets }: Module,
  request: number,
  name: string | undefined,
): OwnExport | ForeignExport | undefined {
  const path = targets[facts.syntax?.requests[request] as number] as string;
  const exporter = members.get(path);
  if (exporter === undefined) return { path, name };
  const own = exporter.facts.syntax?.exports.find((each) => each.name === name);
  if (own) return { own: exporter, local: own.local };
  const indirect = exporter.facts.syntax?.indirectExports.find((each) => each.name === name);
  return indirect && resolveAmong(members, exporter, indirect.request, indirect.imported);
}
