/** What declares a name or writes to it, and the tokens among which a declared name means just that. */
import { endsHead } from './brackets';
import { functionBody, functionEnd, isBody } from './functions';
import { giveUp } from './give-up';
import { Context, endsOperand, isWrittenBefore, Kind } from './kinds';
import { arrowEnd, expressionEnd, FAR, unitEnd } from './statements';
import type { Tokens } from './tokens';

/** The first token and the last one. From token 0: that of the whole source. */
export interface Scope {
  first: number;
  last: number;
}

/** A declared name has a scope. */
export type Binding = Scope | 'written';

/**
 * What becomes of a name that may be a declarator, a parameter or an element of a pattern.
 * @returns `undefined` for a name that is only evaluated
 * @throws GivenUp
 */
export function bindingAt(tokens: Tokens, name: number): Binding | undefined {
  if (tokens.kind(name + 1) === Kind.Arrow) return arrowScope(tokens, name, name + 1);
  switch (tokens.kind(name - 1)) {
    case Kind.Function:
      return functionScope(tokens, name, name - 1);
    case Kind.Class:
      return classScope(tokens, name);
    case Kind.Star:
      if (tokens.kind(name - 2) === Kind.Function) return functionScope(tokens, name, name - 2);
  }
  return targetBinding(tokens, name, unitEnd(tokens, name));
}

/**
 * Of a name or member, or from pattern to pattern around it: what they are elements of.
 * @param end the token behind the name or member
 */
export function targetBinding(tokens: Tokens, first: number, end: number): Binding | undefined {
  let isWritten = false;
  for (let at = first; ; at = tokens.parent(at)) {
    const declare = declareBefore(tokens, at);
    if (declare !== undefined) return variableScope(tokens, declare);
    const after = tokens.kind(at === first ? end : unitEnd(tokens, at));
    isWritten ||= isWrittenBefore(after) || tokens.kind(at - 1) === Kind.Increment;
    const parent = tokens.parent(at);
    const context = tokens.context(parent);
    if (context === Context.Catch) return { first: parent, last: tokens.match(tokens.match(parent) + 1) };
    if (context === Context.For && (after === Kind.Of || after === Kind.In)) return 'written';
    if (!isElement(tokens, at, context) || !endsElement(after)) break;
    const scope = parameterScope(tokens, parent, context);
    if (scope !== undefined) return scope;
    if (!isTransparent(tokens, at, context)) break;
  }
  return isWritten ? 'written' : undefined;
}

/** Whether what is done to the brackets around an element is done to the element: in patterns, and in parentheses around it alone. */
function isTransparent(tokens: Tokens, at: number, context: number): boolean {
  if (context === Context.Array || context === Context.Object) return true;
  return context === Context.Group && tokens.kind(at - 1) === Kind.ParenOpen;
}

/** Whether an element of brackets begins with the token. */
function isElement(tokens: Tokens, at: number, context: number): boolean {
  switch (tokens.kind(at - 1)) {
    case Kind.ParenOpen:
    case Kind.BracketOpen:
    case Kind.BraceOpen:
    case Kind.Comma:
    case Kind.Spread:
      return true;
    case Kind.Colon:
      return context === Context.Object && tokens.context(at - 1) !== Context.Ternary;
    default:
      return false;
  }
}

/** Whether an element that may be a target ends before a token. */
function endsElement(after: number): boolean {
  switch (after) {
    case Kind.Comma:
    case Kind.Assign:
    case Kind.ParenClose:
    case Kind.BracketClose:
    case Kind.BraceClose:
      return true;
    default:
      return false;
  }
}

/** The scope of the parameters in parentheses, if that is what they hold. */
function parameterScope(tokens: Tokens, open: number, context: number): Scope | undefined {
  if (context !== Context.Call && context !== Context.Group) return undefined;
  const behind = tokens.match(open) + 1;
  if (tokens.kind(behind) === Kind.Arrow) return arrowScope(tokens, open, behind);
  if (tokens.kind(behind) !== Kind.BraceOpen) return undefined;
  if (!isBody(behind, tokens)) giveUp('brace behind parentheses');
  return { first: open, last: tokens.match(behind) };
}

const arrowScope = (tokens: Tokens, first: number, arrow: number): Scope => ({
  first,
  last: arrowEnd(tokens, arrow) - 1,
});

/** The `var`, `let` or `const` that declares what begins with the token. */
function declareBefore(tokens: Tokens, at: number): number | undefined {
  const parent = tokens.parent(at);
  const context = tokens.context(parent);
  if (tokens.kind(at - 1) === Kind.Declare) return context === Context.Class ? giveUp('in a class') : at - 1;
  if (tokens.kind(at - 1) !== Kind.Comma || (context !== Context.Code && context !== Context.For))
    return undefined;
  let steps = 0;
  for (let index = at - 1; index > parent; index--) {
    if (++steps > FAR) giveUp('long list');
    const kind = tokens.kind(index);
    if (kind === Kind.ParenClose || kind === Kind.BracketClose || kind === Kind.BraceClose)
      index = tokens.match(index);
    else if (tokens.parent(index) !== parent) continue;
    else if (kind === Kind.Semicolon) return undefined;
    else if (context === Context.For && tokens.is(index, 'in') && kind === Kind.In) return undefined;
    else if (kind === Kind.Declare) return isDeclarator(tokens, index, at) ? index : undefined;
  }
  return undefined;
}

/** Whether one of the declarators behind a token begins with the other one. */
function isDeclarator(tokens: Tokens, declare: number, at: number): boolean {
  for (let index = declare + 1; index < at; index++) {
    index = unitEnd(tokens, index);
    if (tokens.kind(index) === Kind.Assign) index = expressionEnd(tokens, index + 1);
    if (tokens.kind(index) !== Kind.Comma) return false;
    if (index + 1 === at) return true;
  }
  return false;
}

function variableScope(tokens: Tokens, declare: number): Scope {
  if (tokens.is(declare, 'var')) return bodyScope(tokens, declare);
  const parent = tokens.parent(declare);
  if (tokens.context(parent) !== Context.For) return blockScope(tokens, declare);
  const body = tokens.match(parent) + 1;
  if (tokens.kind(body) !== Kind.BraceOpen) giveUp('loop without a block');
  return { first: parent, last: tokens.match(body) };
}

/** The scope of the body of the function around a token. */
function bodyScope(tokens: Tokens, index: number): Scope {
  const first = functionBody(index, tokens);
  return first === 0 ? whole(tokens) : { first, last: tokens.match(first) };
}

function blockScope(tokens: Tokens, index: number): Scope {
  const first = tokens.parent(index);
  if (first === 0) return whole(tokens);
  if (tokens.context(first) !== Context.Code) giveUp('declaration where none may be');
  return { first, last: tokens.match(first) };
}

const whole = (tokens: Tokens): Scope => ({ first: 0, last: tokens.last });

/** The scope of a function's own name. In blocks it depends on the mode of the code. */
function functionScope(tokens: Tokens, name: number, at: number): Scope {
  const first = tokens.kind(at - 1) === Kind.Async && !tokens.isOnNewLine(at) ? at - 1 : at;
  if (!isDeclared(tokens, first)) return { first: name, last: functionEnd(tokens, at) - 1 };
  const scope = blockScope(tokens, at);
  if (scope.first !== 0 && !isBody(scope.first, tokens)) giveUp('function in a block');
  return scope;
}

function classScope(tokens: Tokens, name: number): Scope {
  if (isDeclared(tokens, name - 1)) return blockScope(tokens, name - 1);
  return { first: name, last: unitEnd(tokens, name - 1) - 1 };
}

/** Whether the function or class that begins with the token is a statement. */
function isDeclared(tokens: Tokens, at: number): boolean {
  const before = tokens.kind(at - 1);
  switch (before) {
    case Kind.Edge:
    case Kind.Semicolon:
    case Kind.Export:
    case Kind.Default:
    case Kind.BraceClose:
      return true;
    case Kind.BraceOpen:
      return tokens.context(at - 1) === Context.Code;
    case Kind.Colon:
      if (tokens.context(at - 1) === Context.Case || tokens.enclosingContext(at) === Context.Code)
        giveUp('declaration behind a colon');
      return false;
    case Kind.Block:
    case Kind.Increment:
      return giveUp('declaration behind a word');
    default:
      if (endsHead(tokens, at - 1)) giveUp('declaration without a block');
      if (endsOperand(before)) return true;
      if (tokens.isOnNewLine(at)) giveUp('declaration on a new line');
      return false;
  }
}
