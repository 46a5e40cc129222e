/**
 * The facts of a CommonJS module from its tokens alone, as `from-tokens.ts` has them of ES modules. An engine has found the
 * source valid.
 */
import type { ModuleFacts, Reference } from '../model';
import { isOfNode, MEMBERS_OF_REQUIRE } from './concerns/from-tree';
import { isTried } from './dynamic-imports/from-tokens';
import { assertPlainModule, GlobalNames, isTested, needsOf } from './free-names/from-tokens';
import { giveUp, ifCertain } from './tokens/give-up';
import { Context, Kind } from './tokens/kinds';
import { isObjectKey } from './tokens/places';
import { scan } from './tokens/scanner';
import { assertCounted } from './tokens/targets';
import type { Tokens } from './tokens/tokens';
import { isGlobalName } from './tree/scope';

type Env = Readonly<Record<string, string>>;

/**
 * @param env what `process.env.X` is
 * @param label sticky; what label comments match
 * @returns what the tree would tell, or `undefined` when that is not certain
 */
export function plainScriptFacts(source: string, env: Env, label?: RegExp): ModuleFacts | undefined {
  return ifCertain(() => scriptFactsOf(source, env, label));
}

/** The same. Throws an `Uncertain` that says why there are none. */
export function scriptFactsOf(source: string, env: Env, label?: RegExp): ModuleFacts {
  const tokens = scan(source, label);
  const free = freeNames(tokens);
  const globals = free.filter((index) => !tokens.is(index, 'require'));
  const requires = free.filter((index) => tokens.is(index, 'require') && isRequire(index, tokens));
  const { references: live, ...needs } = needsOf(globals, requires, tokens, env);
  const references = live.map((index) => referenceAt(index + 2, tokens));
  if (references.some(isOfNode)) giveUp("Node's own");
  return {
    references,
    ...needs,
    syntax: undefined,
    concerns: [],
  };
}

/** The tokens of those names that nothing in the source declares. */
function freeNames(tokens: Tokens): number[] {
  const names = new GlobalNames(tokens);
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind === Kind.Increment) assertCounted(tokens, index);
    if (kind < Kind.Import || isObjectKey(tokens, index)) continue;
    if (kind !== Kind.Process && kind !== Kind.Watched) assertWord(index, kind, tokens);
    else if (tokens.is(index, 'with')) giveUp('with');
    else if (tokens.is(index, 'module')) assertPlainModule(index, tokens);
    else if (isGlobalName(tokens.text(index))) names.note(index);
  }
  return names.free();
}

/** Throws an `Uncertain` at words that are names in some scripts. */
function assertWord(index: number, kind: number, tokens: Tokens): void {
  switch (kind) {
    case Kind.Static:
      if (tokens.around(index) !== Context.Class) giveUp('static');
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

/** Whether `require` is called with a string, and certainly nothing else is done with it. Throws an `Uncertain`. */
function isRequire(index: number, tokens: Tokens): boolean {
  const after = tokens.kind(index + 1);
  if (after === Kind.Dot) return isHarmless(tokens.text(index + 2)) ? false : giveUp('member of require');
  if (after !== Kind.ParenOpen)
    return isTested(index, tokens) || isProbed(index, tokens) ? false : giveUp('require as a value');
  if (tokens.kind(index - 1) === Kind.New) giveUp('new require');
  const behind = tokens.kind(index + 3);
  const isString =
    tokens.kind(index + 2) === Kind.String && (behind === Kind.ParenClose || behind === Kind.Comma);
  if (!isString) giveUp('require of something else');
  if (tokens.text(index + 2).includes('\\') || isTried(index, tokens)) giveUp('require that may fail');
  return true;
}

/** `typeof require == 'function' && require`, as what browserify makes of packages says. */
function isProbed(index: number, tokens: Tokens): boolean {
  if (!tokens.is(index - 1, '&&')) return false;
  const isReversed = tokens.is(index - 2, 'require');
  const [probe, test] = isReversed ? [index - 2, index - 4] : [index - 4, index - 3];
  return tokens.is(probe, 'require') && tokens.is(probe - 1, 'typeof') && tokens.kind(test) === Kind.Equality;
}

const isHarmless = (member: string): boolean => member !== 'resolve' && MEMBERS_OF_REQUIRE.has(member);

function referenceAt(string: number, tokens: Tokens): Reference {
  const [start, end] = [tokens.start(string), tokens.end(string)];
  const specifier = tokens.source.slice(start + 1, end - 1);
  return { kind: 'require', specifier, start, end, optional: false };
}
