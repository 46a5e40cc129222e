/**
 * The facts of an ES module from its tokens alone, which takes a fraction of the time that a tree does. Wherever tokens do not
 * tell with certainty, there are none, and the module is read as a tree.
 */
import type { ImportUse, ModuleFacts, Reference } from '../model';
import { isOfNode } from './concerns/from-tree';
import { resolveReexports } from './declarations/declarations';
import type { Found } from './declarations/found';
import { readDeclarations } from './declarations/from-tokens';
import { assertDynamicImport, dynamicReference } from './dynamic-imports/from-tokens';
import { assertPlainModule, GlobalNames, isTested, needsOf } from './free-names/from-tokens';
import { ImportedNames } from './import-uses/from-tokens';
import { assertWaits } from './module-code/waiting';
import { isInFunction } from './tokens/functions';
import { giveUp, ifCertain } from './tokens/give-up';
import { Context, Kind } from './tokens/kinds';
import { isClassKey, isObjectKey } from './tokens/places';
import { scan } from './tokens/scanner';
import { assertCounted } from './tokens/targets';
import type { Tokens } from './tokens/tokens';
import { COMMON_NAMES, isGlobalName, NOT_IN_MODULES } from './tree/scope';

type Env = Readonly<Record<string, string>>;

/**
 * @param env what `process.env.X` is
 * @param label sticky; what label comments match
 * @param isNodes whether the source is an ES module in Node as well
 * @returns what the tree would tell, or `undefined` when that is not certain
 */
export function plainFacts(
  source: string,
  env: Env,
  label?: RegExp,
  isNodes = false,
): ModuleFacts | undefined {
  return ifCertain(() => factsOf(source, env, label, isNodes));
}

/** The same. Throws an `Uncertain` that says why there are none. */
export function factsOf(source: string, env: Env, label?: RegExp, isNodes = false): ModuleFacts {
  const tokens = scan(source, label);
  const declarations = readDeclarations(tokens);
  if (declarations.declarations.length === 0) giveUp('no declaration');
  assertExports(declarations);
  const names = readNames(declarations);
  const free = isNodes ? names.free.filter((index) => isGivenByNode(index, tokens)) : names.free;
  return assemble(declarations, { ...names, free }, env);
}

/** Exported names are declared and differ: what is said against them otherwise needs a tree. */
function assertExports({ exports, indirectExports, declared, imports }: Found): void {
  const names = new Set([...exports, ...indirectExports].map(({ name }) => name));
  if (names.size < exports.length + indirectExports.length) giveUp('exported twice');
  const imported = new Set(imports.map(({ local }) => local));
  for (const { local } of exports) {
    if (local !== undefined && !declared.has(local) && !imported.has(local)) giveUp('exported, not declared');
  }
}

/** What a module names: its imports, and what CommonJS and Node give. */
interface Names {
  uses: ImportUse[];
  /** Tokens of names that nothing in the source declares. */
  free: number[];
  /** Where each `import()` begins. */
  dynamic: number[];
}

function readNames({ tokens, imports }: Found): Names {
  const imported = new ImportedNames(imports);
  const globals = new GlobalNames(tokens);
  const dynamic: number[] = [];
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind <= Kind.Accessor) imported.note(index, tokens);
    else if (kind === Kind.Increment) assertCounted(tokens, index);
    else if (kind < Kind.Import) continue;
    else if (isGiven(index, kind, tokens)) {
      if (tokens.is(index, 'module')) assertPlainModule(index, tokens);
      globals.note(index);
    } else if (kind === Kind.Import && !isObjectKey(tokens, index)) {
      assertDynamicImport(index, tokens);
      dynamic.push(index);
    } else assertMeaningless(index, kind, tokens);
  }
  return { uses: imported.settle(), free: globals.free(), dynamic };
}

/** Whether Node gives modules the name that is the token. Throws an `Uncertain` where it does not, and the source does not ask. */
function isGivenByNode(index: number, tokens: Tokens): boolean {
  if (!NOT_IN_MODULES.has(tokens.text(index))) return true;
  return isTested(index, tokens) ? false : giveUp('name of CommonJS');
}

/** Whether the token is a name that CommonJS or Node may have given. */
function isGiven(index: number, kind: number, tokens: Tokens): boolean {
  if ((kind !== Kind.Process && kind !== Kind.Watched) || isObjectKey(tokens, index)) return false;
  const name = tokens.text(index);
  return isGlobalName(name) || COMMON_NAMES.includes(name);
}

/**
 * What means something besides imports is certain only where it means nothing after all. A module becomes a function, which an
 * engine then accepts with a `return` that the module may not have: it must stand in a function of its own.
 */
function assertMeaningless(index: number, kind: number, tokens: Tokens): void {
  switch (kind) {
    case Kind.Arguments:
    case Kind.Yield:
      assertInside(index, tokens, true);
      break;
    case Kind.New:
      if (tokens.kind(index + 1) === Kind.Dot) assertInside(index, tokens, true);
      break;
    case Kind.Await:
      if (!isObjectKey(tokens, index) && !isClassKey(tokens, index)) assertWaits(index, tokens);
      break;
    case Kind.Return:
      assertInside(index, tokens, false);
      break;
    case Kind.Watched:
      if (!isObjectKey(tokens, index)) giveUp(tokens.text(index));
  }
}

function assertInside(index: number, tokens: Tokens, hasArguments: boolean): void {
  if (isInFunction(index, tokens, hasArguments) || isObjectKey(tokens, index)) return;
  // There it can only be a key.
  if (tokens.around(index) === Context.Class) return;
  giveUp(`${tokens.text(index)} outside of functions`);
}

function assemble(found: Found, { uses, free, dynamic }: Names, env: Env): ModuleFacts {
  const { tokens, imports, stars, declarations } = found;
  const { exports, indirectExports } = resolveReexports(found);
  if (free.some((index) => tokens.is(index, 'require'))) giveUp('require');
  if (found.references.some(isOfNode)) giveUp("Node's own");
  const isCommon = (index: number): boolean => COMMON_NAMES.includes(tokens.text(index));
  const common = free.filter(isCommon);
  const isUsed = common.some((index) => !isTested(index, tokens));
  const used = new Set(isUsed ? common.map((index) => tokens.text(index)) : []);
  const globals = free.filter((index) => !isCommon(index));
  const { replacements, nodeGlobals, references: live } = needsOf(globals, dynamic, tokens, env);
  const imported = live.map((index) => dynamicReference(index, tokens));
  const references = merge(found.references, imported);
  const syntax = {
    requests: positionsIn(references, found.references),
    imports,
    uses,
    exports: exports.map(({ name, local }) => ({ name, local })),
    indirectExports,
    stars,
    declarations,
    metas: [],
    awaits: [],
    unbound: [],
    commonNames: COMMON_NAMES.filter((name) => used.has(name)),
    comments: [],
  };
  return { references, replacements, nodeGlobals, syntax, concerns: [] };
}

/** Both lists in the order of the source. */
function merge(declared: Reference[], imported: readonly Reference[]): Reference[] {
  if (imported.length === 0) return declared;
  return [...declared, ...imported].sort((a, b) => a.start - b.start);
}

function positionsIn(references: readonly Reference[], declared: readonly Reference[]): number[] {
  if (references === declared) return declared.map((_, index) => index);
  const positions = new Map(references.map((reference, index) => [reference, index]));
  return declared.map((reference) => positions.get(reference) as number);
}
