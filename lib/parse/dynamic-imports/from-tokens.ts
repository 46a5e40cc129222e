/** `import('…')` among tokens. Gives up at those that are no plain import of a string, and where somebody may take care of failures. */
import type { Reference } from '../../facts';
import { optOutOf } from '../opt-outs';
import { giveUp } from '../tokens/give-up';
import { Context, Kind } from '../tokens/kinds';
import { unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';
import { isTried } from '../tokens/tried';

/** Gives up unless the token begins an `import()` of a string, with nobody to catch its failure. */
export function assertDynamicImport(index: number, tokens: Tokens): void {
  const isPlain =
    tokens.kind(index + 1) === Kind.ParenOpen &&
    tokens.kind(index + 2) === Kind.String &&
    tokens.kind(index + 3) === Kind.ParenClose;
  const isNew = tokens.kind(index - 1) === Kind.New;
  if (!isPlain || isNew || tokens.text(index + 2).includes('\\')) giveUp('import');
  const specifier = { start: tokens.start(index + 2), end: tokens.end(index + 2) };
  if (optOutOf(tokens.source, tokens.end(index), specifier, tokens.end(index + 3)) === 'left')
    giveUp('ignored import');
  if (isTried(index, tokens) || isCaught(index, tokens)) giveUp('import that may fail');
}

/** Whether one of the methods that are called on it may take care of failures. */
function isCaught(index: number, tokens: Tokens): boolean {
  let at = index + 4;
  while (tokens.kind(at) === Kind.Dot && tokens.kind(at + 2) === Kind.ParenOpen) {
    if (tokens.is(at + 1, 'catch') || (tokens.is(at + 1, 'then') && hasComma(at + 2, tokens))) return true;
    at = tokens.match(at + 2) + 1;
  }
  const isFirst =
    tokens.kind(index - 1) === Kind.ParenOpen && tokens.enclosingContext(index) === Context.Group;
  if (isFirst && tokens.kind(at) === Kind.ParenClose) return true;
  return tokens.kind(at) === Kind.Optional || tokens.kind(at) === Kind.BracketOpen;
}

function hasComma(open: number, tokens: Tokens): boolean {
  for (let at = open + 1; at < tokens.match(open); at = unitEnd(tokens, at)) {
    if (tokens.kind(at) === Kind.Comma) return true;
  }
  return false;
}

/** The reference that begins with the token. */
export function dynamicReference(index: number, tokens: Tokens): Reference {
  const specifier = tokens.text(index + 2).slice(1, -1);
  return {
    kind: 'import()',
    specifier,
    start: tokens.start(index),
    end: tokens.end(index + 3),
    optional: false,
  };
}
