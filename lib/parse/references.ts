/** Where a source names other modules. What is found here counts if the identifier it hangs on proves free. */
import type { BinaryExpression, CallExpression, ImportExpression, Node } from 'estree';
import type { Reference, ReferenceKind } from '../model';
import { attributesOf, optionsOf } from './attributes';
import type { Range } from './ranges';
import type { GlobalName, Scope } from './scope';
import { rangeOf, stringValue } from './tree';

export interface Candidate {
  reference: Reference;
  scope: Scope;
  /** The identifier that must be free. */
  needs?: GlobalName;
}

/** `require('x')`, `require.resolve('x')`, and both strings of `require(test ? 'x' : 'y')`. */
export function requireCandidates(call: CallExpression, scope: Scope): Candidate[] {
  const [argument] = call.arguments;
  if (argument === undefined || !isRequire(call.callee)) return [];
  return alternatives(argument).flatMap((node) => {
    const specifier = stringValue(node);
    if (specifier === undefined) return [];
    return [{ reference: referenceAt(node, 'require', specifier), scope, needs: 'require' as const }];
  });
}

/** `import('x')`. */
export function importCandidates(node: ImportExpression, scope: Scope): Candidate[] {
  const specifier = stringValue(node.source);
  if (specifier === undefined) return [];
  const reference = referenceAt(node, 'import()', specifier);
  return [{ reference: { ...reference, ...attributesOf(optionsOf(node)) }, scope }];
}

/** Where `import('x')` begins, in `import('x').catch(…)`, `import('x').then(a, b)` and `import('x').then(a).catch(b)`. */
export function caughtImport(call: CallExpression): Range[] {
  const method = methodName(call);
  if (call.arguments.length < (method === 'catch' ? 1 : 2) || !/^(?:catch|then)$/.test(method ?? ''))
    return [];
  let node: Node = call;
  while (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') node = node.callee.object;
  const { start } = rangeOf(node);
  return node.type === 'ImportExpression' ? [{ start, end: start + 1 }] : [];
}

/** `'./x' /*js*\/`: the label follows the string, perhaps after a comma or semicolon. */
export function declaredCandidates(
  node: Node,
  scope: Scope,
  isLabelled: (end: number) => boolean,
): Candidate[] {
  const specifier = stringValue(node);
  if (specifier === undefined || !isLabelled(rangeOf(node).end)) return [];
  return [{ reference: referenceAt(node, 'declared', specifier), scope }];
}

/** `__dirname + '/x' /*js*\/`. It contains the candidate of its string alone, which it replaces if `__dirname` is free. */
export function directoryCandidates(
  node: BinaryExpression,
  scope: Scope,
  isLabelled: (end: number) => boolean,
): Candidate[] {
  const { left, right } = node;
  if (node.operator !== '+' || left.type !== 'Identifier' || left.name !== '__dirname') return [];
  const path = stringValue(right);
  if (!path?.startsWith('/') || !isLabelled(rangeOf(right).end)) return [];
  return [{ reference: referenceAt(node, 'declared', `.${path}`), scope, needs: '__dirname' }];
}

/** Tells whether the label comment follows an offset. `comment` is the source of its regular expression. */
export function labelTest(source: string, comment: string): (end: number) => boolean {
  const pattern = new RegExp(`\\s*(?:[,;]\\s*)?${comment}`, 'y');
  return (end) => {
    pattern.lastIndex = end;
    return pattern.test(source);
  };
}

function methodName({ callee }: CallExpression): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  return callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

function isRequire(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  const { object, property } = callee;
  if (object.type !== 'Identifier' || property.type !== 'Identifier') return false;
  return object.name === 'require' && property.name === 'resolve';
}

function alternatives(node: Node): Node[] {
  if (node.type !== 'ConditionalExpression') return [node];
  return [...alternatives(node.consequent), ...alternatives(node.alternate)];
}

function referenceAt(node: Node, kind: ReferenceKind, specifier: string): Reference {
  const { start, end } = rangeOf(node);
  return { kind, specifier, start, end, optional: false };
}
