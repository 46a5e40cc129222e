/** `import('…')` in a tree. */
import type { CallExpression, ImportExpression, Node } from 'estree';
import type { Range } from '../../ranges';
import { attributesOf, isPlainOptions, optionsOf } from '../declarations/attributes';
import { optOutOf } from '../opt-outs';
import { type Candidate, candidateAt } from '../tree/candidates';
import { calledName, rangeOf } from '../tree/nodes';
import type { Scope } from '../tree/scope';

/** `import('x')`. */
export function importCandidates(node: ImportExpression, scope: Scope, source: string): Candidate[] {
  const { start, end } = rangeOf(node);
  const optOut = optOutOf(source, start, rangeOf(node.source), end);
  if (optOut === 'left') return [];
  const attributes = attributesOf(optionsOf(node));
  const callee = { start, end: start + 'import'.length };
  const candidate: Candidate = {
    ...candidateAt(node, 'import()', node.source, scope),
    ...attributes,
    ...(!isPlainOptions(node) && { ...callee, keepsArguments: true }),
  };
  if (optOut) return [candidate];
  return [{ ...candidate, callee, concern: { kind: 'import() of an expression', start } }];
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
