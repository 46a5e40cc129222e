/** `process.env.X` with a known value, and the code that its value makes dead. */
import type { Replacement } from '../../model';
import { literalText } from '../env';
import { Context, isName, isWrittenBefore, Kind } from './kinds';
import type { Tokens } from './tokens';
import { giveUp } from './uncertain';

export interface Read extends Replacement {
  value: string;
  /** The token `process`, and the last one. */
  first: number;
  last: number;
}

type Env = Readonly<Record<string, string>>;

/** The read that begins with the token, if it is one of a known value. Throws an `Uncertain` where it may be another kind of read. */
export function readAt(first: number, tokens: Tokens, env: Env): Read | undefined {
  const last = first + 4;
  if (tokens.kind(first + 1) === Kind.Optional || tokens.kind(first + 1) === Kind.BracketOpen)
    giveUp('process');
  if (tokens.kind(first + 1) !== Kind.Dot || !tokens.is(first + 2, 'env')) return undefined;
  if (tokens.kind(first + 3) !== Kind.Dot || tokens.kind(last) !== Kind.Property)
    return giveUp('process.env');
  const name = tokens.text(last);
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined) return undefined;
  if (!isValue(first, last, tokens)) giveUp('process where it may be written to');
  return {
    start: tokens.start(first),
    end: tokens.end(last),
    text: literalText(value),
    value,
    first,
    last,
  };
}

/** Whether the tokens are evaluated, and not written to. */
function isValue(first: number, last: number, tokens: Tokens): boolean {
  const [before, after] = [tokens.kind(first - 1), tokens.kind(last + 1)];
  if (before === Kind.Prefix || before === Kind.Increment || before === Kind.New || isWrittenBefore(after))
    return false;
  if (before === Kind.Not || before === Kind.Assign || before === Kind.Equality || before === Kind.Return)
    return true;
  return (
    after === Kind.Equality || after === Kind.Logical || after === Kind.Question || after === Kind.Operator
  );
}

/**
 * Those tokens that no known value makes dead code. Throws an `Uncertain` where one decides what cannot be told.
 * @param targets ascending, with the first token of each read among them
 */
export function liveTokens(targets: readonly number[], reads: readonly Read[], tokens: Tokens): Set<number> {
  if (targets.length > 0) assertNoLiterals(targets, tokens);
  const known = new Map(reads.map((read) => [read.first, read]));
  const live = new Set<number>();
  let deadEnd = 0;
  for (const target of targets) {
    if (target < deadEnd) continue;
    live.add(target);
    const read = known.get(target);
    const block = read && decidedBlock(read, tokens);
    if (read && block === undefined) assertAlone(read.first, read.last, targets, tokens);
    if (read && block !== undefined && isFalse(read, tokens)) deadEnd = tokens.match(block);
  }
  return live;
}

/** Literals may decide too, where they are conditions or operands of them. Throws an `Uncertain` there. */
function assertNoLiterals(targets: readonly number[], tokens: Tokens): void {
  const last = targets.at(-1) as number;
  for (let index = 1; index < last; index++) {
    if (isLiteral(tokens.kind(index)) && mayDecide(index, tokens)) assertAlone(index, index, targets, tokens);
  }
}

const isLiteral = (kind: number): boolean =>
  kind === Kind.Literal || (kind >= Kind.Number && kind <= Kind.Pattern);

function mayDecide(index: number, tokens: Tokens): boolean {
  const [before, after] = [tokens.kind(index - 1), tokens.kind(index + 1)];
  if (after === Kind.Equality && isUnknown(tokens.kind(index + 2))) return false;
  if (before === Kind.Not || before === Kind.Logical) return true;
  // The left operand is no literal: it would have been found itself.
  if (before === Kind.Equality) return false;
  if (before === Kind.Operator || before === Kind.Star || before === Kind.In || before === Kind.Prefix)
    return false;
  if (after === Kind.Logical || after === Kind.Question || after === Kind.Equality) return true;
  if (before !== Kind.ParenOpen) return false;
  const context = tokens.context(index - 1);
  return context === Context.Control || context === Context.Group;
}

/** Whether what begins with the token has no value that is known before it runs. */
const isUnknown = (kind: number): boolean => isName(kind) || kind === Kind.Prefix || kind === Kind.This;

/** The block of an `if` without `else` whose whole condition compares the value. */
function decidedBlock({ first, last }: Read, tokens: Tokens): number | undefined {
  const open = first - 1;
  const close = last + 3;
  const isCondition =
    tokens.kind(open) === Kind.ParenOpen &&
    tokens.kind(open - 1) === Kind.If &&
    tokens.context(open) === Context.Control &&
    isStrict(tokens.text(last + 1)) &&
    isPlainString(tokens, last + 2) &&
    tokens.match(open) === close;
  if (!isCondition || tokens.kind(close + 1) !== Kind.BraceOpen) return undefined;
  return tokens.is(tokens.match(close + 1) + 1, 'else') ? undefined : close + 1;
}

const isStrict = (operator: string): boolean => operator === '===' || operator === '!==';

const isPlainString = (tokens: Tokens, index: number): boolean =>
  tokens.kind(index) === Kind.String && !tokens.text(index).includes('\\');

function isFalse({ last, value }: Read, tokens: Tokens): boolean {
  const isSame = tokens.text(last + 2).slice(1, -1) === value;
  return isSame !== (tokens.text(last + 1) === '===');
}

/** Throws an `Uncertain` where the value of some tokens may decide whether the next target is evaluated. */
function assertAlone(first: number, last: number, targets: readonly number[], tokens: Tokens): void {
  const next = targets.find((target) => target > last);
  if (next !== undefined && mayReach(first, last, next, tokens)) giveUp('reads are decided about');
}

/** Whether a token lies in the code that the value of a condition before it may decide about. */
function mayReach(first: number, last: number, target: number, tokens: Tokens): boolean {
  let open = tokens.parent(first);
  let from = last + 1;
  let isWhole = false;
  while (open !== 0 && isTransparent(open, tokens)) {
    isWhole ||= tokens.context(open) === Context.Control;
    from = tokens.match(open) + 1;
    open = tokens.parent(open);
  }
  if (target < from) return true;
  if (open !== 0 && target > tokens.match(open)) return false;
  return isWhole || tokens.context(open) !== Context.Code || !isStatementBetween(from, target, tokens);
}

/** Whether a semicolon on the level of one token ends the statement before the other one. */
function isStatementBetween(from: number, target: number, tokens: Tokens): boolean {
  for (let index = from; index < target; index++) {
    const kind = tokens.kind(index);
    if (kind === Kind.Semicolon) return true;
    if (kind === Kind.ParenOpen || kind === Kind.BracketOpen || kind === Kind.BraceOpen)
      index = tokens.match(index);
  }
  return false;
}

/** Whether the value of what a bracket holds may decide about what is around it. */
function isTransparent(open: number, tokens: Tokens): boolean {
  const context = tokens.context(open);
  return (
    context === Context.Group ||
    context === Context.Control ||
    (context === Context.Call && !isCalled(open, tokens))
  );
}

function isCalled(open: number, tokens: Tokens): boolean {
  const before = tokens.kind(open - 1);
  return isName(before) || before === Kind.Property;
}
