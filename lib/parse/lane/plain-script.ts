/**
 * The facts of a published CommonJS module from its tokens alone, as `plain-module.ts` has them of ES modules. An engine has found
 * the source valid.
 */
import type { ModuleFacts, NodeGlobal, Reference } from '../../model';
import { isGlobalName } from '../scope';
import { liveTokens, type Read, readAt } from './env-reads';
import { Context, Kind } from './kinds';
import { isObjectKey, placeOf } from './places';
import { scan } from './scanner';
import type { Tokens } from './tokens';
import { giveUp, ifCertain } from './uncertain';

type Env = Readonly<Record<string, string>>;

const IMMEDIATES: ReadonlySet<string> = new Set(['setImmediate', 'clearImmediate']);

/** Where a source names what CommonJS and Node give. The numbers are those of tokens. */
interface Names {
  reads: Read[];
  requires: number[];
  globals: number[];
}

/** @returns what the tree would tell, or `undefined` when that is not certain */
export function plainScriptFacts(source: string, env: Env): ModuleFacts | undefined {
  return ifCertain(() => scriptFactsOf(source, env));
}

/** The same. Throws an `Uncertain` that says why there are none. */
export function scriptFactsOf(source: string, env: Env): ModuleFacts {
  const tokens = scan(source);
  const { reads, requires, globals } = readNames(tokens, env);
  const targets = [...reads.map(({ first }) => first), ...requires, ...globals].sort((a, b) => a - b);
  const live = liveTokens(targets, reads, tokens);
  const replaced = reads.filter(({ first }) => live.has(first));
  return {
    references: requires.filter((index) => live.has(index)).map((index) => referenceAt(index + 2, tokens)),
    replacements: replaced.map(({ start, end, text }) => ({ start, end, text })),
    nodeGlobals: neededGlobals(
      globals.filter((index) => live.has(index)),
      tokens,
    ),
    syntax: undefined,
    concerns: [],
  };
}

function readNames(tokens: Tokens, env: Env): Names {
  const names: Names = { reads: [], requires: [], globals: [] };
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind >= Kind.Import && !isObjectKey(tokens, index)) readWord(index, kind, tokens, env, names);
  }
  return names;
}

function readWord(index: number, kind: number, tokens: Tokens, env: Env, names: Names): void {
  switch (kind) {
    case Kind.Process:
    case Kind.Watched:
      readName(index, tokens, env, names);
      break;
    case Kind.Static:
      if (tokens.around(index) !== Context.Class) giveUp('static');
      break;
    case Kind.Declare:
      assertDeclares(index, tokens);
      break;
    // Names in some scripts and words in others.
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
  if (!declares && tokens.is(index, 'let')) giveUp('let');
}

function readName(index: number, tokens: Tokens, env: Env, names: Names): void {
  const name = tokens.text(index);
  if (name === 'with') giveUp(name);
  if (!isGlobalName(name)) return;
  if (placeOf(tokens, index) === 'key') return;
  const read = name === 'process' ? readAt(index, tokens, env) : undefined;
  assertBare(index, tokens);
  if (read !== undefined) names.reads.push(read);
  else if (name !== 'require') names.globals.push(index);
  else if (isRequire(index, tokens)) names.requires.push(index);
}

/** Parentheses around a name alone hide what is done with it. */
function assertBare(index: number, tokens: Tokens): void {
  const isAlone = tokens.kind(index - 1) === Kind.ParenOpen && tokens.kind(index + 1) === Kind.ParenClose;
  if (isAlone && tokens.around(index) === Context.Group) giveUp('parenthesised name');
}

/** Whether `require` is called with a string, and certainly with nothing else that names modules. */
function isRequire(index: number, tokens: Tokens): boolean {
  const after = tokens.kind(index + 1);
  if (after === Kind.Dot) return tokens.is(index + 2, 'resolve') ? giveUp('require.resolve') : false;
  if (after === Kind.Optional) giveUp('optional require');
  if (after !== Kind.ParenOpen) return false;
  const behind = tokens.kind(index + 3);
  const isString =
    tokens.kind(index + 2) === Kind.String && (behind === Kind.ParenClose || behind === Kind.Comma);
  if (!isString || tokens.kind(index - 1) === Kind.New) giveUp('require of something else');
  if (tokens.text(index + 2).includes('\\') || isTried(index, tokens)) giveUp('require that may fail');
  return true;
}

function isTried(index: number, tokens: Tokens): boolean {
  for (let open = tokens.parent(index); open !== 0; open = tokens.parent(open)) {
    if (tokens.kind(open - 1) === Kind.Block && tokens.is(open - 1, 'try')) return true;
  }
  return false;
}

function referenceAt(string: number, tokens: Tokens): Reference {
  const [start, end] = [tokens.start(string), tokens.end(string)];
  const specifier = tokens.source.slice(start + 1, end - 1);
  return { kind: 'require', specifier, start, end, optional: false };
}

/** Whether the name is only asked for. */
const isTested = (index: number, tokens: Tokens): boolean =>
  tokens.is(index - 1, 'typeof') && !goesOn(tokens.kind(index + 1));

/** Whether a token makes more of the operand before it. */
const goesOn = (kind: number): boolean =>
  kind === Kind.Dot ||
  kind === Kind.Optional ||
  kind === Kind.BracketOpen ||
  kind === Kind.ParenOpen ||
  kind === Kind.Template ||
  kind === Kind.TemplateHead;

function neededGlobals(globals: readonly number[], tokens: Tokens): NodeGlobal[] {
  const tested = globals.filter((index) => isTested(index, tokens)).map((index) => tokens.text(index));
  const asksForImmediates = tested.some((name) => IMMEDIATES.has(name));
  const used = globals.filter((index) => !isTested(index, tokens)).map((index) => tokens.text(index));
  const needed = used.filter((name) => !(asksForImmediates && IMMEDIATES.has(name)));
  return [...new Set(needed as NodeGlobal[])].sort();
}
