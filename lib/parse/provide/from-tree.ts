/** Names in a tree that modules provide. */
import type { Node } from 'estree';
import type { Reference } from '../../facts';
import { covers, type Range } from '../../ranges';
import type { Declarations } from '../declarations/declarations';
import { rangeOf } from '../tree/nodes';
import { isFree, type Scope } from '../tree/scope';
import { type Provide, specifierOf } from './provide';

/** Where one of the names stands, which counts if it proves free. */
export interface ProvidedUse {
  node: Node;
  name: string;
  scope: Scope;
  isWritten: boolean;
}

/** A name that is needed. */
export interface ProvidedName {
  reference: Reference;
  name: string;
  /** Where it stands first. */
  start: number;
}

/**
 * The names that are needed. What a source writes to is its own business. Their references stand behind the source, where they are part of no statement.
 * @param kind how the module has others: an ES module imports them, as if it began with the declarations
 * @param unused where code is dead, or replaced
 */
export function providedNames(
  uses: readonly ProvidedUse[],
  provide: Provide,
  source: string,
  kind: 'import' | 'require',
  unused: readonly (readonly Range[])[],
): ProvidedName[] {
  const free = uses.filter(({ name, scope }) => isFree(name, scope));
  const written = new Set(free.filter(({ isWritten }) => isWritten).map(({ name }) => name));
  const starts = new Map<string, number>();
  for (const { node, name } of free) {
    const { start } = rangeOf(node);
    if (written.has(name) || unused.some((ranges) => covers(ranges, start))) continue;
    starts.set(name, Math.min(start, starts.get(name) ?? start));
  }
  const { length } = source;
  return [...starts.keys()].sort().map((name) => {
    const provided = provide[name] as Provide[string];
    const provides = typeof provided === 'string' ? [name] : [name, provided[1]];
    const specifier = specifierOf(provided);
    const reference: Reference = { kind, specifier, start: length, end: length, optional: false, provides };
    return { reference, name, start: starts.get(name) as number };
  });
}

/** Imports of what the names mean, behind all others. */
export function addProvided(names: readonly ProvidedName[], found: Declarations): void {
  for (const { reference, name, start } of names) {
    const request = found.references.push(reference) - 1;
    found.imports.push({ request, name: reference.provides?.[1] ?? 'default', local: name, start });
  }
}
