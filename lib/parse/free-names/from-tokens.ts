/** Free names among tokens. Gives up where a name that matters is written to, or hidden in parentheses. */
import { giveUp } from '../tokens/give-up';
import { Context, Kind } from '../tokens/kinds';
import { placeOf } from '../tokens/places';
import { Shadows } from '../tokens/shadows';
import type { Tokens } from '../tokens/tokens';
import type { FreeUse } from './names';

/** Gathers the tokens that are names which Node gives. */
export class GivenNames {
  readonly #found: number[] = [];
  readonly #shadows = new Shadows();

  constructor(private readonly tokens: Tokens) {}

  /** Notes a token that is one, which is no key of an object. May give up. */
  note(index: number): void {
    const place = placeOf(this.tokens, index);
    if (place === 'value' || place === 'shorthand') this.#found.push(index);
    else if (place !== 'key') this.#shadows.add(this.tokens.text(index), index, place);
  }

  /** Those that nothing declares, now that all are noted; ascending. May give up. */
  free(): number[] {
    this.#shadows.assertUnwritten();
    const free = this.#found.filter((index) => !this.#shadows.covers(this.tokens.text(index), index));
    for (const index of free) assertBare(index, this.tokens);
    return free;
  }
}

/** Parentheses around a name alone hide what is done with it. */
function assertBare(index: number, tokens: Tokens): void {
  const isAlone = tokens.kind(index - 1) === Kind.ParenOpen && tokens.kind(index + 1) === Kind.ParenClose;
  if (isAlone && tokens.enclosingContext(index) === Context.Group) giveUp('parenthesised name');
  if (tokens.kind(index - 1) === Kind.ParenOpen && isWorker(index - 2, tokens)) giveUp('worker');
}

const isWorker = (index: number, tokens: Tokens): boolean =>
  tokens.is(index, 'Worker') || tokens.is(index, 'SharedWorker');

/** The use of a name that is the token. */
export const useAt = <Name extends string>(index: number, tokens: Tokens): FreeUse<Name> => ({
  name: tokens.text(index) as Name,
  isTested: isTested(index, tokens),
});

/** Whether the name is only asked for. */
export const isTested = (index: number, tokens: Tokens): boolean =>
  tokens.kind(index - 1) === Kind.Prefix && tokens.is(index - 1, 'typeof') && !goesOn(tokens.kind(index + 1));

/** Whether it may be asked by the name whether a value is a Buffer. */
export const isQuestion = (index: number, tokens: Tokens): boolean =>
  tokens.is(index - 1, 'instanceof') || tokens.is(index + 2, 'isBuffer');

/** Whether a token makes more of the operand before it. */
const goesOn = (kind: number): boolean =>
  kind === Kind.Dot ||
  kind === Kind.Optional ||
  kind === Kind.BracketOpen ||
  kind === Kind.ParenOpen ||
  kind === Kind.Template ||
  kind === Kind.TemplateHead;
