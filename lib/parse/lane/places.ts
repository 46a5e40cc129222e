/** What the place of a name makes of it. Whatever may declare it or write to it is uncertain. */
import { Context, endsOperand, expressionFollows, isEvaluatedBefore, isWrittenBefore, Kind } from './kinds';
import type { Tokens } from './tokens';
import { giveUp } from './uncertain';

/** A key refers to nothing. A shorthand is a key and a value. */
export type Place = 'value' | 'key' | 'shorthand';

/** Throws an `Uncertain`. */
export function placeOf(tokens: Tokens, index: number): Place {
  if (tokens.kind(index + 1) === Kind.Arrow) giveUp('parameter');
  switch (tokens.around(index)) {
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
  if (tokens.around(index) !== Context.Object || !beginsElement(tokens, index)) return false;
  const after = tokens.kind(index + 1);
  return after === Kind.Colon || after === Kind.ParenOpen;
}

/** Whether an element of an object begins with the token. */
function beginsElement(tokens: Tokens, index: number): boolean {
  return tokens.parent(index) === index - 1 || tokens.kind(index - 1) === Kind.Comma;
}

function placeInObject(tokens: Tokens, index: number): Place {
  const after = tokens.kind(index + 1);
  if (beginsElement(tokens, index)) {
    if (after !== Kind.Comma && after !== Kind.BraceClose) return keyPlace(tokens, index);
    if (isPattern(tokens, tokens.parent(index))) giveUp('shorthand in a pattern');
    return 'shorthand';
  }
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
  const before = tokens.kind(index - 1);
  if (before === Kind.Star) giveUp('star in a class');
  if (tokens.parent(index) === index - 1 || before === Kind.Semicolon || before === Kind.Static) return 'key';
  if (endsOperand(before)) return 'key';
  const isOperator = before >= Kind.Question && before <= Kind.Operator && before !== Kind.Increment;
  if (!isOperator && before !== Kind.New && before !== Kind.Colon) giveUp('in a class');
  return valuePlace(tokens, index);
}

function valuePlace(tokens: Tokens, index: number): Place {
  const [before, after] = [tokens.kind(index - 1), tokens.kind(index + 1)];
  if (isWrittenBefore(after) || before === Kind.Increment) giveUp('written');
  if (isDeleted(tokens, index)) giveUp('deleted');
  if (before === Kind.Star) return starPlace(tokens, index);
  if (expressionFollows(before)) return 'value';
  switch (before) {
    case Kind.Of:
      return tokens.around(index) === Context.For ? 'value' : statementPlace(tokens, index);
    case Kind.Colon:
      if (tokens.context(index - 1) === Context.Ternary) return 'value';
      return tokens.around(index) === Context.Code
        ? statementPlace(tokens, index)
        : elementPlace(tokens, index);
    case Kind.ParenOpen:
    case Kind.BracketOpen:
    case Kind.Comma:
    case Kind.Spread:
      return elementPlace(tokens, index);
    case Kind.Semicolon:
      return tokens.around(index) === Context.For ? 'value' : statementPlace(tokens, index);
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
  const parent = tokens.parent(index);
  if (tokens.context(parent) === Context.Code) giveUp('declarator');
  if (isPattern(tokens, parent)) giveUp('in a pattern');
  if (tokens.kind(index - 1) === Kind.ParenOpen && isCalleeBehind(tokens, parent)) giveUp('parenthesised');
  return 'value';
}

/** Whether what the parentheses hold may be called, or stand in more of them. */
function isCalleeBehind(tokens: Tokens, open: number): boolean {
  if (tokens.context(open) !== Context.Group) return false;
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
  if (tokens.around(index) !== Context.Code) giveUp('behind an operand');
  if (tokens.kind(index + 1) === Kind.Colon) giveUp('label');
  const before = tokens.kind(index - 1);
  switch (before) {
    case Kind.Edge:
    case Kind.Semicolon:
    case Kind.Colon:
    case Kind.BraceOpen:
    case Kind.BraceClose:
    case Kind.ParenClose:
      return 'value';
    default:
      if (before === Kind.Async || !endsOperand(before) || !tokens.isOnNewLine(index))
        giveUp('behind a word');
      return 'value';
  }
}

/** Whether the elements of a bracket may be targets of an assignment, or parameters. Errs on this side. */
function isPattern(tokens: Tokens, bracket: number): boolean {
  for (let open = bracket; open !== 0; open = tokens.parent(open)) {
    const context = tokens.context(open);
    if (context === Context.For || context === Context.Catch) return true;
    if (holdsValues(context)) return false;
    const after = tokens.kind(tokens.match(open) + 1);
    if (isWrittenBefore(after) || after === Kind.Of || after === Kind.In) return true;
    const isCall = context === Context.Call || context === Context.Group;
    if (isCall && after === Kind.BraceOpen) return true;
    if (context === Context.Call || context === Context.Member) return false;
    if (!isElement(tokens, open)) return tokens.kind(open - 1) === Kind.Declare;
  }
  return false;
}

function holdsValues(context: number): boolean {
  switch (context) {
    case Context.Code:
    case Context.Class:
    case Context.Control:
    case Context.While:
    case Context.Template:
      return true;
    default:
      return false;
  }
}

/** Whether brackets may be an element of what is around them. */
function isElement(tokens: Tokens, open: number): boolean {
  switch (tokens.kind(open - 1)) {
    case Kind.ParenOpen:
    case Kind.BracketOpen:
    case Kind.Comma:
    case Kind.Spread:
      return true;
    case Kind.Colon:
      return tokens.context(open - 1) !== Context.Ternary;
    default:
      return false;
  }
}
