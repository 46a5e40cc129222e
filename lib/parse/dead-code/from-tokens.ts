/** Code among tokens that is dead, since known values decide, such as those of `process.env.X`. Gives up where literals may decide, too. */
import { countUpTo } from '../ascending';
import { giveUp } from '../tokens/give-up';
import { Context, isName, Kind } from '../tokens/kinds';
import { unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';
import {
  type Decision,
  decisionOf,
  isArithmetic,
  isComparison,
  isMadeUnknown,
  isUnknown,
  type KnownValue,
  type TokenRange,
} from './decisions-from-tokens';

/** Known values by the tokens of the names in them. */
export type KnownValues = ReadonlyMap<number, KnownValue>;

/** What is dead, and which tokens are not. */
export interface Liveness {
  live: ReadonlySet<number>;
  /** Ascending. */
  dead: TokenRange[];
}

/**
 * Those tokens that no known value makes dead code. Gives up where one decides what cannot be told.
 * @param targets ascending; those of the known values are among them
 */
export function liveTokens(targets: readonly number[], known: KnownValues, tokens: Tokens): Liveness {
  const live = new Set<number>();
  const lasts = new Set([...known.values()].map(({ last }) => last));
  const isKnown = (index: number): boolean => known.has(index) || lasts.has(index);
  /** By the bracket around them, the last known value so far. */
  const before = new Map<number, KnownValue>();
  const all: TokenRange[] = [];
  let dead: TokenRange[] = [];
  for (const target of targets) {
    dead = dead.filter(({ last }) => target <= last);
    if (dead.some(({ first }) => first <= target)) continue;
    live.add(target);
    const value = known.get(target);
    if (value === undefined) continue;
    const level = tokens.parent(value.first);
    const previous = before.get(level);
    before.set(level, value);
    const mayFollow = () => previous !== undefined && !isEndBetween(previous.last + 1, value.first, tokens);
    const decision = decisionOf(value, tokens, mayFollow) ?? undecided(value, tokens, isKnown);
    dead.push(...decision.dead);
    all.push(...decision.dead);
    if (decision.end !== undefined) assertAlone(value.first, decision.end, targets, tokens);
  }
  return { live, dead: all.sort((a, b) => a.first - b.first) };
}

/** Of a value that decides nothing by itself. */
const undecided = (value: KnownValue, tokens: Tokens, isKnown: (index: number) => boolean): Decision => ({
  dead: [],
  end: isMadeUnknown(value, tokens, isKnown) ? undefined : value.last,
});

/** Literals may decide too, where they are conditions or operands of them. Gives up there. */
export function assertNoLiterals(targets: readonly number[], known: KnownValues, tokens: Tokens): void {
  const last = targets.at(-1) ?? 0;
  for (let index = 1; index < last; index++) {
    if (!isLiteral(tokens.kind(index)) || !mayDecide(index, tokens)) continue;
    const isTest = isComparison(index + 1, tokens) && known.has(index + 2);
    if (!isTest) assertAlone(index, index, targets, tokens);
  }
}

const isLiteral = (kind: number): boolean =>
  kind === Kind.Literal || (kind >= Kind.Number && kind <= Kind.Pattern);

function mayDecide(index: number, tokens: Tokens): boolean {
  const [before, after] = [tokens.kind(index - 1), tokens.kind(index + 1)];
  if (after === Kind.Equality && isUnknown(tokens.kind(index + 2))) return false;
  if (tokens.kind(index + 2) === Kind.String && isComparison(index + 1, tokens)) return true;
  if (before === Kind.Not) return true;
  // The outcome of these is never known. Of a comparison, the left operand is no literal: it would have been found itself.
  const isOperand = before === Kind.Prefix && !tokens.is(index - 1, 'throw');
  const isHead = before === Kind.In && tokens.enclosingContext(index) === Context.For;
  if ((isOperator(index - 1, tokens) && !isHead) || isOperator(index + 1, tokens)) return false;
  if (isOperand || before === Kind.Equality) return false;
  if (before === Kind.Logical) return true;
  if (after === Kind.Logical || after === Kind.Question || after === Kind.Equality) return true;
  if (before !== Kind.ParenOpen) return false;
  const context = tokens.context(index - 1);
  return context === Context.Control || context === Context.Group;
}

const isOperator = (index: number, tokens: Tokens): boolean =>
  isArithmetic(index, tokens) || tokens.kind(index) === Kind.In;

/** Gives up where the value of some tokens may decide whether the next target is evaluated. */
function assertAlone(first: number, last: number, targets: readonly number[], tokens: Tokens): void {
  const next = targets[countUpTo(targets, last)];
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
  return isWhole || !isEndBetween(from, target, tokens);
}

/** Whether a statement, declarator or element that goes on at one token ends before the other one. */
function isEndBetween(from: number, target: number, tokens: Tokens): boolean {
  for (let index = from; index < target; index++) {
    const kind = tokens.kind(index);
    if (kind === Kind.Semicolon || kind === Kind.Comma) return true;
    if (kind === Kind.ParenOpen || kind === Kind.BracketOpen || kind === Kind.BraceOpen)
      index = tokens.match(index);
    else if (kind === Kind.TemplateHead) index = unitEnd(tokens, index) - 1;
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
