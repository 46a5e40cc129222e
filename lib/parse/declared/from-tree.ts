/** Declared dynamic dependencies in a tree. Tokens give up at label comments, and at `ensure` (see `tokens/scanner.ts`). */
import type { BinaryExpression, Node } from 'estree';
import { type Candidate, candidateAt } from '../tree/candidates';
import { constantString } from '../tree/constants';
import { rangeOf } from '../tree/nodes';
import type { Scope } from '../tree/scope';

/** `'./x' /*js*\/`: the label follows the string, or the last part of one, perhaps after a comma or semicolon. */
export function declaredCandidates(
  node: Node,
  scope: Scope,
  isLabelled: (end: number) => boolean,
): Candidate[] {
  const specifier = isLabelled(rangeOf(node).end) ? constantString(node) : undefined;
  if (specifier === undefined) return [];
  return [{ ...candidateAt(node, 'declared', node, scope), specifier }];
}

/** `__dirname + '/x' /*js*\/`. It contains the candidate of its string alone, which it replaces if `__dirname` is free. */
export function directoryCandidates(
  node: BinaryExpression,
  scope: Scope,
  isLabelled: (end: number) => boolean,
): Candidate[] {
  const { left, right } = node;
  if (node.operator !== '+' || left.type !== 'Identifier' || left.name !== '__dirname') return [];
  const path = constantString(right);
  if (!path?.startsWith('/') || !isLabelled(rangeOf(right).end)) return [];
  return [{ ...candidateAt(node, 'declared', node, scope), specifier: `.${path}`, needs: ['__dirname'] }];
}
