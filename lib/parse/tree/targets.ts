/** What a node writes to. */
import type { Node } from 'estree';
import { unchain } from './nodes';

/** Nodes the given one writes to. A member expression among them is no read. */
export function writeTargets(node: Node): (Node | null)[] {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return [node.left];
    case 'UpdateExpression':
    case 'RestElement':
      return [node.argument];
    case 'UnaryExpression':
      return node.operator === 'delete' ? [unchain(node.argument)] : [];
    case 'ArrayPattern':
      return node.elements;
    case 'ObjectPattern':
      return node.properties.map((property) => (property.type === 'Property' ? property.value : property));
    default:
      return NOTHING;
  }
}

/** Most nodes write to nothing: no array for each of them. */
const NOTHING: (Node | null)[] = [];
