/** Expressions of literals: their values are known from the source alone. */
import type { BinaryExpression, Literal, Node, TemplateLiteral } from 'estree';
import type { Constant } from '../../facts';
import { calledName } from './nodes';

/** What is known besides literals: the value of each `process.env.X`, and of defined names. */
export type Values = ReadonlyMap<Node, Constant>;

const NO_VALUES: Values = new Map();

/** The value of an expression that certainly is that string. */
export function constantString(node: Node, values: Values = NO_VALUES): string | undefined {
  const value = constantOf(node, values);
  return typeof value === 'string' ? value : undefined;
}

export function constantOf(node: Node, values: Values): Constant | undefined {
  switch (node.type) {
    case 'Literal':
      return literalValue(node);
    case 'TemplateLiteral':
      return templateValue(node, values);
    case 'BinaryExpression':
      return node.operator === '+' ? sumOf(node, values) : undefined;
    case 'CallExpression':
      return joinedValue(node, values);
    case 'ChainExpression':
      return constantOf(node.expression, values);
    default:
      return values.get(node);
  }
}

function literalValue(node: Literal): Constant | undefined {
  if ('regex' in node || 'bigint' in node) return undefined;
  return node.value as Constant;
}

function templateValue({ quasis, expressions }: TemplateLiteral, values: Values): string | undefined {
  let text = quasis[0]?.value.cooked ?? undefined;
  expressions.forEach((expression, index) => {
    const value = constantOf(expression, values);
    const after = quasis[index + 1]?.value.cooked ?? undefined;
    const isKnown = text !== undefined && value !== undefined && after !== undefined;
    text = isKnown ? `${text}${value}${after}` : undefined;
  });
  return text;
}

/** What is joined by a call of `concat`, which transforms for old browsers write in place of a template: what it is called on, and what comes behind that. */
export function concatenated(node: Node): [first: Node, ...rest: Node[]] | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  if (calledName(node.callee) !== 'concat') return undefined;
  return node.arguments.some(({ type }) => type === 'SpreadElement')
    ? undefined
    : [node.callee.object, ...node.arguments];
}

function joinedValue(call: Node, values: Values): string | undefined {
  const operands = concatenated(call)?.map((operand) => constantOf(operand, values));
  return typeof operands?.[0] === 'string' && !operands.includes(undefined)
    ? operands.map(String).join('')
    : undefined;
}

/** Strings added up, from the left: a long sum is deep. */
function sumOf(sum: BinaryExpression, values: Values): string | undefined {
  const operands: Node[] = [];
  let left: Node = sum;
  while (left.type === 'BinaryExpression' && left.operator === '+') {
    operands.push(left.right);
    left = left.left as Node;
  }
  return operands.reduceRight<Constant | undefined>(
    (before, operand) => {
      const value = before === undefined ? undefined : constantOf(operand, values);
      if (before === undefined || value === undefined) return undefined;
      return typeof before === 'string' || typeof value === 'string' ? `${before}${value}` : undefined;
    },
    constantOf(left, values),
  ) as string | undefined;
}
