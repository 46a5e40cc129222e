/**
 * Which declarations have no effects, told from tokens: functions, classes, and values made of literals, functions, objects and arrays of such,
 * of names that have a value already, and of calls that are annotated as pure. ECMA-262 decides: reading a property, converting a value,
 * iterating and naming what is not declared may all run code or throw, so they are not pure.
 */
import type { Unit } from '../declarations/entries-from-tokens';
import { functionEnd } from '../tokens/functions';
import { Context, isName, Kind } from '../tokens/kinds';
import { arrowEnd, expressionEnd, expressionStop, ternaryColon, unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';
import { endsKey, keyAt } from './keys-from-tokens';
import {
  argumentsEnd,
  beginsFunction,
  effectlessArguments,
  filledEnd,
  functionAt,
  functionEndAt,
  isCalculated,
  isGlobalName,
  isHidden,
  memberEnd,
  saysEffectless,
} from './language-from-tokens';
import { ANNOTATED, CONSTANTS, type Known } from './names';

/**
 * Whether a declaration has no effects.
 * @param word its first token behind `export`, `default` and `async`
 * @throws GivenUp where that cannot be told
 */
export function isPureUnit(
  word: number,
  { first, end, names }: Unit,
  tokens: Tokens,
  known: KnownTokens,
): boolean {
  const reader = new PurityReader(tokens, known);
  switch (tokens.kind(word)) {
    case Kind.Function:
      // By default an arrow function or a call may follow `async`; and a function in parentheses is none that is declared.
      return tokens.kind(first) !== Kind.Export || unitEnd(tokens, word) === end;
    case Kind.Class: {
      if (unitEnd(tokens, word) !== end || !reader.isPureClass(word)) return false;
      for (const name of names) known.classes.add(name);
      return true;
    }
    case Kind.Declare:
      return reader.isPureVariables(first, word, end);
    default:
      return reader.isPure(defaultValue(first, tokens), end);
  }
}

/** What is known of names, and by first token the last one of what has a value when the program is built. */
export type KnownTokens = Known & { values: ReadonlyMap<number, number> };

/** Behind `export default`. */
const defaultValue = (first: number, tokens: Tokens): number =>
  tokens.kind(first + 1) === Kind.Default ? first + 2 : first;

/** Tokens of `typeof x !== 'undefined' ? x :`. */
const GUARD_LENGTH = 7;

/** What follows something that has effects. */
const IMPURE = -1;

/** Reads expressions. Each method that reads one gives the token behind it, or `IMPURE`. */
class PurityReader {
  constructor(
    private readonly tokens: Tokens,
    private readonly known: KnownTokens,
  ) {}

  /** `const a = …, b`. Patterns read properties. */
  isPureVariables(first: number, declare: number, end: number): boolean {
    const { tokens, known } = this;
    for (let index = declare + 1; index < end; index++) {
      if (!isName(tokens.kind(index))) return false;
      const name = tokens.text(index++);
      if (tokens.kind(index) === Kind.Assign) {
        const value = index + 1;
        index = expressionEnd(tokens, value);
        if (!isCalculated(value, index, tokens) && !this.isPure(value, index)) return false;
        const isConstant = tokens.is(declare, 'const');
        if (isConstant && this.isClass(value)) known.classes.add(name);
        const isSaid =
          saysEffectless(value - 1, value, tokens) ||
          (value === declare + 3 && saysEffectless(first - 1, declare, tokens));
        if (isConstant && isSaid && this.isFunction(value, index)) known.effectless.add(name);
      }
      known.declared.add(name);
    }
    return true;
  }

  /** Whether the tokens from the first up to the end are one pure expression. */
  isPure(first: number, end: number): boolean {
    const { tokens } = this;
    if (this.isGuard(first)) return this.isPure(first + GUARD_LENGTH, end);
    let index = this.operand(first);
    while (index !== IMPURE && index < end) {
      const kind = tokens.kind(index);
      if (kind === Kind.Logical || (kind === Kind.Equality && tokens.text(index).length === 3)) {
        index = this.operand(index + 1);
      } else if (kind === Kind.Question) {
        const colon = ternaryColon(tokens, index);
        if (!this.isPure(index + 1, colon)) return false;
        index = this.operand(colon + 1);
      } else return false;
    }
    return index === end;
  }

  /** A pure value that certainly is a class, or the one of a global that is asked for before. */
  private isClass(first: number): boolean {
    return this.tokens.kind(this.isGuard(first) ? first + GUARD_LENGTH : first) === Kind.Class;
  }

  private isFunction(first: number, end: number): boolean {
    const word = functionAt(first, this.tokens);
    return word > 0 ? functionEnd(this.tokens, word) === end : this.isArrow(first, end);
  }

  private isGuard(first: number): boolean {
    return this.tokens.is(first, 'typeof') && this.known.globals.isGuard(this.tokens.start(first));
  }

  private operand(index: number): number {
    const { tokens } = this;
    const annotated = this.isAnnotated(index) ? this.annotatedCall(index) : IMPURE;
    if (annotated !== IMPURE) return annotated;
    const made = this.isMade(index) ? argumentsEnd(index, tokens) : undefined;
    if (made !== undefined) return made;
    const value = this.known.values.get(index);
    if (value !== undefined) return value + 1;
    const kind = tokens.kind(index);
    if (isName(kind) && !beginsFunction(index, tokens)) {
      const open = effectlessArguments(index, tokens, this.known);
      if (open !== undefined && this.isPureList(open)) return tokens.match(open) + 1;
      return memberEnd(index, tokens, this.known) ?? (this.isKnown(index) ? index + 1 : IMPURE);
    }
    switch (kind) {
      case Kind.Number:
      case Kind.String:
      case Kind.Pattern:
      case Kind.Template:
      case Kind.Literal:
        return index + 1;
      case Kind.Not:
        return this.operand(index + 1);
      case Kind.Prefix:
        return this.prefixed(index);
      case Kind.Operator:
        return tokens.is(index, '-') && tokens.kind(index + 1) === Kind.Number ? index + 2 : IMPURE;
      case Kind.Function:
        return functionEnd(tokens, index);
      case Kind.Class:
        if (isHidden(index, tokens, this.known)) return IMPURE;
        return this.isPureClass(index) ? unitEnd(tokens, index) : IMPURE;
      case Kind.BracketOpen:
        return this.isPureArray(index) ? tokens.match(index) + 1 : IMPURE;
      case Kind.BraceOpen:
        return this.isPureObject(index) ? tokens.match(index) + 1 : IMPURE;
      case Kind.ParenOpen:
        return this.parenthesised(index);
      default:
        return isName(kind) ? functionEndAt(index, tokens) : IMPURE;
    }
  }

  /** `new Map()`, `Symbol('text')`. */
  private isMade(index: number): boolean {
    const { tokens, known } = this;
    const isNew = tokens.kind(index) === Kind.New;
    if (!isNew && !tokens.is(index, 'Symbol')) return false;
    const end = argumentsEnd(index, tokens);
    if (end === undefined) return false;
    const range = [tokens.start(index), tokens.end(end - 1)] as const;
    const behind = isNew ? filledEnd(index + 1, end - 1, tokens, known) : undefined;
    if (behind !== undefined && this.isPure(index + 3, behind)) return true;
    return isNew ? known.globals.isCollection(...range) : known.globals.isSymbol(...range);
  }

  private parenthesised(open: number): number {
    const { tokens } = this;
    const close = tokens.match(open);
    if (tokens.kind(close + 1) === Kind.Arrow) return arrowEnd(tokens, close + 1);
    return this.isPure(open + 1, close) ? close + 1 : IMPURE;
  }

  private prefixed(index: number): number {
    const { tokens } = this;
    const isTypeof = tokens.is(index, 'typeof');
    if (isTypeof && !beginsFunction(index + 1, tokens) && isGlobalName(index + 1, tokens, this.known))
      return index + 2;
    if (isTypeof || tokens.is(index, 'void')) return this.operand(index + 1);
    return IMPURE;
  }

  private isKnown(index: number): boolean {
    const name = this.tokens.text(index);
    return this.known.declared.has(name) || CONSTANTS.has(name);
  }

  private isAnnotated(index: number): boolean {
    const { tokens } = this;
    const from = tokens.end(index - 1);
    const to = tokens.start(index);
    return to - from > 10 && ANNOTATED.test(tokens.source.slice(from, to));
  }

  /** The annotation is about the first call of a chain: a function, or `new` and one, and its arguments. */
  private annotatedCall(first: number): number {
    const { tokens } = this;
    const isNew = tokens.kind(first) === Kind.New;
    const index = this.callee(isNew ? first + 1 : first);
    if (index === IMPURE) return IMPURE;
    if (tokens.kind(index) !== Kind.ParenOpen) return isNew ? index : IMPURE;
    return this.isPureList(index) ? tokens.match(index) + 1 : IMPURE;
  }

  /** A function, or a name with others behind dots, in parentheses or not. */
  private callee(first: number): number {
    const { tokens } = this;
    let index = first;
    if (tokens.kind(first) === Kind.ParenOpen) {
      const close = tokens.match(first);
      if (this.callee(first + 1) !== close && !this.isArrow(first + 1, close)) return IMPURE;
      index = close + 1;
    } else if (functionAt(first, tokens) > 0) index = functionEnd(tokens, functionAt(first, tokens));
    else if (isName(tokens.kind(first))) index++;
    else return IMPURE;
    while (tokens.kind(index) === Kind.Dot) index += 2;
    return index;
  }

  private isArrow(first: number, end: number): boolean {
    const { tokens } = this;
    const isGroup =
      tokens.kind(first) === Kind.ParenOpen && tokens.kind(tokens.match(first) + 1) === Kind.Arrow;
    return (isGroup || beginsFunction(first, tokens)) && this.operand(first) === end;
  }

  /** Arguments, or the elements of an array. */
  private isPureList(open: number): boolean {
    const { tokens } = this;
    const close = tokens.match(open);
    for (let index = open + 1; index < close; index++) {
      if (tokens.kind(index) === Kind.Comma) continue;
      const end = expressionStop(tokens, index);
      if (!this.isPure(index, end)) return false;
      index = end;
    }
    return true;
  }

  private isPureArray(open: number): boolean {
    return this.tokens.context(open) === Context.Array && this.isPureList(open);
  }

  private isPureObject(open: number): boolean {
    const { tokens } = this;
    const close = tokens.match(open);
    for (let index = open + 1; index < close; index++) {
      index = this.property(index);
      if (index === IMPURE) return false;
    }
    return true;
  }

  /** @returns the comma or brace behind the property */
  private property(first: number): number {
    const { tokens } = this;
    let key = keyAt(first, tokens);
    if (tokens.kind(key) === Kind.BracketOpen) {
      if (!this.known.globals.isSymbolKey(tokens.start(key))) return IMPURE;
      key = tokens.match(key);
    } else if (tokens.kind(key) === Kind.Spread) return IMPURE;
    switch (tokens.kind(key + 1)) {
      // Behind `__proto__` it is the prototype, which runs nothing.
      case Kind.Colon: {
        const end = expressionStop(tokens, key + 2);
        return this.isPure(key + 2, end) ? end : IMPURE;
      }
      case Kind.ParenOpen: {
        const body = tokens.match(key + 1) + 1;
        return tokens.kind(body) === Kind.BraceOpen ? tokens.match(body) + 1 : IMPURE;
      }
      default:
        return this.isKnown(key) ? key + 1 : IMPURE;
    }
  }

  /** Methods and fields of instances run later. What has a computed name, is static or a decorator may run code at once. */
  isPureClass(word: number): boolean {
    const { tokens } = this;
    let body =
      tokens.kind(word + 1) === Kind.BraceOpen || tokens.kind(word + 1) === Kind.Extends
        ? word + 1
        : word + 2;
    if (tokens.kind(body) === Kind.Extends) {
      if (!this.isConstructor(body + 1)) return false;
      body += 2;
    }
    if (tokens.kind(body) !== Kind.BraceOpen || tokens.context(body) !== Context.Class) return false;
    const close = tokens.match(body);
    for (let index = body + 1; index < close; index = unitEnd(tokens, index)) {
      if (tokens.kind(index) === Kind.BracketOpen && !this.isKnownKey(index)) return false;
      const isStatic = tokens.kind(index) === Kind.Static && !endsKey(tokens.kind(index + 1));
      if (isStatic && !this.isPureStatic(index)) return false;
    }
    return true;
  }

  /** Whether brackets are an array, or a key that is a symbol of the language. */
  private isKnownKey(open: number): boolean {
    const { tokens, known } = this;
    return tokens.context(open) === Context.Array || known.globals.isSymbolKey(tokens.start(open));
  }

  /** A name that certainly means a class or a function, or is imported: an import is taken for what the class extends. */
  private isConstructor(index: number): boolean {
    const { tokens, known } = this;
    if (!isName(tokens.kind(index))) return false;
    const name = tokens.text(index);
    return (
      known.imported.has(name) ||
      known.functions.has(name) ||
      known.classes.has(name) ||
      known.globals.isClass(name)
    );
  }

  /** A static method, or a static field with a pure value. */
  private isPureStatic(index: number): boolean {
    const { tokens } = this;
    const key = keyAt(index + 1, tokens);
    switch (tokens.kind(key + 1)) {
      case Kind.ParenOpen:
      case Kind.Semicolon:
        return tokens.kind(key) !== Kind.BraceOpen;
      case Kind.Assign:
        return this.isPure(key + 2, expressionStop(tokens, key + 2));
      default:
        return false;
    }
  }
}
