/** Source text → the facts of its module (`../facts.ts`): from its tokens, or else from its tree. The only door to this folder. */
import type { ModuleFacts } from '../facts';
import type { KnownImports } from '../known-imports';
import { asScript } from './as-script';
import { labelComment } from './declared/labels';
import { type Define, definitionsOf, withImports } from './define/define';
import { moduleFacts, scriptFacts } from './from-tokens';
import { treeFacts } from './from-tree';
import { isInteresting, looksLikeModule } from './gate';
import type { Parser } from './parser';
import { mayNeed, type Provide } from './provide/provide';
import { assertValid, parseProgram } from './tree/program';

export { type Define, isPath, isReplacement, valueIn } from './define/define';
export type { Parser, SyntaxTree } from './parser';
export type { Provide } from './provide/provide';
export { explainRefusal } from './refused';

export interface ParseOptions {
  /** For errors. */
  fileName: string;
  /** Labels of declared dynamic dependencies. */
  labels: readonly string[];
  /** What `process.env.X` is when the program is built. */
  env: Readonly<Record<string, string>>;
  /** Free names and members → what stands in their place. */
  define?: Define;
  /** What some imports are. */
  imports?: KnownImports;
  /** Free names → modules that stand for them. */
  provide?: Provide;
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
  const { parser, published, env, imports } = options;
  // Only trees tell of them.
  const definitions = definitionsOf(options.define);
  const isDefined = definitions?.isIn(source) || mayNeed(source, options.provide ?? {});
  const isNodes = options.type === 'module';
  const isModule = isNodes || looksLikeModule(source);
  const labels = label === undefined ? undefined : new RegExp(label, 'y');
  if (imports) {
    // It has been read before, and nothing is wrong with it.
    const plain = parser || isDefined ? undefined : moduleFacts(source, env, labels, isNodes, imports);
    return plain ?? readTree(source, options, label, undefined);
  }
  const refusal = isModule || (parser && !published) ? undefined : options.refusalOf(source);
  if (published && !isNodes && !isDefined && !isInteresting(source, label) && refusal === undefined)
    return NOTHING;
  if (parser) return readTree(source, options, label, undefined);
  if (refusal === undefined && !isDefined) {
    const plain = isModule ? moduleFacts(source, env, labels, isNodes) : scriptFacts(source, env, labels);
    if (plain !== undefined && isTrusted(source, plain, options)) return plain;
  }
  const facts = readTree(source, options, label, refusal);
  const isKnown = !isModule && facts.syntax === undefined;
  // The error in what an engine refuses, if a parser finds one at its most careful. What is newer than the engine has none.
  if (isKnown ? refusal !== undefined : !isAccepted(source, facts, options)) {
    assertValid(source, facts.syntax !== undefined, options.fileName);
  }
  return facts;
}

/**
 * The facts as the tree tells them.
 * @param refusal what an engine has against the source as a script
 */
function readTree(
  source: string,
  options: ParseOptions,
  label: string | undefined,
  refusal: string | undefined,
): ModuleFacts {
  const isNodes = options.type === 'module';
  const isCertain = isNodes || (options.type === undefined && REDECLARED.test(refusal ?? ''));
  const program = parseProgram(source, { ...options, module: isCertain, suspect: refusal !== undefined });
  const { fileName, env } = options;
  const definitions = withImports(definitionsOf(options.define), options.imports?.values);
  return treeFacts(program, source, {
    fileName,
    env,
    definitions,
    provide: options.provide ?? {},
    label,
    isNodes,
    isCertain,
    published: options.published,
    effectless: options.imports?.effectless ?? [],
  });
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
