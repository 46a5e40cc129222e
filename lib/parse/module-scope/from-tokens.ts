/**
 * What names are in the source of an ES module, as its tokens tell: of a few names, in a tenth of the time that a tree takes. Where something of one is not
 * certain, it gives up, and the tree is asked (`from-tree.ts`).
 */
import type { NameMeaning, NamePlace } from '../../core/name-clashes';
import type { Range } from '../../facts';
import { covers } from '../../ranges';
import { giveUp, unlessGivenUp } from '../tokens/give-up';
import { Context, isName, Kind } from '../tokens/kinds';
import { isShorthand, placeOf } from '../tokens/places';
import { scan } from '../tokens/scanner';
import { Shadows } from '../tokens/shadows';
import { expressionStop, unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';
import { hashOf } from '../tokens/words';

/** A source, and what is known of it. */
export interface Named {
  source: string;
  /** Names that the top level declares, besides imports. */
  top: ReadonlySet<string>;
  /** Names that imports declare. */
  imports: ReadonlySet<string>;
  /** Declarations of imports and exports without code, sorted. */
  entries: readonly Range[];
  /** What does not count, sorted and apart. */
  dropped: readonly Range[];
}

/** @returns `undefined` where one of the names takes a tree */
export function meaningsInTokens(
  named: Named,
  names: readonly string[],
): Map<string, NameMeaning> | undefined {
  return unlessGivenUp(() => {
    const tokens = scan(named.source);
    return new Map(names.map((name) => [name, new NameReader(name, named, tokens).read()]));
  });
}

class NameReader {
  private readonly shadows = new Shadows();
  /** Tokens that are the name, and no keys. */
  private readonly found: number[] = [];
  private readonly meaning = { isInner: false, isFree: false, isFixed: false };

  constructor(
    private readonly name: string,
    private readonly named: Named,
    private readonly tokens: Tokens,
  ) {}

  /** @throws GivenUp */
  read(): NameMeaning {
    const { tokens, name, named } = this;
    const hash = hashOf(name);
    for (let index = 1; index <= tokens.last; index++) {
      if (tokens.hash(index) !== hash || tokens.kind(index) === Kind.Property || !tokens.is(index, name))
        continue;
      if (!covers(named.entries, tokens.start(index))) this.note(index);
    }
    const meant = this.found.filter((index) => !this.shadows.covers(name, index));
    const counted = meant.filter((index) => !covers(named.dropped, tokens.start(index)));
    if (named.top.has(name)) return { ...this.meaning, top: counted.map((index) => this.placeAt(index)) };
    const isFree = counted.length > 0 && !named.imports.has(name);
    return { ...this.meaning, isFree };
  }

  private note(index: number): void {
    const { tokens, meaning, name } = this;
    // Of these, some are keywords where they stand: `for (var of of a)`, `async a => a`.
    if (tokens.kind(index) !== Kind.Name) giveUp('word');
    const place = placeOf(tokens, index);
    if (place === 'key') return;
    this.found.push(index);
    const isInner = typeof place === 'object' && place.first > 0;
    if (isInner) {
      if (tokens.context(place.first) === Context.Catch) giveUp('caught');
      this.shadows.add(name, index, place);
    }
    meaning.isInner ||= isInner;
    if (!isInner && tokens.kind(index - 1) === Kind.Class) this.noteClass(index);
    meaning.isFixed ||= this.isDeclaration(index, isInner && place.first === index) || this.isGiven(index);
  }

  /** Inside of a class, its name is one of its own. */
  private noteClass(index: number): void {
    this.meaning.isInner = true;
    this.shadows.add(this.name, index, { first: index + 1, last: unitEnd(this.tokens, index - 1) - 1 });
  }

  /** Whether a function or class is declared by the name. Expressions with a name have it to themselves. */
  private isDeclaration(index: number, isExpression: boolean): boolean {
    const { tokens } = this;
    const word = tokens.kind(index - 1) === Kind.Star ? index - 2 : index - 1;
    const kind = tokens.kind(word);
    return !isExpression && (kind === Kind.Function || (kind === Kind.Class && word === index - 1));
  }

  /** Whether a function or class is called after the name that it is the value of. */
  private isGiven(index: number): boolean {
    const { tokens } = this;
    const kind = tokens.kind(index + 1);
    const isAssignment =
      kind === Kind.Assign || (kind === Kind.Update && /^[&|?]/.test(tokens.text(index + 1)));
    return isAssignment && isAnonymous(index + 2, tokens);
  }

  private placeAt(index: number): NamePlace {
    const { tokens } = this;
    return { start: tokens.start(index), end: tokens.end(index), isShorthand: isShorthand(tokens, index) };
  }
}

/** Whether the expression that begins with the token is a function or class without a name, in parentheses or not. */
function isAnonymous(first: number, tokens: Tokens): boolean {
  const kind = tokens.kind(first);
  switch (kind) {
    case Kind.Function:
      return isNameless(first, tokens) && isWhole(first, tokens);
    case Kind.Class: {
      const next = tokens.kind(first + 1);
      return (next === Kind.BraceOpen || next === Kind.Extends) && isWhole(first, tokens);
    }
    case Kind.Async:
      if (tokens.kind(first + 1) !== Kind.Function)
        return isArrow(first, tokens) || isArrow(first + 1, tokens);
      return isNameless(first + 1, tokens) && expressionStop(tokens, first) === unitEnd(tokens, first + 1);
    case Kind.ParenOpen:
      if (isArrow(first, tokens)) return true;
      return isAnonymous(first + 1, tokens) && isWhole(first, tokens);
    default:
      return isArrow(first, tokens);
  }
}

function isNameless(word: number, tokens: Tokens): boolean {
  const behind = tokens.kind(word + 1) === Kind.Star ? word + 2 : word + 1;
  return tokens.kind(behind) === Kind.ParenOpen;
}

/** Whether nothing is done with what begins with the token, such as to call it. */
const isWhole = (first: number, tokens: Tokens): boolean =>
  expressionStop(tokens, first) === unitEnd(tokens, first);

/** Whether the parameters of an arrow function begin with the token. */
function isArrow(first: number, tokens: Tokens): boolean {
  const last = tokens.kind(first) === Kind.ParenOpen ? tokens.match(first) : first;
  return (last > first || isName(tokens.kind(first))) && tokens.kind(last + 1) === Kind.Arrow;
}
