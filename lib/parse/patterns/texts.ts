/** Texts with something in them that is not known: what stands around that is a pattern. */
import type { Node } from 'estree';
import type { Constant } from '../../facts';
import { concatenated, constantOf, type Values } from '../tree/constants';

/** What is not known in a text. */
const UNKNOWN = Symbol('unknown');

type Piece = string | typeof UNKNOWN;

/**
 * What stands before, between and behind what is not known of a path; `undefined` where that tells too little. It begins with a directory,
 * and says more than that: of `./` and a name, anything might be meant.
 */
export function textsOf(node: Node, values: Values): string[] | undefined {
  const texts = [''];
  for (const piece of piecesOf(node, values)) {
    if (piece !== UNKNOWN) texts.push(texts.pop() + piece);
    // Two of them in a row are one.
    else if (texts.length === 1 || texts.at(-1) !== '') texts.push('');
  }
  const [head = ''] = texts;
  const isPath = texts.length > 1 && /^\.\.?\//.test(head);
  return isPath && texts.join('').replace(/^(?:\.\.?\/)+/, '') !== '' ? texts : undefined;
}

/** From the left to the right. */
function piecesOf(node: Node, values: Values): Piece[] {
  const pieces: Piece[] = [];
  const pending: (Node | string)[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') pieces.push(next);
    else pending.push(...partsOf(next, values, pieces).reverse());
  }
  return pieces;
}

/** What a node is made of; where it is not made of several, it is added to the pieces. */
function partsOf(node: Node, values: Values, pieces: Piece[]): (Node | string)[] {
  if (node.type === 'TemplateLiteral')
    return node.quasis.flatMap(({ value }, index) => {
      const expression = node.expressions[index];
      return [value.cooked ?? '', ...(expression ? [expression] : [])];
    });
  if (node.type === 'BinaryExpression' && node.operator === '+' && isText(node, values))
    return [node.left as Node, node.right];
  const joined = concatenated(node);
  if (joined && isText(joined[0], values)) return joined;
  const value: Constant | undefined = constantOf(node, values);
  pieces.push(value === undefined ? UNKNOWN : String(value));
  return [];
}

/** Whether a sum is one of texts: what is added to a text is one. Sums of what is not known may be numbers. */
function isText(node: Node, values: Values): boolean {
  let left = node;
  while (left.type === 'BinaryExpression' && left.operator === '+') {
    if (left.right.type === 'TemplateLiteral' || typeof constantOf(left.right, values) === 'string')
      return true;
    left = left.left as Node;
  }
  const [first] = concatenated(left) ?? [];
  if (first) return isText(first, values);
  return left.type === 'TemplateLiteral' || typeof constantOf(left, values) === 'string';
}
