/** What the known value of a comparison decides about the code around it. */
import type { Constant } from '../../facts';
import { Context, isName, Kind } from '../tokens/kinds';
import { expressionStop, statementEnd, ternaryColon, unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';

/** From one token to another, both among them. */
export interface TokenRange {
  first: number;
  last: number;
}

/** Something whose outcome is known: a value, or a comparison of one with a literal. */
interface Test extends TokenRange {
  isTrue: boolean;
}

/** What follows from a test. */
export interface Decision {
  /** What never runs. */
  dead: TokenRange[];
  /** The last token of an expression that may have a known value, too; `undefined` where nothing else is decided. */
  end: number | undefined;
}

/** `first` and `last` are the tokens of something with a known value. */
export interface KnownValue extends TokenRange {
  value: Constant;
}

/**
 * @param mayFollowKnown whether another known value may stand among the operands before this one
 * @returns `undefined` where the value is used otherwise than in a test that decides by itself
 * @throws GivenUp
 */
export function decisionOf(
  known: KnownValue,
  tokens: Tokens,
  mayFollowKnown: () => boolean,
): Decision | undefined {
  const test = testOf(known, tokens);
  if (test === undefined) return undefined;
  if (beginsExpression(tokens, test.first)) return follow(test, tokens);
  if (tokens.kind(test.first - 1) !== Kind.Logical) return undefined;
  if (tokens.is(test.first - 1, test.isTrue ? '&&' : '||')) {
    if (!test.isTrue && tokens.is(test.last + 1, '&&')) return decideOperands(test, tokens);
    return mayFollowKnown() ? undefined : UNDECIDED;
  }
  const whole = withLeftOperands(test, tokens);
  return whole ? follow(whole, tokens) : decideOperands(test, tokens);
}

/** The other operands decide. */
const UNDECIDED: Decision = { dead: [], end: undefined };

/** `(… && test` of a false test and `(… || test` of a true one, which have its outcome whatever the other operands are. */
function withLeftOperands(test: Test, tokens: Tokens): Test | undefined {
  const open = tokens.parent(test.first);
  if (tokens.kind(open) !== Kind.ParenOpen) return undefined;
  const operator = test.isTrue ? '||' : '&&';
  for (let index = open + 1; index < test.first; index = unitEnd(tokens, index)) {
    if (!isOperandOf(operator, index, tokens)) return undefined;
  }
  return { ...test, first: open + 1 };
}

/** Whether the token belongs to the operands of a logical operator, or is that. */
function isOperandOf(operator: string, index: number, tokens: Tokens): boolean {
  switch (tokens.kind(index)) {
    case Kind.Logical:
      return tokens.is(index, operator);
    case Kind.Question:
    case Kind.Comma:
    case Kind.Semicolon:
    case Kind.Assign:
    case Kind.Update:
    case Kind.Arrow:
    case Kind.Yield:
    case Kind.Declare:
    case Kind.Spread:
      return false;
    default:
      return true;
  }
}

/** `… && test && …` of a false test, `… || test || …` of a true one: the operands behind it are dead, whatever stands before it. */
function decideOperands(test: Test, tokens: Tokens): Decision | undefined {
  const operator = test.isTrue ? '||' : '&&';
  if (!tokens.is(test.last + 1, operator)) return undefined;
  const stop = expressionStop(tokens, test.last + 2, operator);
  const dead = [{ first: test.last + 2, last: stop - 1 }];
  return { dead, end: tokens.is(stop, '||') ? undefined : stop - 1 };
}

/** A known value by itself, or the comparison around it. */
function testOf(known: KnownValue, tokens: Tokens): Test | undefined {
  const { first, last, value } = known;
  const isLeft = isComparison(last + 1, tokens);
  if (typeof value !== 'string' || !(isLeft || isComparison(first - 1, tokens)))
    return truthOf(known, tokens);
  const [operator, operand] = isLeft ? [last + 1, last + 2] : [first - 1, first - 2];
  if (!isComparison(operator, tokens) || !isPlainString(tokens, operand)) return undefined;
  const other = tokens.text(operand).slice(1, -1);
  const isTrue = isLeft
    ? compare(value, tokens.text(operator), other)
    : compare(other, tokens.text(operator), value);
  return isLeft ? { first, last: operand, isTrue } : { first: operand, last, isTrue };
}

/** Of a value that nothing but `!` is done with. */
function truthOf({ first, last, value }: KnownValue, tokens: Tokens): Test | undefined {
  if (isOperand(last + 1, tokens)) return undefined;
  let [begin, isTrue] = [first, Boolean(value)];
  for (; tokens.kind(begin - 1) === Kind.Not; begin--) isTrue = !isTrue;
  return { first: begin, last, isTrue };
}

/** Whether something is done with what stands before the token, besides that it may decide. */
function isOperand(index: number, tokens: Tokens): boolean {
  switch (tokens.kind(index)) {
    case Kind.Logical:
      return tokens.is(index, '??');
    case Kind.ParenClose:
    case Kind.Question:
      return false;
    default:
      return true;
  }
}

/**
 * Whether nobody knows what is made of a value: an operator or a member makes something of it, or it is compared with something unknown.
 * @param isKnown whether a token belongs to a known value
 */
export function isMadeUnknown(
  { first, last, value }: KnownValue,
  tokens: Tokens,
  isKnown: (index: number) => boolean,
): boolean {
  const [before, after] = [tokens.kind(first - 1), tokens.kind(last + 1)];
  if (after === Kind.Dot || after === Kind.Optional || after === Kind.BracketOpen) return true;
  if (after === Kind.Equality && isUnknown(tokens.kind(last + 2)))
    return !isKnown(last + 2) && !isKnown(last + 3);
  if (before === Kind.Equality && endsUnknown(tokens.kind(first - 2))) return !isKnown(first - 2);
  if (typeof value === 'string') return false;
  return isArithmetic(first - 1, tokens) || isArithmetic(last + 1, tokens);
}

/** Whether the token is an operator that makes something of operands; that of `yield*` is none. */
export function isArithmetic(index: number, tokens: Tokens): boolean {
  const kind = tokens.kind(index);
  return kind === Kind.Operator || (kind === Kind.Star && tokens.kind(index - 1) !== Kind.Yield);
}

/** Whether what begins with the token has no value that is known before it runs, unless that is known by its name. */
export const isUnknown = (kind: number): boolean =>
  isName(kind) || kind === Kind.Prefix || kind === Kind.This;

/** Likewise what ends with it. */
const endsUnknown = (kind: number): boolean =>
  isName(kind) || kind === Kind.Property || kind === Kind.BracketClose || kind === Kind.This;

/** Whether the token compares strings. */
export const isComparison = (index: number, tokens: Tokens): boolean =>
  tokens.kind(index) === Kind.Equality || tokens.is(index, '<') || tokens.is(index, '>');

function compare(left: string, operator: string, right: string): boolean {
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return (left === right) === !operator.startsWith('!');
}

const isPlainString = (tokens: Tokens, index: number): boolean =>
  tokens.kind(index) === Kind.String && !tokens.text(index).includes('\\');

/** Whether no operator before the token takes it as an operand. */
function beginsExpression(tokens: Tokens, index: number): boolean {
  switch (tokens.kind(index - 1)) {
    case Kind.Edge:
    case Kind.ParenOpen:
    case Kind.BracketOpen:
    case Kind.BraceOpen:
    case Kind.BraceClose:
    case Kind.Semicolon:
    case Kind.Comma:
    case Kind.Colon:
    case Kind.Question:
    case Kind.Assign:
    case Kind.Arrow:
    case Kind.Return:
      return true;
    default:
      return false;
  }
}

function follow(test: Test, tokens: Tokens): Decision | undefined {
  const next = test.last + 1;
  switch (tokens.kind(next)) {
    case Kind.ParenClose:
      return isCondition(test.first, next, tokens) ? decideIf(test.isTrue, next, tokens) : undefined;
    case Kind.Question:
      return decideTernary(test.isTrue, next, tokens);
    case Kind.Logical:
      return decideLogical(test, next, tokens);
    default:
      return undefined;
  }
}

/** Whether the parentheses around the tokens are those of an `if`. */
const isCondition = (first: number, close: number, tokens: Tokens): boolean =>
  tokens.match(close) === first - 1 &&
  tokens.kind(first - 2) === Kind.If &&
  tokens.enclosingContext(first) === Context.Control;

function decideIf(isTrue: boolean, close: number, tokens: Tokens): Decision {
  const behind = statementEnd(tokens, close + 1);
  if (!isTrue) return { dead: [{ first: close + 1, last: behind - 1 }], end: undefined };
  if (!tokens.is(behind, 'else')) return { dead: [], end: undefined };
  return { dead: [{ first: behind + 1, last: statementEnd(tokens, behind + 1) - 1 }], end: undefined };
}

function decideTernary(isTrue: boolean, question: number, tokens: Tokens): Decision {
  const colon = ternaryColon(tokens, question);
  const end = expressionStop(tokens, colon + 1) - 1;
  const dead = isTrue ? { first: colon + 1, last: end } : { first: question + 1, last: colon - 1 };
  return { dead: [dead], end };
}

/** `test && …` of a false test, `test || …` of a true one: all operands behind it are dead, and the whole has its outcome. */
function decideLogical(test: Test, operator: number, tokens: Tokens): Decision | undefined {
  const text = tokens.text(operator);
  if (text !== '&&' && text !== '||') return undefined;
  if (test.isTrue === (text === '&&')) return UNDECIDED;
  const stop = expressionStop(tokens, operator + 1, text);
  const dead = { first: operator + 1, last: stop - 1 };
  const further = follow({ first: test.first, last: stop - 1, isTrue: test.isTrue }, tokens);
  if (further) return { dead: [dead, ...further.dead], end: further.end };
  return { dead: [dead], end: stop - 1 };
}
