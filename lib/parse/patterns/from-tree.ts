/**
 * Patterns in a tree: `import.meta.glob(…)`, `require.context(…)`, and `import()` or `require()` of a text that is known in part. Trees
 * alone tell of them: the reader of tokens gives up at each.
 */
import type { CallExpression, MemberExpression, Node } from 'estree';
import type { Concern, Pattern, Reference, Replacement } from '../../facts';
import { shownPattern } from '../../module-path';
import type { Range } from '../../ranges';
import type { Candidate } from '../tree/candidates';
import type { Values } from '../tree/constants';
import { propertyName, rangeOf } from '../tree/nodes';
import { isFree, type Scope } from '../tree/scope';
import { contextOf } from './context';
import { globsOf } from './globs';
import { NoPattern } from './literals';
import { textsOf } from './texts';

/** What may turn out to be a call with a pattern. */
export interface PatternUse {
  node: CallExpression;
  scope: Scope;
  by: 'glob' | 'context';
}

/** What only other bundlers have: `import.meta.glob`, and `require.context`. */
export function patternMember(node: Node): PatternUse['by'] | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const { object } = node;
  const name = propertyName(node);
  if (name === 'glob' && object.type === 'MetaProperty' && object.meta.name === 'import') return 'glob';
  return name === 'context' && object.type === 'Identifier' && object.name === 'require'
    ? 'context'
    : undefined;
}

/** Where `require.context` is only asked for: it is there for a source that calls it. */
export interface PatternProbe {
  node: MemberExpression;
  scope: Scope;
}

/** A pattern that is not understood is an error where that is the author's. */
export type OnRefused = (refused: NoPattern) => void;

/** What is found of calls. */
export interface Patterns {
  /** `import.meta.glob(…)`: what the whole expression is. */
  globs: Reference[];
  /** Where a function is called that comes of a table. */
  others: Reference[];
  /** Of all of these. */
  concerns: Concern[];
}

/**
 * @param probes where a source asks for `require.context`: it is prepared for having none, or nothing in it
 * @param isLive whether the range is neither dead nor replaced
 * @param onRefused is told of what no pattern can be made of
 */
export function calledPatterns(
  uses: readonly PatternUse[],
  probes: readonly PatternProbe[],
  isLive: (range: Range) => boolean,
  onRefused: OnRefused,
): Patterns {
  const found: Patterns = { globs: [], others: [], concerns: [] };
  for (const { node, scope, by } of uses) {
    const callee = rangeOf(node.callee);
    if (!isLive(callee) || (by === 'context' && !isFree('require', scope))) continue;
    const pattern = understood(() => (by === 'glob' ? globsOf(node) : contextOf(node)), onRefused);
    if (pattern === undefined) continue;
    const { start } = callee;
    if (by === 'glob') found.globs.push(referenceTo(pattern, 'import', rangeOf(node), start));
    else found.others.push(referenceTo(pattern, 'require', callee, start));
    if (by === 'glob' || probes.length === 0)
      found.concerns.push({ kind: 'pattern without files', start, name: shownPattern(pattern) });
  }
  return found;
}

function understood(read: () => Pattern, onRefused: OnRefused): Pattern | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NoPattern)) throw error;
    onRefused(error);
    return undefined;
  }
}

const referenceTo = (
  pattern: Pattern,
  kind: 'import' | 'require',
  { start, end }: Range,
  doubt: number,
): Reference => ({ kind, specifier: shownPattern(pattern), start, end, optional: false, pattern, doubt });

/**
 * References of `import()` and `require()` that name no single module, but a pattern.
 * @param isPublished in packages, only those of `import()` are meant to load one of many modules: older code requires what only Node has
 */
export function textPatterns(
  unnamed: readonly Candidate[],
  values: Values,
  isPublished: boolean,
): Reference[] {
  return unnamed.flatMap(({ kind, specifier, callee, concern, attributes }) => {
    const isMeant = kind === 'import()' || !isPublished;
    if (callee === undefined || concern === undefined || typeof specifier === 'string' || !isMeant) return [];
    const texts = textsOf(specifier, values);
    if (texts === undefined) return [];
    const by = kind === 'import()' ? 'import' : 'require';
    return [referenceTo({ by, texts, ...(attributes && { attributes }) }, 'require', callee, concern.start)];
  });
}

/** `require` in place of `require.context` where that is only asked for. */
export function metProbes(probes: readonly PatternProbe[], references: readonly Reference[]): Replacement[] {
  if (!references.some(({ pattern }) => pattern?.by === 'context')) return [];
  return probes
    .filter(({ scope }) => isFree('require', scope))
    .map(({ node }) => ({ ...rangeOf(node), text: 'require' }));
}
