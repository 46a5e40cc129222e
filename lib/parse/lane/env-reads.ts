/** `process.env.X` with a known value, and the code that its value makes dead. */
import type { Range, Replacement } from '../../model';
import { literalText } from '../env';
import { Context, isName, isWrittenBefore, Kind } from './kinds';
import type { Tokens } from './tokens';
import { giveUp } from './uncertain';

interface Read extends Replacement {
  value: string;
  /** The token `process`, and the last one. */
  first: number;
  last: number;
}

type Env = Readonly<Record<string, string>>;

/** What takes the place of the reads that begin with these tokens. Throws an `Uncertain`. */
export function replacementsOf(processes: readonly number[], tokens: Tokens, env: Env): Replacement[] {
  const reads = processes.map((index) => readAt(index, tokens, env));
  if (reads.length > 0) assertNoLiterals(reads, tokens);
  const live = reads.length > 1 ? liveOf(reads, tokens) : reads;
  return live.map(({ start, end, text }) => ({ start, end, text }));
}

function readAt(first: number, tokens: Tokens, env: Env): Read {
  const last = first + 4;
  const isRead =
    tokens.kind(first + 1) === Kind.Dot &&
    tokens.is(first + 2, 'env') &&
    tokens.kind(first + 3) === Kind.Dot &&
    tokens.kind(last) === Kind.Property;
  const name = tokens.text(last);
  const value = isRead && Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined) giveUp('process');
  if (!isValue(first, last, tokens)) giveUp('process where it may be written to');
  const text = value as string;
  return {
    start: tokens.start(first),
    end: tokens.end(last),
    text: literalText(text),
    value: text,
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

/** Literals may decide about reads too, where they are conditions or operands of them. Throws an `Uncertain` there. */
function assertNoLiterals(reads: readonly Read[], tokens: Tokens): void {
  const { last } = reads.at(-1) as Read;
  for (let index = 1; index < last; index++) {
    if (isLiteral(tokens.kind(index)) && mayDecide(index, tokens)) assertAlone(index, index, reads, tokens);
  }
}

const isLiteral = (kind: number): boolean =>
  kind === Kind.Literal || (kind >= Kind.Number && kind <= Kind.Pattern);

function mayDecide(index: number, tokens: Tokens): boolean {
  const [before, after] = [tokens.kind(index - 1), tokens.kind(index + 1)];
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

/** Those outside of dead code. Throws an `Uncertain` where one decides what it cannot be certain of. */
function liveOf(reads: readonly Read[], tokens: Tokens): Read[] {
  const dead: Range[] = [];
  const live: Read[] = [];
  for (const read of reads) {
    if (dead.some(({ start, end }) => start <= read.start && read.end <= end)) continue;
    live.push(read);
    const range = decided(read, tokens);
    const isPlain = range !== undefined;
    if (isPlain && isFalse(read, tokens)) dead.push(range as Range);
    if (!isPlain) assertAlone(read.first, read.last, reads, tokens);
  }
  return live;
}

/** The block of an `if` without `else` whose whole condition compares the value. */
function decided({ first, last }: Read, tokens: Tokens): Range | undefined {
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
  const end = tokens.match(close + 1);
  if (tokens.is(end + 1, 'else')) return undefined;
  return { start: tokens.start(close + 1), end: tokens.end(end) };
}

const isStrict = (operator: string): boolean => operator === '===' || operator === '!==';

const isPlainString = (tokens: Tokens, index: number): boolean =>
  tokens.kind(index) === Kind.String && !tokens.text(index).includes('\\');

function isFalse({ last, value }: Read, tokens: Tokens): boolean {
  const isSame = tokens.text(last + 2).slice(1, -1) === value;
  return isSame !== (tokens.text(last + 1) === '===');
}

/** Throws an `Uncertain` where the value of some tokens may decide whether the next read is evaluated. */
function assertAlone(first: number, last: number, reads: readonly Read[], tokens: Tokens): void {
  const next = reads.find((read) => read.first > last);
  if (next !== undefined && mayReach(first, last, next.first, tokens)) giveUp('reads are decided about');
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
