/** Source text → what it says about its module. The only door to this folder. */
import type { Node } from 'estree';
import type { ModuleFacts, NodeGlobal, Reference, Replacement } from '../model';
import { literalText } from './env';
import { deadBranches } from './fold';
import { isInteresting, labelComment } from './gate';
import { gather, type Occurrences } from './occurrences';
import type { Parser } from './parser';
import { assertModule, parseProgram } from './program';
import { covers, outermost, type Range } from './ranges';
import { isFree } from './scope';
import { rangeOf } from './tree';

export type { Parser, SyntaxTree } from './parser';

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
  /** JavaScript of installed packages need not be parsed when it is valid and contains no word of interest. */
  published: boolean;
}

type Edit = Reference | Replacement;

/** Throws a `SYNTAX_ERROR`. */
export function parseFacts(source: string, options: ParseOptions): ModuleFacts {
  const label = labelComment(options.labels);
  if (options.published && !isInteresting(source, label) && options.refusalOf(source) === undefined) {
    return { references: [], replacements: [], nodeGlobals: [], moduleSyntax: undefined };
  }
  const refusal = options.parser ? undefined : options.refusalOf(source);
  const suspect = refusal !== undefined;
  const found = gather(parseProgram(source, { ...options, suspect }), source, label);
  if (suspect && found.moduleSyntax === undefined) assertModule(source, refusal, options.fileName);
  return settle(found, options.env);
}

/** Now that every declaration is known: which occurrences are free and alive. */
function settle(found: Occurrences, env: ParseOptions['env']): ModuleFacts {
  const values = envValues(found, env);
  const dead = deadBranches(found.conditionals, values);
  const edits = outermost<Edit>(
    [...references(found), ...replacements(values)].filter(({ start }) => !covers(dead, start)),
  );
  return {
    references: edits.filter((edit) => 'kind' in edit),
    replacements: edits.filter((edit) => 'text' in edit),
    nodeGlobals: nodeGlobals(found, [dead, edits]),
    moduleSyntax: found.moduleSyntax,
  };
}

function envValues({ envReads }: Occurrences, env: ParseOptions['env']): Map<Node, string> {
  const values = new Map<Node, string>();
  for (const { node, name, scope } of envReads) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined && isFree('process', scope)) values.set(node, value);
  }
  return values;
}

function replacements(values: ReadonlyMap<Node, string>): Replacement[] {
  return [...values].map(([node, value]) => ({ ...rangeOf(node), text: literalText(value) }));
}

function references({ candidates, guarded }: Occurrences): Reference[] {
  const caught = outermost(guarded);
  return candidates
    .filter(({ needs, scope }) => needs === undefined || isFree(needs, scope))
    .map(({ reference }) => ({
      ...reference,
      optional: reference.kind !== 'declared' && covers(caught, reference.start),
    }));
}

/** Browsers never had these, so a module that asks for them with `typeof` brings a better way along. */
const IMMEDIATES: ReadonlySet<string> = new Set(['setImmediate', 'clearImmediate']);

/**
 * A global is not needed where it is never evaluated, in dead code and in what rendering replaces, nor where it is
 * only asked for.
 */
function nodeGlobals({ uses }: Occurrences, unused: readonly (readonly Range[])[]): NodeGlobal[] {
  const free = uses.filter(
    ({ name, start, scope }) => !unused.some((ranges) => covers(ranges, start)) && isFree(name, scope),
  );
  const asksForImmediates = free.some(({ name, isTested }) => isTested && IMMEDIATES.has(name));
  const names = new Set<NodeGlobal>();
  for (const { name, isTested } of free) {
    if (name === 'require' || isTested) continue;
    if (!(asksForImmediates && IMMEDIATES.has(name))) names.add(name);
  }
  return [...names].sort();
}
