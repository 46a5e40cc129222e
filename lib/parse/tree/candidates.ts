/** Where a source names other modules. What is found here counts if the identifier it hangs on proves free. */
import type { BinaryExpression, CallExpression, ImportExpression, Node } from 'estree';
import type { Concern, Reference, ReferenceKind } from '../../model';
import { isResolved } from '../concerns/urls';
import { attributesOf, optionsOf } from '../declarations/attributes';
import { optOutOf } from '../opt-outs';
import { constantString } from './constants';
import { calledName, propertyName, rangeOf, stringValue } from './nodes';
import { covers, type Range } from './ranges';
import { type GlobalName, isFree, type Scope } from './scope';

export interface Candidate extends Range {
  kind: ReferenceKind;
  /** An expression may prove to be a string when it is known what is free. */
  specifier: string | Node;
  scope: Scope;
  /** The identifiers that must be free. */
  needs?: readonly (GlobalName | 'module')[];
  attributes?: Reference['attributes'];
  /** What is wrong with it if its specifier proves to be none. */
  concern?: Concern;
}

/** `require('x')`, `require.resolve('x')`, `module.require('x')`, and both strings of `require(test ? 'x' : 'y')`. */
export function requireCandidates(call: CallExpression, scope: Scope, source: string): Candidate[] {
  const [argument] = call.arguments;
  const isOfModule = isModuleRequire(call.callee);
  if (argument === undefined || (!isOfModule && !isRequire(call.callee))) return [];
  // What that gives, `require` takes; what `resolve` gives in other cases harms nobody.
  const isHarmless = (call.callee.type === 'MemberExpression' && !isOfModule) || isResolved(argument);
  const isSilent = isHarmless || optOutOf(source, rangeOf(call.callee).end, argument, call) !== undefined;
  return alternatives(argument).map((node) => ({
    ...candidateAt(node, 'require', node, scope),
    needs: isOfModule ? ['module', 'require'] : ['require'],
    ...(!isSilent && { concern: { kind: 'require() of an expression', start: rangeOf(node).start } }),
  }));
}

/** `import('x')`. */
export function importCandidates(node: ImportExpression, scope: Scope, source: string): Candidate[] {
  const { start } = rangeOf(node);
  const optOut = optOutOf(source, start, node.source, node);
  if (optOut === 'left') return [];
  const attributes = attributesOf(optionsOf(node));
  const candidate = { ...candidateAt(node, 'import()', node.source, scope), ...attributes };
  return [optOut ? candidate : { ...candidate, concern: { kind: 'import() of an expression', start } }];
}

/** Where `import('x')` begins, in `import('x').catch(…)`, `import('x').then(a, b)` and `import('x').then(a).catch(b)`. */
export function caughtImport(call: CallExpression): Range[] {
  const method = call.callee.type === 'MemberExpression' ? calledName(call.callee) : undefined;
  if (call.arguments.length < (method === 'catch' ? 1 : 2) || !/^(?:catch|then)$/.test(method ?? ''))
    return [];
  let node: Node = call;
  while (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') node = node.callee.object;
  const { start } = rangeOf(node);
  return node.type === 'ImportExpression' ? [{ start, end: start + 1 }] : [];
}

/** `'./x' /*js*\/`: the label follows the string, or the last part of one, perhaps after a comma or semicolon. */
export function declaredCandidates(
  node: Node,
  scope: Scope,
  isLabelled: (end: number) => boolean,
): Candidate[] {
  const specifier = isLabelled(rangeOf(node).end) ? constantString(node) : undefined;
  if (specifier === undefined) return [];
  return [{ ...candidateAt(node, 'declared', node, scope), specifier }];
}

/** `__dirname + '/x' /*js*\/`. It contains the candidate of its string alone, which it replaces if `__dirname` is free. */
export function directoryCandidates(
  node: BinaryExpression,
  scope: Scope,
  isLabelled: (end: number) => boolean,
): Candidate[] {
  const { left, right } = node;
  if (node.operator !== '+' || left.type !== 'Identifier' || left.name !== '__dirname') return [];
  const path = constantString(right);
  if (!path?.startsWith('/') || !isLabelled(rangeOf(right).end)) return [];
  return [{ ...candidateAt(node, 'declared', node, scope), specifier: `.${path}`, needs: ['__dirname'] }];
}

/** Candidates that hang on nothing, or on what is free, now that this is known. */
export interface Settled {
  references: Reference[];
  /** Those that name nothing. */
  unnamed: Candidate[];
}

/**
 * @param values what expressions are known to be
 * @param caught where failures are taken care of; sorted, and apart
 */
export function settleCandidates(
  candidates: readonly Candidate[],
  values: ReadonlyMap<Node, string>,
  caught: readonly Range[],
): Settled {
  const settled: Settled = { references: [], unnamed: [] };
  for (const candidate of candidates) {
    const { kind, needs, scope, start, end, attributes } = candidate;
    if (needs !== undefined && !needs.every((name) => isFree(name, scope))) continue;
    const specifier = specifierOf(candidate, values);
    const optional = kind !== 'declared' && covers(caught, start);
    if (specifier === undefined) settled.unnamed.push(candidate);
    else
      settled.references.push({ kind, specifier, start, end, optional, ...(attributes && { attributes }) });
  }
  return settled;
}

const specifierOf = ({ specifier }: Candidate, values: ReadonlyMap<Node, string>): string | undefined =>
  typeof specifier === 'string' ? specifier : constantString(specifier, values);

/** Tells whether the label comment follows an offset. `comment` is the source of its regular expression. */
export function labelTest(source: string, comment: string): (end: number) => boolean {
  const pattern = new RegExp(`\\s*(?:[,;]\\s*)?${comment}`, 'y');
  return (end) => {
    pattern.lastIndex = end;
    return pattern.test(source);
  };
}

function isRequire(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  const { object, property } = callee;
  if (object.type !== 'Identifier' || property.type !== 'Identifier') return false;
  return object.name === 'require' && property.name === 'resolve';
}

/** `module.require`, which in Node is the same as `require`. */
export function isModuleRequire(callee: Node): boolean {
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'require') return false;
  return callee.object.type === 'Identifier' && callee.object.name === 'module';
}

function alternatives(node: Node): Node[] {
  if (node.type !== 'ConditionalExpression') return [node];
  return [...alternatives(node.consequent), ...alternatives(node.alternate)];
}

const candidateAt = (
  place: Node,
  kind: ReferenceKind,
  specifier: Node,
  scope: Scope,
): Omit<Candidate, 'needs' | 'attributes' | 'concern'> => ({
  kind,
  ...rangeOf(place),
  specifier: stringValue(specifier) ?? specifier,
  scope,
});
