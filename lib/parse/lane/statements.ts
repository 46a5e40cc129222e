/** Where statements and expressions of the outermost level end. */
import { Context, endsOperand, Kind } from './kinds';
import type { Tokens } from './tokens';
import { giveUp } from './uncertain';

/**
 * The token behind an expression that begins with the given one: a semicolon, a comma, the end, or what begins the next
 * statement on another line.
 * @throws Uncertain where the language would have to decide whether a line goes on
 */
export function expressionEnd(tokens: Tokens, start: number): number {
  let index = start;
  let isArrow = false;
  for (;;) {
    const kind = tokens.kind(index);
    if (kind === Kind.Semicolon || kind === Kind.Comma || kind === Kind.Edge) return index;
    if (index > start && endsOperand(tokens.kind(index - 1))) {
      if (endsBefore(tokens, index)) return index;
      if (isArrow && kind !== Kind.Colon) giveUp('goes on behind an arrow function');
    } else if (isStatementWord(kind)) giveUp('statement in an expression');
    isArrow = kind === Kind.BraceOpen && tokens.kind(index - 1) === Kind.Arrow;
    index = unitEnd(tokens, index);
  }
}

/** Whether the statement ends before the token, which follows an operand. */
function endsBefore(tokens: Tokens, index: number): boolean {
  const kind = tokens.kind(index);
  if (kind === Kind.Increment || kind === Kind.Spread) giveUp('increment');
  if (goesOn(kind) || isAsync(tokens, index)) return false;
  return tokens.isOnNewLine(index) || giveUp('no line end between statements');
}

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

function isStatementWord(kind: number): boolean {
  switch (kind) {
    case Kind.Import:
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

function functionEnd(tokens: Tokens, index: number): number {
  let at = index + 1;
  while (tokens.kind(at) !== Kind.ParenOpen && at <= index + 3) at++;
  if (tokens.kind(at) !== Kind.ParenOpen) giveUp('function without parameters');
  const body = tokens.match(at) + 1;
  if (tokens.kind(body) !== Kind.BraceOpen) giveUp('function without body');
  return tokens.match(body) + 1;
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
