/** Names in a tree that modules provide. */
import type { Node } from 'estree';
import type { Reference } from '../../facts';
import { covers, type Range } from '../../ranges';
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

/**
 * A reference for each name that is needed. It stands behind the source, where it is part of no statement. What a source writes to is its own business.
 * @param unused where code is dead, or replaced
 */
export function providedReferences(
  uses: readonly ProvidedUse[],
  provide: Provide,
  source: string,
  unused: readonly (readonly Range[])[],
): Reference[] {
  const free = uses.filter(({ name, scope }) => isFree(name, scope));
  const written = new Set(free.filter(({ isWritten }) => isWritten).map(({ name }) => name));
  const live = free.filter(({ node }) => !unused.some((ranges) => covers(ranges, rangeOf(node).start)));
  const names = [...new Set(live.map(({ name }) => name))].filter((name) => !written.has(name)).sort();
  return names.map((name) => {
    const provided = provide[name] as Provide[string];
    const provides = typeof provided === 'string' ? [name] : [name, provided[1]];
    const { length } = source;
    return {
      kind: 'require',
      specifier: specifierOf(provided),
      start: length,
      end: length,
      optional: false,
      provides,
    };
  });
}
