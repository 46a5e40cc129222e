import type { FunctionDeclaration, Node } from 'estree';
import { walk } from './nodes';

/** Whether some `this` of a function is in no body of another one in it that has its own. */
export function hasThis(declaration: FunctionDeclaration): boolean {
  let found = false;
  /** Bodies that have their own. */
  const bodies = new Set<Node>();
  walk(declaration, false, (node, isOwn) => {
    if (node.type === 'ThisExpression' && !isOwn) found = true;
    if (node !== declaration && (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression'))
      bodies.add(node.body);
    return isOwn || bodies.has(node);
  });
  return found;
}
