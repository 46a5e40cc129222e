/**
 * The facts of a module from its tokens alone: what its tree would tell, in a third of the time; or nothing, and then the tree is asked.
 *
 * *What it reads.* `tokens/scanner.ts` turns the text into tokens; `tokens/brackets.ts` tells, from what stands before a bracket, what it
 * holds: statements, an object, a class, an array, a condition, arguments. Where that ends which begins with a token,
 * `tokens/statements.ts` and `tokens/functions.ts` say. So one pass over the top level reads the declarations, and one over all tokens
 * looks at the names that matter: those of imports, and those that Node gives. What stands before and behind such a name says whether it is
 * evaluated, a key, written to or declared (`tokens/places.ts`), and if it is declared, among which tokens it means that
 * (`tokens/bindings.ts`). When all have been seen it is known which are free, and where `process.env.X` is compared with a string,
 * `dead-code/` tells what the outcome makes dead.
 *
 * *When it gives up.* Wherever what it would tell is not certain:
 * - The text may be read in two ways: names that are not ASCII or have escapes, line ends other than LF, octal numbers, HTML-like comments,
 *   a slash behind a brace; brackets, strings, templates and comments that do not end. (`tokens/`)
 * - The grammar would have to decide: whether a statement ends with its line, whether a brace begins a block or an object, what a word
 *   is that may be a name as well, where a label would stand. (`tokens/`, `declarations/`)
 * - A name that matters is written to, deleted, alone in parentheses, or declared where its scope depends on more than brackets, such as
 *   a function in a block. (`tokens/places.ts`, `tokens/bindings.ts`, `free-names/`, `import-uses/`)
 * - There may be a fact that it does not tell. These are rare: a label comment or `ensure`, import attributes, `import.meta`, `await` and
 *   `arguments` outside of functions, so that a module has to have a declaration, members of `module`, reads of `process.env` in brackets
 *   or through the global object, references that are caught, opted out of, or no plain strings, and whatever may be a concern.
 *   (`tokens/scanner.ts`, `declarations/`, `module-code/`, `module-members/`, `env/`, `requires/`, `dynamic-imports/`)
 * - Something else than a comparison of `process.env.X` with a string may decide what is dead: a literal, or several reads. Likewise what
 *   would be dead if there were no `process` or `Buffer`, where the source asks for them; or no instance of `Buffer`. (`dead-code/`, `free-names/`)
 * - There may be an error that only the tree reports, since an engine that is asked about a module as a script does not see it: names
 *   imported or exported twice, or exported and not declared, calls that are written to, `return`, `yield` and `new.target` outside of
 *   functions, `await` where nothing is async. (`declarations/`, `import-uses/`, `module-code/`, `tokens/targets.ts`)
 * - A script has a word that is a name in some scripts, such as `let`, or a `with`. (`tokens/script-words.ts`)
 * - It would take long. Steps for one name are limited (`FAR`), and so is the depth of brackets.
 *
 * *Why giving up is safe.* It is a throw that ends in this file, and nothing is left of what was read: the tree is made of the same text as
 * if nobody had looked at it. One reason too many costs time; one that is missing would be a mistake. (One throw ends earlier: variables that
 * are not understood are not taken for declared, which matters if they are exported, and then is another reason.)
 *
 * *Why the rest is what the tree tells.* Sources are taken for valid, and of one that is not anything may be told: an engine is asked about
 * each, before this or after it, in `parse.ts` or when it is rendered. Of valid ones, `test/parse/plain-modules.test.ts` compares both readers on
 * every module that is installed and on mutants of them, `test/parse/plain-traps.test.ts` on what looks like something else and on random
 * programs in which few names meet. What both decide by rule, such as which names count, stands once, beside both.
 *
 * *What it gains.* A tree takes three times as long to make and to walk, and hardly a module needs one: ARCHITECTURE.md, "Parsing", has the figures.
 */
import type { ModuleFacts, ModuleSyntax, NodeGlobal, Reference } from '../facts';
import type { KnownImports } from '../known-imports';
import { covers } from '../ranges';
import type { KnownValue, TokenRange } from './dead-code/decisions-from-tokens';
import { assertNoLiterals, type KnownValues, liveTokens } from './dead-code/from-tokens';
import { exportError, resolveReexports, syntaxOf } from './declarations/declarations';
import type { Reading } from './declarations/entries-from-tokens';
import { readDeclarations } from './declarations/from-tokens';
import { assertDynamicImport, dynamicReference } from './dynamic-imports/from-tokens';
import type { Env } from './env/env';
import { type Read, readAt, replacementAt } from './env/from-tokens';
import { GivenNames, isQuestion, isTested, useAt } from './free-names/from-tokens';
import {
  COMMON_NAMES,
  isGlobalName,
  NOT_IN_MODULES,
  neededGlobals,
  usedCommonNames,
} from './free-names/names';
import { ImportedNames } from './import-uses/from-tokens';
import { type KnownUse, knownUses } from './import-uses/known-from-tokens';
import { assertMeaningless } from './module-code/from-tokens';
import { assertPlainModule } from './module-members/from-tokens';
import { wordsOfTokens } from './module-scope/words';
import { partsOf } from './parts/from-tokens';
import { isCall, referenceAt } from './requires/from-tokens';
import { isOfNode } from './requires/require';
import { giveUp, unlessGivenUp } from './tokens/give-up';
import { Kind } from './tokens/kinds';
import { isObjectKey } from './tokens/places';
import { scan } from './tokens/scanner';
import { assertScriptWord } from './tokens/script-words';
import { assertCounted } from './tokens/targets';
import type { Tokens } from './tokens/tokens';

/**
 * Of an ES module.
 * @param label sticky; what label comments match
 * @param isNodes whether the source is an ES module in Node as well
 * @param known what some imports are
 * @returns what the tree would tell, or `undefined` when that is not certain
 */
export function moduleFacts(
  source: string,
  env: Env,
  label?: RegExp,
  isNodes = false,
  known?: KnownImports,
): ModuleFacts | undefined {
  return unlessGivenUp(() => readModule(source, env, label, isNodes, known));
}

/** Likewise of a CommonJS module, which an engine has found valid. */
export function scriptFacts(source: string, env: Env, label?: RegExp): ModuleFacts | undefined {
  return unlessGivenUp(() => readScript(source, env, label));
}

function readModule(
  source: string,
  env: Env,
  label: RegExp | undefined,
  isNodes: boolean,
  known?: KnownImports,
): ModuleFacts {
  const tokens = scan(source, label);
  const declarations = readDeclarations(tokens);
  if (declarations.declarations.length === 0) giveUp('no declaration');
  if (declarations.references.some(isOfNode)) giveUp("Node's own");
  assertExports(declarations);
  const { uses: all, used: indices, free, dynamic } = namesInModule(declarations);
  const values = known ? knownUses(all, indices, declarations, known.values) : NO_USES;
  const given = isNodes ? free.filter((index) => isGivenByNode(index, tokens)) : free;
  if (given.some((index) => tokens.is(index, 'require'))) giveUp('require');
  const common = given.filter((index) => isCommon(index, tokens));
  const globals = common.length === 0 ? given : given.filter((index) => !isCommon(index, tokens));
  const others = [...dynamic, ...common, ...values.keys()];
  const { live, dead, reads, nodeGlobals } = settle(globals, others, tokens, env, values);
  const put = [...values].flatMap(([index, { replacement }]) => (live.has(index) ? replacement : []));
  const replaced = reads.map((read) => replacementAt(read, tokens));
  const replacements = put.length === 0 ? replaced : [...replaced, ...put].sort((a, b) => a.start - b.start);
  const uses = put.length === 0 ? all : all.filter(({ start }) => !covers(replacements, start));
  const imported = dynamic.filter((index) => live.has(index)).map((index) => dynamicReference(index, tokens));
  const references = merge(declarations.references, imported);
  const used = common.filter((index) => live.has(index));
  const commonNames = usedCommonNames(used.map((index) => useAt(index, tokens)));
  const rest = { uses, metas: [], awaits: [], unbound: [], commonNames, comments: [] };
  const syntax = syntaxOf(resolveReexports(declarations), references, rest);
  if (commonNames.length === 0)
    syntax.parts = {
      ...partsOf(declarations, dead, reads, known?.effectless),
      words: [...wordsOfTokens(tokens)],
    };
  return { references, replacements, nodeGlobals, syntax, concerns: [] };
}

function readScript(source: string, env: Env, label: RegExp | undefined): ModuleFacts {
  const tokens = scan(source, label);
  const free = namesInScript(tokens);
  const globals = free.filter((index) => !tokens.is(index, 'require'));
  const requires = free.filter((index) => tokens.is(index, 'require') && isCall(index, tokens));
  const { live, reads, nodeGlobals } = settle(globals, requires, tokens, env);
  const replacements = reads.map((read) => replacementAt(read, tokens));
  const references = requires.filter((index) => live.has(index)).map((index) => referenceAt(index, tokens));
  if (references.some(isOfNode)) giveUp("Node's own");
  return { references, replacements, nodeGlobals, syntax: undefined, concerns: [] };
}

/** Exported names are declared and differ: what is said against them otherwise needs a tree. */
function assertExports(found: Reading): void {
  const imported = new Set(found.imports.map(({ local }) => local));
  const error = exportError(found, (local) => found.declared.has(local) || imported.has(local));
  if (error) giveUp(error.message);
}

/** What a module names: its imports, and what CommonJS and Node give. */
interface Names {
  uses: ModuleSyntax['uses'];
  /** The token of each use. */
  used: number[];
  /** Tokens of names that nothing in the source declares. */
  free: number[];
  /** Where each `import()` begins. */
  dynamic: number[];
}

function namesInModule({ tokens, imports }: Reading): Names {
  const imported = new ImportedNames(imports);
  const given = new GivenNames(tokens);
  const dynamic: number[] = [];
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind <= Kind.Accessor) imported.note(index, tokens);
    else if (kind === Kind.Increment) assertCounted(tokens, index);
    else if (kind < Kind.Import) continue;
    else if (isGiven(index, kind, tokens)) {
      if (tokens.is(index, 'module')) assertPlainModule(index, tokens);
      given.note(index);
    } else if (kind === Kind.Import && !isObjectKey(tokens, index)) {
      assertDynamicImport(index, tokens);
      dynamic.push(index);
    } else assertMeaningless(index, kind, tokens);
  }
  return { ...imported.settle(), free: given.free(), dynamic };
}

/** Whether the token is a name that CommonJS or Node may have given. */
function isGiven(index: number, kind: number, tokens: Tokens): boolean {
  if ((kind !== Kind.Process && kind !== Kind.Watched) || isObjectKey(tokens, index)) return false;
  return isGlobalName(tokens.text(index)) || isCommon(index, tokens);
}

const isCommon = (index: number, tokens: Tokens): boolean => COMMON_NAMES.includes(tokens.text(index));

/** Whether Node gives modules the name that is the token. Gives up where it does not, and the source does not ask. */
function isGivenByNode(index: number, tokens: Tokens): boolean {
  if (!NOT_IN_MODULES.has(tokens.text(index))) return true;
  return isTested(index, tokens) ? false : giveUp('name of CommonJS');
}

/** The tokens of those names that nothing in a script declares. */
function namesInScript(tokens: Tokens): number[] {
  const names = new GivenNames(tokens);
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind === Kind.Increment) assertCounted(tokens, index);
    if (kind < Kind.Import || isObjectKey(tokens, index)) continue;
    if (kind !== Kind.Process && kind !== Kind.Watched) assertScriptWord(index, kind, tokens);
    else if (tokens.is(index, 'with')) giveUp('with');
    else if (tokens.is(index, 'module')) assertPlainModule(index, tokens);
    else if (isGlobalName(tokens.text(index))) names.note(index);
  }
  return names.free();
}

/** What free names are there for, but where they stand in dead code. */
interface Needs {
  /** In source order. */
  reads: Read[];
  nodeGlobals: NodeGlobal[];
  /** Those of the tokens that are not dead. */
  live: ReadonlySet<number>;
  dead: TokenRange[];
}

const NO_TOKENS: ReadonlySet<number> = new Set();

const NO_USES: ReadonlyMap<number, KnownUse> = new Map();

/**
 * @param globals the tokens of those free names that are no references
 * @param references the tokens of references, of names that CommonJS gives, and of known values
 * @param known values besides those that are read of `process.env`
 */
function settle(
  globals: readonly number[],
  references: readonly number[],
  tokens: Tokens,
  env: Env,
  known: KnownValues = NO_USES,
): Needs {
  if (globals.length + references.length === 0)
    return { reads: [], nodeGlobals: [], live: NO_TOKENS, dead: [] };
  const reads = new Map<number, Read>();
  for (const index of globals) {
    const read = tokens.kind(index) === Kind.Process ? readAt(index, tokens, env) : undefined;
    if (read !== undefined) reads.set(index, read);
  }
  const targets = ascending([...globals, ...references]);
  const values = known.size === 0 ? reads : new Map<number, KnownValue>([...reads, ...known]);
  assertNoLiterals(targets, values, tokens);
  const { live, dead } = liveTokens(targets, values, tokens);
  const replaced = [...reads.values()].filter(({ first }) => live.has(first));
  const named = globals.filter((index) => live.has(index) && !reads.has(index));
  const nodeGlobals = neededGlobals(
    named.map((index) => useAt<NodeGlobal>(index, tokens)),
    (shimmed) =>
      isUsedUnasked(
        named.filter((index) => tokens.is(index, shimmed)),
        values,
        tokens,
      ),
  );
  const buffers = nodeGlobals.includes('Buffer') ? named.filter((index) => tokens.is(index, 'Buffer')) : [];
  if (buffers.some((index) => isQuestion(index, tokens))) giveUp('what a value is');
  return {
    reads: replaced,
    nodeGlobals,
    live,
    dead,
  };
}

/** Whether one of a name's uses would be alive if all that ask for the name were told that it is not there. */
function isUsedUnasked(named: readonly number[], reads: KnownValues, tokens: Tokens): boolean {
  const tests = named.filter((index) => isTested(index, tokens));
  const answers = tests.map(
    (index) => [index, { first: index - 1, last: index, value: 'undefined' }] as const,
  );
  const { live } = liveTokens(
    ascending([...reads.keys(), ...named]),
    new Map([...reads, ...answers]),
    tokens,
  );
  return named.some((index) => !isTested(index, tokens) && live.has(index));
}

const ascending = (indices: number[]): number[] => indices.sort((a, b) => a - b);

/** Both lists in the order of the source. */
function merge(declared: Reference[], imported: readonly Reference[]): Reference[] {
  if (imported.length === 0) return declared;
  return [...declared, ...imported].sort((a, b) => a.start - b.start);
}
