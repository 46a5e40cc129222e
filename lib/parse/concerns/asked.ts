/** Which expressions are only asked for: whether they are there, or true. */
import type { Node } from 'estree';

/** Notes those among the node's children. Parents come first. */
export function noteAsked(node: Node, asked: Set<Node>): void {
  switch (node.type) {
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      asked.add(node.test);
      break;
    case 'ConditionalExpression':
      asked.add(node.test);
      if (asked.has(node)) asked.add(node.consequent).add(node.alternate);
      break;
    case 'LogicalExpression':
      asked.add(node.left);
      if (asked.has(node)) asked.add(node.right);
      break;
    case 'UnaryExpression':
      if (node.operator === 'typeof' || node.operator === '!') asked.add(node.argument);
      break;
    case 'BinaryExpression':
      if (/^[!=]==?$/.test(node.operator)) asked.add(node.left).add(node.right);
      break;
    case 'ChainExpression':
      if (asked.has(node)) asked.add(node.expression);
      break;
    case 'MemberExpression':
      if (node.optional) asked.add(node.object);
      break;
    case 'CallExpression':
      if (node.optional) asked.add(node.callee);
  }
}
