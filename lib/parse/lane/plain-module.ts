/**
 * The facts of a published ES module from its tokens alone, which takes a fraction of the time that a tree does. Wherever
 * tokens do not tell with certainty, there are none, and the module is read as a tree.
 */
import type { ImportUse, ModuleFacts, Replacement } from '../../model';
import { resolveReexports } from '../reexports';
import { readDeclarations } from './declarations';
import { liveTokens, readAt } from './env-reads';
import type { Found } from './found';
import { isInFunction } from './functions';
import { Kind } from './kinds';
import { isObjectKey } from './places';
import { scan } from './scanner';
import type { Tokens } from './tokens';
import { giveUp, ifCertain } from './uncertain';
import { ImportedNames } from './uses';

type Env = Readonly<Record<string, string>>;

/**
 * @param env what `process.env.X` is
 * @returns what the tree would tell, or `undefined` when that is not certain
 */
export function plainFacts(source: string, env: Env): ModuleFacts | undefined {
  return ifCertain(() => factsOf(source, env));
}

/** The same. Throws an `Uncertain` that says why there are none. */
export function factsOf(source: string, env: Env): ModuleFacts {
  const tokens = scan(source);
  const declarations = readDeclarations(tokens);
  if (declarations.declarations.length === 0) giveUp('no declaration');
  assertExports(declarations);
  const { uses, processes } = readNames(declarations);
  return assemble(declarations, uses, replacementsOf(processes, tokens, env));
}

/** What takes the place of the reads that begin with these tokens. */
function replacementsOf(processes: readonly number[], tokens: Tokens, env: Env): Replacement[] {
  const reads = processes.map((index) => readAt(index, tokens, env) ?? giveUp('process'));
  const live = liveTokens(processes, reads, tokens);
  return reads.filter(({ first }) => live.has(first)).map(({ start, end, text }) => ({ start, end, text }));
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

/** The uses of imports, and the tokens `process`. */
function readNames({ tokens, imports }: Found): { uses: ImportUse[]; processes: number[] } {
  const names = new ImportedNames(imports);
  const uses: ImportUse[] = [];
  const processes: number[] = [];
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind <= Kind.Accessor) {
      const use = names.useAt(index, tokens);
      if (use !== undefined) uses.push(use);
    } else if (kind === Kind.Process && !isObjectKey(tokens, index)) processes.push(index);
    else if (kind >= Kind.Import) assertMeaningless(index, kind, tokens);
  }
  return { uses, processes };
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
    case Kind.Return:
      assertInside(index, tokens, false);
      break;
    case Kind.Import:
    case Kind.Watched:
      if (!isObjectKey(tokens, index)) giveUp(tokens.text(index));
  }
}

function assertInside(index: number, tokens: Tokens, hasArguments: boolean): void {
  if (isInFunction(index, tokens, hasArguments) || isObjectKey(tokens, index)) return;
  giveUp(`${tokens.text(index)} outside of functions`);
}

function assemble(found: Found, uses: ImportUse[], replacements: Replacement[]): ModuleFacts {
  const { references, imports, stars, declarations } = found;
  const { exports, indirectExports } = resolveReexports(found);
  const syntax = {
    requests: references.map((_, index) => index),
    imports,
    uses,
    exports: exports.map(({ name, local }) => ({ name, local })),
    indirectExports,
    stars,
    declarations,
    metas: [],
    awaits: [],
    unbound: [],
    commonNames: [],
    comments: [],
  };
  return { references, replacements, nodeGlobals: [], syntax, concerns: [] };
}
