/** Source text → what it says about its module. The only door to this folder. */
import type { Node } from 'estree';
import { syntaxError, unsupportedSyntax } from '../errors';
import type { Concern, ModuleFacts, ModuleSyntax, NodeGlobal, Reference, Replacement } from '../model';
import { asScript } from './as-script';
import { concernsOf } from './concerns/from-tree';
import { missingNames } from './concerns/missing-names';
import { probedRanges } from './concerns/probed';
import { deadBranches } from './dead-code/from-tree';
import { literalText } from './env/from-tree';
import { membersOfModule } from './free-names/module-members';
import { neededGlobals } from './free-names/needed';
import { plainFacts } from './from-tokens';
import { isInteresting, labelComment, looksLikeModule } from './gate';
import { settleModule } from './module-code/from-tree';
import type { Parser } from './parser';
import { plainScriptFacts } from './script-from-tokens';
import { settleCandidates } from './tree/candidates';
import { rangeOf } from './tree/nodes';
import { assertValid, parseProgram } from './tree/program';
import { covers, outermost, type Range } from './tree/ranges';
import { isFree } from './tree/scope';
import { gather, type Occurrences } from './tree-occurrences';

export type { Parser, SyntaxTree } from './parser';
export { explainRefusal } from './refused';

export interface ParseOptions {
  /** For errors. */
  fileName: string;
  /** Labels of declared dynamic dependencies. */
  labels: readonly string[];
  /** What `process.env.X` is when the program is built. */
  env: Readonly<Record<string, string>>;
  /** Used in place of the built-in engines. */
  parser?: Parser;
  /**
   * Why a JavaScript engine refuses the source of a CommonJS module, or `undefined` when it does not. It is asked
   * first, since it is many times faster than what comes after a refusal: the built-in engines at their most careful.
   */
  refusalOf(source: string): string | undefined;
  /** Whether an engine certainly accepts the source of a CommonJS module. */
  isAccepted(source: string): boolean;
  /** What the file is in Node by its name or its package.json. */
  type: 'module' | 'commonjs' | undefined;
  /** JavaScript of installed packages need not be parsed when it is valid and contains no word of interest. */
  published: boolean;
}

type Edit = Reference | Replacement;

/** What a script says that asks for nothing. */
const NOTHING: ModuleFacts = {
  references: [],
  replacements: [],
  nodeGlobals: [],
  syntax: undefined,
  concerns: [],
};

/** Throws a `SYNTAX_ERROR`. */
export function parseFacts(source: string, options: ParseOptions): ModuleFacts {
  const label = labelComment(options.labels);
  const { parser, published, env } = options;
  const isNodes = options.type === 'module';
  const isModule = isNodes || looksLikeModule(source);
  const refusal = isModule || (parser && !published) ? undefined : options.refusalOf(source);
  if (published && !isNodes && !isInteresting(source, label) && refusal === undefined) return NOTHING;
  if (parser) return treeFacts(source, options, label, undefined);
  if (refusal === undefined) {
    const labels = label === undefined ? undefined : new RegExp(label, 'y');
    const plain = isModule ? plainFacts(source, env, labels, isNodes) : plainScriptFacts(source, env, labels);
    if (plain !== undefined && isTrusted(source, plain, options)) return plain;
  }
  const facts = treeFacts(source, options, label, refusal);
  const isKnown = !isModule && facts.syntax === undefined;
  // The error in what an engine refuses, if a parser finds one at its most careful. What is newer than the engine has none.
  if (isKnown ? refusal !== undefined : !isAccepted(source, facts, options)) {
    assertValid(source, facts.syntax !== undefined, options.fileName);
  }
  return facts;
}

/**
 * The facts as a tree tells them.
 * @param refusal what an engine has against the source as a script
 */
function treeFacts(
  source: string,
  options: ParseOptions,
  label: string | undefined,
  refusal: string | undefined,
): ModuleFacts {
  const isNodes = options.type === 'module';
  const isCertain = isNodes || (options.type === undefined && REDECLARED.test(refusal ?? ''));
  const program = parseProgram(source, { ...options, module: isCertain, suspect: refusal !== undefined });
  return settle(gather(program, source, label, isNodes), source, options, isCertain);
}

/**
 * What an engine says of a script that declares once more what CommonJS gives. To Node, that makes a file an ES module as much as
 * `import` does. (Node's documentation, "Determining module system".)
 */
const REDECLARED = /^Identifier '(?:require|module|exports)' has already been declared$/;

/** Tokens do not tell what is valid. What others have published is asked about in its bundle, as far as it is of one kind. */
const isTrusted = (source: string, plain: ModuleFacts, options: ParseOptions): boolean =>
  (options.published && !plain.syntax?.commonNames.length) || isAccepted(source, plain, options);

/** Whether an engine accepts the source as what its facts say it is. */
const isAccepted = (source: string, { syntax }: ModuleFacts, options: ParseOptions): boolean =>
  options.isAccepted(syntax === undefined ? source : asScript(source, syntax));

/** Now that every declaration is known: which occurrences are free and alive. */
function settle(
  found: Occurrences,
  source: string,
  { env, fileName }: ParseOptions,
  isCertain: boolean,
): ModuleFacts {
  if (found.unsupported) throw unsupportedSyntax(fileName, source, found.unsupported);
  const values = envValues(found, env);
  const dead = deadBranches(found.conditionals, values);
  const imports = found.module?.declarations.references ?? [];
  const caught = outermost(found.guarded);
  const { references, unnamed } = settleCandidates(found.candidates, values, caught);
  const edits = outermost<Edit>(
    [...imports, ...references, ...replacements(values), ...plainRequires(found)].filter(
      ({ start }) => !covers(dead, start),
    ),
  );
  const live = edits.filter((edit) => 'kind' in edit);
  const module = moduleSyntax(found, live, source, fileName, isCertain);
  const moduleMembers = membersOfModule(found.moduleMembers);
  const concerns = concernsOf(found.unfollowed, {
    unnamed,
    references: live,
    caught,
    probed: probedRanges(found, requireTests(found)),
  }).concat(module?.concerns ?? [], missingNames(found, outermost([...caught, ...dead])));
  return {
    references: live,
    replacements: edits.filter((edit) => 'text' in edit),
    nodeGlobals: nodeGlobals(found, [dead, edits]),
    syntax: module?.syntax,
    concerns: concerns.filter(({ start }) => !covers(dead, start)).sort((a, b) => a.start - b.start),
    ...(moduleMembers.length > 0 && { moduleMembers }),
  };
}

/** A tree of a module that declares nothing is one of CommonJS, if it asks for what that gives: there are parsers that make no other trees. */
function moduleSyntax(
  found: Occurrences,
  live: readonly Reference[],
  source: string,
  fileName: string,
  isCertain: boolean,
): { syntax: ModuleSyntax; concerns: Concern[] } | undefined {
  if (found.module === undefined) return undefined;
  const { error, concerns, ...syntax } = settleModule(found.module, found.root, source);
  if (error) throw syntaxError(fileName, source, error.start, error.message);
  if (usesFreely('require', found) || plainRequires(found).length > 0) syntax.commonNames.push('require');
  const { declarations, metas, awaits, commonNames } = syntax;
  const isModule = isCertain || declarations.length + metas.length + awaits.length > 0;
  if (!isModule && commonNames.length > 0) return undefined;
  if (isTorn(source, syntax)) {
    const message = 'await at the top level makes this an ES module, and an ES module has no module.exports';
    throw syntaxError(fileName, source, (syntax.awaits[0] as Range).start, message);
  }
  const indices = new Map(live.map((reference, index) => [reference, index]));
  const requests = found.module.declarations.references.map((each) => indices.get(each) as number);
  return { syntax: { ...syntax, requests }, concerns };
}

/** Whether the source waits as only an ES module can, and exports as only CommonJS does. */
function isTorn(source: string, syntax: Omit<ModuleSyntax, 'requests'>): boolean {
  const { awaits, exports, indirectExports, stars, commonNames } = syntax;
  if (awaits.length === 0 || exports.length + indirectExports.length + stars.length > 0) return false;
  return commonNames.some((name) => name !== 'require') && /\bmodule\s*\.\s*exports\b/.test(source);
}

const usesFreely = (name: string, { uses }: Occurrences): boolean =>
  uses.some((use) => use.name === name && !use.isTested && isFree(name, use.scope));

function envValues({ envReads }: Occurrences, env: ParseOptions['env']): Map<Node, string> {
  const values = new Map<Node, string>();
  for (const { node, name, owner, scope } of envReads) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined && isFree(owner, scope)) values.set(node, value);
  }
  return values;
}

/** `module.require` becomes `require`. */
function plainRequires({ moduleRequires }: Occurrences): Replacement[] {
  const free = moduleRequires.filter(({ scope }) => isFree('module', scope) && isFree('require', scope));
  return free.map(({ start, end }) => ({ start, end, text: 'require' }));
}

function replacements(values: ReadonlyMap<Node, string>): Replacement[] {
  return [...values].map(([node, value]) => ({ ...rangeOf(node), text: literalText(value) }));
}

/** Where it is asked whether there is a `require`. */
const requireTests = ({ uses }: Occurrences): number[] =>
  uses.flatMap(({ name, isTested, start }) => (name === 'require' && isTested ? [start] : []));

/**
 * A global is not needed where it is never evaluated, in dead code and in what rendering replaces, nor where it is
 * only asked for.
 */
function nodeGlobals({ uses }: Occurrences, unused: readonly (readonly Range[])[]): NodeGlobal[] {
  const free = uses.flatMap(({ name, start, scope, isTested }) => {
    const counts = !unused.some((ranges) => covers(ranges, start)) && isFree(name, scope);
    return counts && name !== 'require' ? [{ name, isTested }] : [];
  });
  return neededGlobals(free);
}
