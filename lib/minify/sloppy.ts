/**
 * What has to be known of a module in sloppy mode before oxc may minify it. There, functions that blocks declare are variables of the
 * function around them as well (ECMA-262, B.3.2), of which oxc's short names know nothing; `with` looks names up in an object; and the
 * syntax may be ES5 throughout, and has to stay it.
 */
import { isBody } from '../parse/tokens/functions';
import { unlessGivenUp } from '../parse/tokens/give-up';
import { Context, expressionFollows, Kind } from '../parse/tokens/kinds';
import { scan } from '../parse/tokens/scanner';
import type { Tokens } from '../parse/tokens/tokens';

export interface SloppyScript {
  hasWith: boolean;
  hasTemplates: boolean;
  /** Whether an `if` has a function for its body, without a block around it. */
  hasBareFunction: boolean;
  /** Names of functions that blocks declare, and perhaps of others. */
  blockFunctions: readonly string[];
}

const FOREIGN = /[^\t\n\x20-\x7e]/g;
const DECREMENT_AND_GREATER = /([\w$)\]])-->/g;

/** As long as the text, and with tokens in the same places, but without what other readers of tokens give up at. */
const plain = (text: string): string =>
  text
    .replace(FOREIGN, (letter) => (/[\r\u2028\u2029]/.test(letter) ? '\n' : /\s/.test(letter) ? ' ' : 'x'))
    .replace(/\bprocess\b/g, 'xrocess')
    .replace(DECREMENT_AND_GREATER, '$1--+');

/** The tokens of a script, with the source's places, not its names; `undefined` where they cannot be told. */
export const tokensOf = (script: string): Tokens | undefined => unlessGivenUp(() => scan(plain(script)));

/** Where tokens cannot be told: all functions may be those of blocks. */
function assume(script: string): SloppyScript {
  const names = script.matchAll(/\bfunction\s+([\w$\u0080-\uffff]+)/g);
  const blockFunctions = [...new Set(Array.from(names, ([, name]) => name as string))];
  return {
    hasWith: /\bwith\s*\(/.test(script),
    hasTemplates: script.includes('`'),
    hasBareFunction: false,
    blockFunctions,
  };
}

const isBlock = (open: number, tokens: Tokens): boolean =>
  open !== 0 && tokens.context(open) === Context.Code && !isBody(open, tokens);

/** Classes and objects may have methods of that name. */
const isWith = (index: number, tokens: Tokens): boolean =>
  tokens.kind(index + 1) === Kind.ParenOpen &&
  tokens.enclosingContext(index) === Context.Code &&
  tokens.is(index, 'with');

/** Whether a block declares the function, and it has a name. */
const isBlockFunction = (index: number, tokens: Tokens): boolean =>
  isBlock(tokens.parent(index), tokens) &&
  !expressionFollows(tokens.kind(index - 1)) &&
  tokens.kind(index + 1) <= Kind.Property;

/** Whether the function is the body of an `if` or an `else`: it stands for a block with that function (ECMA-262, B.3.3). */
function isBareFunction(index: number, tokens: Tokens): boolean {
  const before = index - 1;
  if (tokens.kind(before) === Kind.Block) return tokens.is(before, 'else');
  return tokens.kind(before) === Kind.ParenClose && tokens.kind(tokens.match(before) - 1) === Kind.If;
}

/** Reads a script, which may turn out to be in strict mode. */
export function readSloppy(script: string): SloppyScript {
  const tokens = tokensOf(script);
  if (tokens === undefined) return assume(script);
  const blockFunctions = new Set<string>();
  let hasWith = false;
  let hasTemplates = false;
  let hasBareFunction = false;
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind === Kind.Template || kind === Kind.TemplateHead) hasTemplates = true;
    else if (kind === Kind.Watched) hasWith ||= isWith(index, tokens);
    else if (kind === Kind.Function) {
      const isBare = isBareFunction(index, tokens);
      if (isBare || isBlockFunction(index, tokens))
        blockFunctions.add(script.slice(tokens.start(index + 1), tokens.end(index + 1)));
      hasBareFunction ||= isBare;
    }
  }
  return { hasWith, hasTemplates, hasBareFunction, blockFunctions: [...blockFunctions] };
}
