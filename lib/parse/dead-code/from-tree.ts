/** Which branches can never run, given the values of some expressions. */
import type { ConditionalExpression, IfStatement, LogicalExpression, Node } from 'estree';
import type { Constant } from '../../facts';
import { outermost, type Range } from '../../ranges';
import type { Values } from '../tree/constants';
import { rangeOf } from '../tree/nodes';

export type Conditional = IfStatement | ConditionalExpression | LogicalExpression;

type Primitive = Constant;

/** `value` is absent when only the outcome as a condition is certain, as in `unknown && false`. */
interface Known {
  truthy: boolean;
  value?: Primitive;
}

type Knowledge = Map<Node, Known>;

/**
 * Ranges of the dead branches. `conditionals` has parents before children and is decided from the inside
 * out, so that no chain of operators, however long, makes this recursive.
 * @param nothing what certainly is `undefined`
 */
export function deadBranches(
  conditionals: readonly Conditional[],
  values: Values,
  nothing: readonly Node[],
): Range[] {
  const knowledge: Knowledge = new Map();
  for (const [node, value] of values) knowledge.set(node, exactly(value));
  for (const node of nothing) knowledge.set(node, { truthy: false });
  const dead: Range[] = [];
  for (const node of conditionals.toReversed()) {
    const branch = decide(node, knowledge);
    if (branch) dead.push(rangeOf(branch));
  }
  return outermost(dead);
}

/** Learns the value of the expression and returns the branch that is dead. */
function decide(node: Conditional, knowledge: Knowledge): Node | null | undefined {
  if (node.type === 'LogicalExpression') return decideLogical(node, knowledge);
  const test = fold(node.test, knowledge);
  if (test === undefined) return undefined;
  const [taken, dead] = test.truthy ? [node.consequent, node.alternate] : [node.alternate, node.consequent];
  if (node.type === 'ConditionalExpression') learn(node, fold(taken as Node, knowledge), knowledge);
  return dead;
}

function decideLogical(node: LogicalExpression, knowledge: Knowledge): Node | undefined {
  const left = fold(node.left, knowledge);
  const right = fold(node.right, knowledge);
  if (left === undefined) {
    learn(node, outcome(node.operator, right), knowledge);
    return undefined;
  }
  const goesOn = continues(node.operator, left);
  if (goesOn === undefined) return undefined;
  learn(node, goesOn ? right : left, knowledge);
  return goesOn ? undefined : node.right;
}

/** Whether the right operand is evaluated. */
function continues(operator: LogicalExpression['operator'], left: Known): boolean | undefined {
  if (operator === '&&') return left.truthy;
  if (operator === '||') return !left.truthy;
  return left.value === undefined ? undefined : left.value === null;
}

/** `unknown && false` is falsy and `unknown || true` truthy, whatever the left operand. */
function outcome(operator: LogicalExpression['operator'], right: Known | undefined): Known | undefined {
  if (operator === '??' || right?.truthy !== (operator === '||')) return undefined;
  return { truthy: right.truthy };
}

function learn(node: Node, known: Known | undefined, knowledge: Knowledge): void {
  if (known !== undefined) knowledge.set(node, known);
}

function fold(node: Node, knowledge: Knowledge): Known | undefined {
  const known = knowledge.get(node);
  if (known !== undefined) return known;
  switch (node.type) {
    case 'Literal':
      return isPrimitive(node.value) ? exactly(node.value) : undefined;
    case 'ChainExpression':
      return fold(node.expression, knowledge);
    case 'UnaryExpression': {
      if (node.operator !== '!') return undefined;
      const operand = fold(node.argument, knowledge);
      return operand && exactly(!operand.truthy);
    }
    case 'BinaryExpression': {
      // Comparisons of comparisons are not looked into: chains of them may be long.
      if (node.left.type === 'BinaryExpression' || node.right.type === 'BinaryExpression') return undefined;
      if (node.left.type === 'PrivateIdentifier') return undefined;
      return compare(node.operator, fold(node.left, knowledge)?.value, fold(node.right, knowledge)?.value);
    }
    default:
      return undefined;
  }
}

function compare(
  operator: string,
  left: Primitive | undefined,
  right: Primitive | undefined,
): Known | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'string' && typeof right === 'string') {
    // Minifiers write `typeof a < 'u'` for `typeof a !== 'undefined'`.
    if (operator === '<') return exactly(left < right);
    if (operator === '>') return exactly(left > right);
  }
  if (operator === '===') return exactly(left === right);
  if (operator === '!==') return exactly(left !== right);
  // Between values of one type, == means ===.
  if (typeof left !== typeof right) return undefined;
  if (operator === '==') return exactly(left === right);
  return operator === '!=' ? exactly(left !== right) : undefined;
}

function exactly(value: Primitive): Known {
  return { truthy: Boolean(value), value };
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
