/** Words of a script that may be names there. In ES modules, which are strict, they are none. */
import { giveUp } from './give-up';
import { Context, Kind } from './kinds';
import type { Tokens } from './tokens';

/** Gives up at words that are names in some scripts. */
export function assertScriptWord(index: number, kind: number, tokens: Tokens): void {
  switch (kind) {
    case Kind.Static:
      if (tokens.enclosingContext(index) !== Context.Class) giveUp('static');
      break;
    case Kind.Declare:
      assertDeclares(index, tokens);
      break;
    case Kind.Await:
    case Kind.Yield:
    case Kind.Import:
    case Kind.Export:
      giveUp(tokens.text(index));
  }
}

/** `let` is a name in some scripts. */
function assertDeclares(index: number, tokens: Tokens): void {
  const after = tokens.kind(index + 1);
  const declares = after <= Kind.Accessor || after === Kind.BraceOpen || after === Kind.BracketOpen;
  if ((!declares || tokens.isOnNewLine(index + 1)) && tokens.is(index, 'let')) giveUp('let');
}
