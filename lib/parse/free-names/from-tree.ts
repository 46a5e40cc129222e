/** Free names in a tree: which uses of a name mean what Node gives is known after the walk, since declarations hoist. */
import type { Identifier, Node } from 'estree';
import type { NodeGlobal } from '../../facts';
import { covers, type Range } from '../tree/ranges';
import { isFree, type Scope } from '../tree/scope';
import { type FreeUse, type GlobalName, neededGlobals } from './names';

/** A name where it is evaluated, declared or written to. */
export interface NameUse<Name extends string = string> extends FreeUse<Name> {
  node: Identifier;
  start: number;
  scope: Scope;
}

/** Notes the operand of a `typeof`. Parents come first. */
export function noteTested(node: Node, tested: Set<Node>): void {
  if (node.type === 'UnaryExpression' && node.operator === 'typeof') tested.add(node.argument);
}

export const freeUses = <Name extends string>(uses: readonly NameUse<Name>[]): NameUse<Name>[] =>
  uses.filter(({ name, scope }) => isFree(name, scope));

/** Whether `require` is used, and not only asked for. */
export const usesRequire = (uses: readonly NameUse[]): boolean =>
  uses.some(({ name, isTested, scope }) => name === 'require' && !isTested && isFree(name, scope));

/** Where it is asked whether there is a `require`. */
export const requireTests = (uses: readonly NameUse[]): number[] =>
  uses.flatMap(({ name, isTested, start }) => (name === 'require' && isTested ? [start] : []));

/** @param unused ranges of dead code and of what rendering replaces, which are never evaluated; each list sorted, and apart */
export function nodeGlobals(
  uses: readonly NameUse<GlobalName>[],
  unused: readonly (readonly Range[])[],
): NodeGlobal[] {
  const live = uses.filter(({ start }) => !unused.some((ranges) => covers(ranges, start)));
  return neededGlobals(freeUses(live).filter((use): use is NameUse<NodeGlobal> => use.name !== 'require'));
}
