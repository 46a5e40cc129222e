/** What the place of a name makes of it. */

import { type Binding, bindingAt } from './bindings';
import { isBody } from './functions';
import { giveUp } from './give-up';
import { Context, endsOperand, expressionFollows, isEvaluatedBefore, Kind } from './kinds';
import type { Tokens } from './tokens';

/** A key refers to nothing. A shorthand is a key and a value. */
export type Place = 'value' | 'key' | 'shorthand' | Binding;

/** May give up. */
export function placeOf(tokens: Tokens, index: number): Place {
  switch (tokens.enclosingContext(index)) {
    case Context.Object:
      return placeInObject(tokens, index);
    case Context.Class:
      return placeInClass(tokens, index);
    default:
      return valuePlace(tokens, index);
  }
}

/** Whether the token is a key or method name of an object, and certainly nothing else. */
export function isObjectKey(tokens: Tokens, index: number): boolean {
  if (tokens.enclosingContext(index) !== Context.Object || !beginsElement(tokens, index)) return false;
  const after = tokens.kind(index + 1);
  return after === Kind.Colon || after === Kind.ParenOpen;
}

/** Whether the token, a name, is a key of an object or pattern and what belongs to it. */
export function isShorthand(tokens: Tokens, index: number): boolean {
  if (tokens.enclosingContext(index) !== Context.Object || !beginsElement(tokens, index)) return false;
  const after = tokens.kind(index + 1);
  return after === Kind.Comma || after === Kind.BraceClose || after === Kind.Assign;
}

/** Whether an element of an object begins with the token. */
function beginsElement(tokens: Tokens, index: number): boolean {
  return tokens.parent(index) === index - 1 || tokens.kind(index - 1) === Kind.Comma;
}

function placeInObject(tokens: Tokens, index: number): Place {
  const after = tokens.kind(index + 1);
  if (isShorthand(tokens, index)) return bindingAt(tokens, index) ?? 'shorthand';
  if (beginsElement(tokens, index)) return keyPlace(tokens, index);
  const before = tokens.kind(index - 1);
  const isModified = before === Kind.Accessor || before === Kind.Async || before === Kind.Star;
  if (isModified && followsElementStart(tokens, index - 1)) {
    return after === Kind.ParenOpen ? 'key' : giveUp('modifier in an object');
  }
  return valuePlace(tokens, index);
}

/** Whether the token is the first of an element, or follows an `async` that is. */
function followsElementStart(tokens: Tokens, index: number): boolean {
  if (beginsElement(tokens, index)) return true;
  return tokens.kind(index - 1) === Kind.Async && beginsElement(tokens, index - 1);
}

/** The first token of an element that is no shorthand. */
function keyPlace(tokens: Tokens, index: number): Place {
  const after = tokens.kind(index + 1);
  if (after === Kind.Colon || after === Kind.ParenOpen) return 'key';
  const kind = tokens.kind(index);
  if (kind === Kind.Name || kind === Kind.Of) giveUp('element of an object');
  return 'key';
}

function placeInClass(tokens: Tokens, index: number): Place {
  if (tokens.kind(index + 1) === Kind.Arrow) return valuePlace(tokens, index);
  const before = tokens.kind(index - 1);
  if (before === Kind.Star) giveUp('star in a class');
  if (isClassKey(tokens, index)) return 'key';
  if (!isInitialiserBefore(before === Kind.New ? tokens.kind(index - 2) : before)) giveUp('in a class');
  return valuePlace(tokens, index);
}

/** Whether the token is a key of a class, if the class is valid and it is no arrow function's parameter. */
export function isClassKey(tokens: Tokens, index: number): boolean {
  if (tokens.enclosingContext(index) !== Context.Class) return false;
  const before = tokens.kind(index - 1);
  const isFirst = tokens.parent(index) === index - 1 || before === Kind.Semicolon || before === Kind.Static;
  return isFirst || endsOperand(before);
}

/** Whether a token of a class stands in the value of a field. */
const isInitialiserBefore = (kind: number): boolean =>
  kind === Kind.Colon || (kind >= Kind.Question && kind <= Kind.Operator && kind !== Kind.Increment);

function valuePlace(tokens: Tokens, index: number): Place {
  if (isDeleted(tokens, index)) giveUp('deleted');
  return bindingAt(tokens, index) ?? evaluatedPlace(tokens, index);
}

/** Where nothing declares the name or writes to it. */
function evaluatedPlace(tokens: Tokens, index: number): Place {
  const before = tokens.kind(index - 1);
  if (before === Kind.Star) return starPlace(tokens, index);
  if (expressionFollows(before)) return 'value';
  switch (before) {
    case Kind.Of:
      return tokens.enclosingContext(index) === Context.For ? 'value' : statementPlace(tokens, index);
    case Kind.Colon:
      if (tokens.context(index - 1) === Context.Ternary) return 'value';
      return tokens.enclosingContext(index) === Context.Code
        ? statementPlace(tokens, index)
        : elementPlace(tokens, index);
    case Kind.ParenOpen:
    case Kind.BracketOpen:
    case Kind.Comma:
    case Kind.Spread:
      return elementPlace(tokens, index);
    case Kind.Semicolon:
      return tokens.enclosingContext(index) === Context.For ? 'value' : statementPlace(tokens, index);
    default:
      return statementPlace(tokens, index);
  }
}

/** Whether `delete` takes the name itself, which no module may. */
function isDeleted(tokens: Tokens, index: number): boolean {
  const after = tokens.kind(index + 1);
  if (after === Kind.Dot || after === Kind.BracketOpen) return false;
  const isAlone = tokens.kind(index - 1) === Kind.ParenOpen && after === Kind.ParenClose;
  return tokens.is(isAlone ? tokens.parent(index) - 1 : index - 1, 'delete');
}

/** Behind a star: of a product, of `yield*`, or of a generator, whose name this is. */
function starPlace(tokens: Tokens, index: number): Place {
  const before = tokens.kind(index - 2);
  return before === Kind.Yield || endsOperand(before) ? 'value' : giveUp('name of a generator');
}

/** Where brackets or declarations may have an element. */
function elementPlace(tokens: Tokens, index: number): Place {
  const after = tokens.kind(index + 1);
  if (after === Kind.ParenOpen && tokens.kind(tokens.match(index + 1) + 1) === Kind.BraceOpen)
    giveUp('method');
  if (isEvaluatedBefore(after)) return 'value';
  const isFirst = tokens.kind(index - 1) === Kind.ParenOpen;
  if (isFirst && isCalleeBehind(tokens, tokens.parent(index))) giveUp('parenthesised');
  return 'value';
}

/** Whether the parentheses call a function that stands before them in parentheses. */
function isCall(tokens: Tokens, open: number): boolean {
  const body = tokens.match(open - 1);
  if (
    tokens.kind(open - 1) !== Kind.BraceClose ||
    !isBody(body, tokens) ||
    tokens.kind(body - 1) !== Kind.ParenClose
  )
    return false;
  const name = tokens.match(body - 1) - 1;
  const start = tokens.kind(name) === Kind.Function ? name : name - 1;
  return tokens.kind(start) === Kind.Function && tokens.kind(start - 1) === Kind.ParenOpen;
}

/** Whether what the parentheses hold may be called, or stand in more of them. */
function isCalleeBehind(tokens: Tokens, open: number): boolean {
  if (tokens.context(open) !== Context.Group || isCall(tokens, open)) return false;
  switch (tokens.kind(tokens.match(open) + 1)) {
    case Kind.ParenOpen:
    case Kind.ParenClose:
    case Kind.Optional:
    case Kind.Template:
    case Kind.TemplateHead:
      return tokens.kind(tokens.match(open)) === Kind.ParenClose && tokens.match(open) !== 0;
    default:
      return false;
  }
}

/** Where a statement may begin. */
function statementPlace(tokens: Tokens, index: number): Place {
  if (tokens.enclosingContext(index) !== Context.Code) giveUp('behind an operand');
  if (tokens.kind(index + 1) === Kind.Colon) giveUp('label');
  const before = tokens.kind(index - 1);
  switch (before) {
    case Kind.Edge:
    case Kind.Semicolon:
    case Kind.Colon:
    case Kind.BraceOpen:
    case Kind.BraceClose:
    case Kind.ParenClose:
    case Kind.Block:
      return 'value';
    default:
      if (before === Kind.Async || !endsOperand(before) || !tokens.isOnNewLine(index))
        giveUp('behind a word');
      return 'value';
  }
}
