/**
 * `eval` in the hands of oxc, which takes the name for one like others: of `const run = eval; run(text)` and `const run = (0, eval); run(text)` it
 * makes `eval(text)`, which declares the text's names where it stands, not in the page. So it reads a member of nothing that is there, as long as the name,
 * where a variable may take its place: a member that is called is no other function for it. And private names become short ones, which the
 * text that a direct `eval` is given does not know.
 */
import { Context, Kind } from '../parse/tokens/kinds';
import type { Tokens } from '../parse/tokens/tokens';
import { type Replacement, replaceAll } from '../render/moved-mappings';
import { tokensOf } from './sloppy';

const NAME = 'eval';

/** What is read a member of, which is one letter more. Code that has one of these hardly has all. */
const NAMES = ['$0', '$1', '$2', '$3', '$_', '_$', '__', '_0'];

/** Whether private names have to stay what they are. */
export function readsPrivateNames(code: string): boolean {
  if (!code.includes('#') || !/(?<![\w$.])eval\s*\(/.test(code)) return false;
  const tokens = tokensOf(code);
  if (tokens === undefined) return true;
  for (let index = 1; index <= tokens.last; index++) if (tokens.kind(index) === Kind.Private) return true;
  return false;
}

/** The code with something else in place of `eval` where a variable may be given it, and what that is. */
export interface WithoutEval {
  code: string;
  standIn: string;
  /** Of which that is a member. */
  name: string;
}

/** `undefined` where no variable is given `eval`. */
export function withoutEval(code: string): WithoutEval | undefined {
  if (!/(?<![\w$.])eval\s*(?![\s(])/.test(code)) return undefined;
  const name = NAMES.find((each) => !code.includes(each));
  const tokens = name && tokensOf(code);
  if (!name || !tokens) return undefined;
  const standIn = `${name}.l`;
  const places = Array.from(
    evalsOf(tokens, code),
    (start): Replacement => ({ start, end: start + NAME.length, text: standIn }),
  );
  return places.length > 0 ? { code: replaceAll(code, places), standIn, name } : undefined;
}

/** Minified code, with `eval` again. */
export const withEval = (code: string, { standIn }: WithoutEval): string => code.replaceAll(standIn, NAME);

function* evalsOf(tokens: Tokens, code: string): Generator<number> {
  for (let index = 1; index <= tokens.last; index++) {
    const start = tokens.start(index);
    if (!code.startsWith(NAME, start) || tokens.end(index) !== start + NAME.length) continue;
    if (isGiven(index, tokens)) yield start;
  }
}

/** In `= eval`, `= (eval)` and `(0, eval)`. */
function isGiven(index: number, tokens: Tokens): boolean {
  const [before, behind] = [tokens.kind(index - 1), tokens.kind(index + 1)];
  if (before === Kind.Assign) return behind !== Kind.ParenOpen;
  if (behind !== Kind.ParenClose || tokens.enclosingContext(index) !== Context.Group) return false;
  if (tokens.kind(index + 2) === Kind.Arrow) return false;
  if (before === Kind.Comma) return true;
  return (
    before === Kind.ParenOpen &&
    tokens.kind(index - 2) === Kind.Assign &&
    tokens.kind(index + 2) !== Kind.ParenOpen
  );
}
