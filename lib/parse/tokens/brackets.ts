/** What brackets hold, told by the tokens before them while they are found. */

import { giveUp } from './give-up';
import { Context, endsOperand, isName, Kind } from './kinds';
import type { Tokens } from './tokens';

const DEPTH = 1024;

/** The brackets that are open, and what is still to come on each level. */
export class Brackets {
  /** The innermost one, 0 for none. */
  open = 0;
  #depth = 0;
  /** By depth: how many `?` wait for their colon, and whether a `class` waits for its body. */
  readonly #ternaries = new Int32Array(DEPTH);
  readonly #classes = new Uint8Array(DEPTH);

  constructor(private readonly tokens: Tokens) {}

  begin(): void {
    this.open = 0;
    this.#depth = 0;
    this.#ternaries[0] = 0;
    this.#classes[0] = 0;
  }

  /** The token that opens a bracket has been added. */
  enter(index: number, context: number): void {
    if (this.#depth + 1 === DEPTH) giveUp('nested deeply');
    this.tokens.setContext(index, context);
    this.open = index;
    this.#depth++;
    this.#ternaries[this.#depth] = 0;
    this.#classes[this.#depth] = 0;
  }

  /** The token that closes the innermost bracket is about to be added. @returns the bracket it closes */
  leave(): number {
    const { open } = this;
    if (open === 0) giveUp('unbalanced');
    this.open = this.tokens.parent(open);
    this.#depth--;
    return open;
  }

  get isClosed(): boolean {
    return this.#depth === 0;
  }

  /** Notes a `?`. */
  question(): void {
    this.#ternaries[this.#depth] = (this.#ternaries[this.#depth] as number) + 1;
  }

  /** What the colon is for that follows the token. */
  colonAfter(last: number): Context {
    const { tokens } = this;
    const waiting = this.#ternaries[this.#depth] as number;
    if (waiting > 0) {
      this.#ternaries[this.#depth] = waiting - 1;
      return Context.Ternary;
    }
    if (tokens.context(this.open) !== Context.Code) return Context.Label;
    return tokens.kind(last) === Kind.Default || this.#endsCase(last) ? Context.Case : Context.Label;
  }

  /** Whether the colon behind the token is not that of a label: a label is a name where a statement begins. */
  #endsCase(last: number): boolean {
    const { tokens } = this;
    const before = tokens.kind(last - 1);
    if (!isName(tokens.kind(last)) || before === Kind.Case) return true;
    return before === Kind.Dot || before === Kind.Optional;
  }

  /** A `class` follows the token. */
  classAfter(last: number, start: number): void {
    const before = this.tokens.kind(last);
    const around = this.tokens.context(this.open);
    if (this.isKeyAfter(last)) return;
    if (before === Kind.Star && around !== Context.Code) giveUp('class behind a star');
    if (isName(before) && !this.tokens.hasLineEnd(last, start)) giveUp('class behind a name');
    if (this.#classes[this.#depth] === 1 || (around === Context.Class && endsOperand(before))) {
      giveUp('class in class');
    }
    this.#classes[this.#depth] = 1;
  }

  /** A `function` follows. */
  functionAhead(): void {
    if (this.#classes[this.#depth] === 1) giveUp('function before class body');
  }

  /** Whether a key of an object or class begins behind the token. */
  isKeyAfter(last: number): boolean {
    const before = this.tokens.kind(last);
    const around = this.tokens.context(this.open);
    if (around !== Context.Object && around !== Context.Class) return false;
    if (last === this.open || before === Kind.Accessor || before === Kind.Async) return true;
    if (around === Context.Object) return before === Kind.Comma;
    return before === Kind.Semicolon || before === Kind.BraceClose || before === Kind.Static;
  }

  /** A bracket or slash follows, which goes on behind an operand. Gives up where none may, and a line ends. */
  assertGoesOn(last: number, start: number): void {
    const { tokens } = this;
    const before = tokens.kind(last - 1);
    if (before !== Kind.Declare && before !== Kind.Comma && before !== Kind.Jump) return;
    const isCode = tokens.context(this.open) === Context.Code;
    if (isCode && endsOperand(tokens.kind(last)) && tokens.hasLineEnd(last, start))
      giveUp('behind a declarator');
  }

  /** What the parenthesis behind the token holds. */
  parenAfter(last: number): Context {
    const { tokens } = this;
    const kind = tokens.kind(last);
    if (tokens.context(this.open) === Context.Code) {
      if (kind === Kind.If || kind === Kind.Switch) return Context.Control;
      if (kind === Kind.While) return Context.While;
      if (kind === Kind.Catch) return Context.Catch;
      if (kind === Kind.For || (kind === Kind.Await && tokens.kind(last - 1) === Kind.For))
        return Context.For;
    }
    return this.#endsValue(last) || !isOperator(kind) ? Context.Call : Context.Group;
  }

  bracketAfter(last: number): Context {
    const kind = this.tokens.kind(last);
    if (this.isKeyAfter(last)) return Context.Member;
    return this.#endsValue(last) || kind === Kind.Optional ? Context.Member : Context.Array;
  }

  /** Whether an expression ends with the token, and what follows on any line belongs to it. */
  #endsValue(last: number): boolean {
    const { tokens } = this;
    const kind = tokens.kind(last);
    if (kind === Kind.BraceClose || (kind === Kind.Of && tokens.context(this.open) === Context.For))
      return false;
    return endsOperand(kind) && !endsHead(tokens, last);
  }

  /** What the brace behind the token holds. */
  braceAfter(last: number, start: number): Context {
    const kind = this.tokens.kind(last);
    if (this.#classes[this.#depth] === 1) {
      if (kind === Kind.Extends) giveUp('class extends a literal');
      this.#classes[this.#depth] = 0;
      return Context.Class;
    }
    const mayEnd = kind === Kind.Return || kind === Kind.Yield;
    if (mayEnd && this.tokens.hasLineEnd(last, start)) giveUp('brace on the line after return');
    if (kind === Kind.Colon) return this.#braceAfterColon(last);
    const isInHead = this.tokens.context(this.open) === Context.For;
    if (isInHead && (kind === Kind.Of || kind === Kind.Semicolon)) return Context.Object;
    if (beginsBlock(kind)) return Context.Code;
    if (endsOperand(kind) || kind === Kind.Increment || kind === Kind.Jump) giveUp('brace after operand');
    return Context.Object;
  }

  #braceAfterColon(last: number): Context {
    const isStatement = this.tokens.context(this.open) === Context.Code;
    return isStatement && this.tokens.context(last) !== Context.Ternary ? Context.Code : Context.Object;
  }
}

/** Whether a brace behind the token is a block or the body of a function. */
function beginsBlock(kind: number): boolean {
  switch (kind) {
    case Kind.Edge:
    case Kind.ParenClose:
    case Kind.Arrow:
    case Kind.BraceOpen:
    case Kind.BraceClose:
    case Kind.Semicolon:
    case Kind.Block:
    case Kind.Catch:
    case Kind.Static:
      return true;
    default:
      return false;
  }
}

/** Whether a parenthesis behind the token only groups. */
function isOperator(kind: number): boolean {
  switch (kind) {
    case Kind.Optional:
    case Kind.Function:
    case Kind.Import:
    case Kind.Static:
      return false;
    default:
      return true;
  }
}

/** Whether the token is the parenthesis behind which the body of an `if` or a loop begins, or ends. */
export function endsHead(tokens: Tokens, last: number): boolean {
  if (tokens.kind(last) !== Kind.ParenClose) return false;
  const context = tokens.context(tokens.match(last));
  return context === Context.Control || context === Context.While || context === Context.For;
}

/** Whether a slash behind the token begins a regular expression. */
export function patternAfter(tokens: Tokens, last: number): boolean {
  const kind = tokens.kind(last);
  if (endsHead(tokens, last)) return true;
  if (kind === Kind.BraceClose || kind === Kind.Of || kind === Kind.Increment) giveUp('slash after brace');
  return !endsOperand(kind);
}
