/** Where statements and expressions end. */

import { functionEnd } from './functions';
import { giveUp } from './give-up';
import { Context, endsOperand, Kind } from './kinds';
import type { Tokens } from './tokens';

/**
 * The token behind an expression of the outermost level, or of a declarator: a semicolon, a comma, the end, or what begins the next
 * statement on another line.
 * @throws GivenUp where the language would have to decide whether a line goes on
 */
export function expressionEnd(tokens: Tokens, start: number): number {
  for (let index = start; ; index = unitEnd(tokens, index)) {
    const kind = tokens.kind(index);
    if (kind === Kind.Semicolon || kind === Kind.Comma || kind === Kind.Edge) return index;
    if (index > start && endsOperand(tokens.kind(index - 1))) {
      if (endsBefore(tokens, index)) return index;
    } else if (isStatementWord(tokens, index)) giveUp('statement in an expression');
  }
}

/** So many steps are taken for one name: a source may be made of nothing but names that want some. */
export const FAR = 2000;

/** The token behind the body of an arrow function, wherever it stands. */
export function arrowEnd(tokens: Tokens, arrow: number): number {
  const first = arrow + 1;
  return tokens.kind(first) === Kind.BraceOpen ? tokens.match(first) + 1 : expressionStop(tokens, first);
}

/**
 * The token behind an expression without commas, wherever it stands.
 * @param operator where it ends besides: before a `?` and, behind `&&`, before other logical operators
 * @throws GivenUp
 */
export function expressionStop(tokens: Tokens, first: number, operator?: '&&' | '||'): number {
  const around = tokens.enclosingContext(first);
  const mayEndWithLine = around === Context.Code || around === Context.Class;
  let questions = 0;
  let steps = 0;
  for (let index = first; ; index = unitEnd(tokens, index)) {
    const kind = tokens.kind(index);
    if (++steps > FAR) giveUp('long expression');
    if (endsExpression(kind) || (operator && endsOperands(tokens, index, operator))) return index;
    if (kind === Kind.Question) questions++;
    else if (kind === Kind.Colon && questions-- === 0) return index;
    if (!mayEndWithLine || index === first) continue;
    if (tokens.kind(index - 1) === Kind.Yield && tokens.isOnNewLine(index)) giveUp('on the line after yield');
    if (endsOperand(tokens.kind(index - 1)) && endsBefore(tokens, index)) return index;
  }
}

function endsOperands(tokens: Tokens, index: number, operator: '&&' | '||'): boolean {
  const kind = tokens.kind(index);
  if (kind !== Kind.Logical) return kind === Kind.Question;
  const text = tokens.text(index);
  if (text === '??') giveUp('mixed operators');
  return operator === '&&' && text !== '&&';
}

/** The colon of a `?`. */
export function ternaryColon(tokens: Tokens, question: number): number {
  const colon = expressionStop(tokens, question + 1);
  return tokens.kind(colon) === Kind.Colon ? colon : giveUp('question without a colon');
}

/** The token behind a statement that is a block, an `if`, or an expression. */
export function statementEnd(tokens: Tokens, first: number): number {
  const kind = tokens.kind(first);
  if (kind === Kind.BraceOpen) return tokens.match(first) + 1;
  if (kind === Kind.If) return ifEnd(tokens, first);
  const begins = kind === Kind.Return || kind === Kind.Jump ? first + 1 : first;
  if (begins > first && tokens.isOnNewLine(begins)) giveUp('word on a line of its own');
  if (isStatementWord(tokens, begins) || kind === Kind.Function || kind === Kind.Class) giveUp('statement');
  let index = expressionStop(tokens, begins);
  while (tokens.kind(index) === Kind.Comma) index = expressionStop(tokens, index + 1);
  if (tokens.kind(index) === Kind.Colon) giveUp('label');
  return tokens.kind(index) === Kind.Semicolon ? index + 1 : index;
}

function ifEnd(tokens: Tokens, first: number): number {
  const behind = statementEnd(tokens, tokens.match(first + 1) + 1);
  return tokens.is(behind, 'else') ? statementEnd(tokens, behind + 1) : behind;
}

/** Whether no expression goes on at the token, nor contains it. */
function endsExpression(kind: number): boolean {
  switch (kind) {
    case Kind.Edge:
    case Kind.Semicolon:
    case Kind.Comma:
    case Kind.ParenClose:
    case Kind.BracketClose:
    case Kind.BraceClose:
    case Kind.TemplateMiddle:
    case Kind.TemplateTail:
      return true;
    default:
      return false;
  }
}

/** Whether the statement ends before the token, which follows an operand. */
function endsBefore(tokens: Tokens, index: number): boolean {
  const kind = tokens.kind(index);
  if (kind === Kind.Increment || kind === Kind.Spread) giveUp('increment');
  if (goesOn(kind) || isAsync(tokens, index)) {
    return kind !== Kind.Colon && endsArrow(tokens, index - 1) && giveUp('goes on behind an arrow function');
  }
  return tokens.isOnNewLine(index) || giveUp('no line end between statements');
}

/** Whether the block of an arrow function ends with the token. */
const endsArrow = (tokens: Tokens, index: number): boolean =>
  tokens.kind(index) === Kind.BraceClose && tokens.kind(tokens.match(index) - 1) === Kind.Arrow;

/** `async function` and `async name =>`. */
function isAsync(tokens: Tokens, index: number): boolean {
  if (tokens.kind(index - 1) !== Kind.Async || tokens.isOnNewLine(index)) return false;
  return tokens.kind(index) === Kind.Function || tokens.kind(index + 1) === Kind.Arrow;
}

/** Whether the token behind an operand belongs to the same expression. */
function goesOn(kind: number): boolean {
  switch (kind) {
    case Kind.ParenOpen:
    case Kind.BracketOpen:
    case Kind.Template:
    case Kind.TemplateHead:
    case Kind.Dot:
    case Kind.Optional:
    case Kind.Question:
    case Kind.Colon:
    case Kind.Arrow:
    case Kind.Assign:
    case Kind.Update:
    case Kind.Equality:
    case Kind.Logical:
    case Kind.Star:
    case Kind.Operator:
    case Kind.In:
      return true;
    default:
      return false;
  }
}

function isStatementWord(tokens: Tokens, index: number): boolean {
  switch (tokens.kind(index)) {
    case Kind.Import:
      return !isImportExpression(tokens, index);
    case Kind.Export:
    case Kind.Default:
    case Kind.Declare:
    case Kind.If:
    case Kind.While:
    case Kind.For:
    case Kind.Switch:
    case Kind.Catch:
    case Kind.Block:
    case Kind.Return:
    case Kind.Case:
    case Kind.Jump:
    case Kind.Increment:
      return true;
    default:
      return false;
  }
}

/** The token behind what begins here: a function, a class, a pair of brackets with all inside, or one token. */
export function unitEnd(tokens: Tokens, index: number): number {
  switch (tokens.kind(index)) {
    case Kind.Function:
      return functionEnd(tokens, index);
    case Kind.Class:
      return tokens.match(classBody(tokens, index)) + 1;
    case Kind.ParenOpen:
    case Kind.BracketOpen:
    case Kind.BraceOpen:
      return tokens.match(index) + 1;
    case Kind.TemplateHead:
      return templateEnd(tokens, index);
    default:
      return index + 1;
  }
}

function templateEnd(tokens: Tokens, head: number): number {
  let index = tokens.match(head);
  while (tokens.kind(index) !== Kind.TemplateTail) index = tokens.match(index);
  return index + 1;
}

function classBody(tokens: Tokens, index: number): number {
  let at = index + 1;
  for (
    ;
    tokens.kind(at) !== Kind.BraceOpen || tokens.context(at) !== Context.Class;
    at = unitEnd(tokens, at)
  ) {
    if (tokens.kind(at) === Kind.Edge) giveUp('class without body');
  }
  return at;
}

/** `import()` and `import.meta`. */
export function isImportExpression(tokens: Tokens, index: number): boolean {
  const next = tokens.kind(index + 1);
  return next === Kind.ParenOpen || next === Kind.Dot;
}
