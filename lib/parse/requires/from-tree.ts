/** Calls of `require` in a tree, by all its names. */
import type { CallExpression, Node } from 'estree';
import type { Replacement } from '../../facts';
import type { Range } from '../../ranges';
import { optOutOf } from '../opt-outs';
import { type Candidate, candidateAt } from '../tree/candidates';
import { constantString } from '../tree/constants';
import { calledName, propertyName, rangeOf } from '../tree/nodes';
import { isFree, type Scope } from '../tree/scope';

/** `require('x')`, `require.resolve('x')`, `module.require('x')`, and both strings of `require(test ? 'x' : 'y')`. */
export function requireCandidates(call: CallExpression, scope: Scope, source: string): Candidate[] {
  const [argument] = call.arguments;
  const isOfModule = isModuleRequire(call.callee);
  if (argument === undefined || (!isOfModule && !isRequire(call.callee))) return [];
  // What that gives, `require` takes; what `resolve` gives in other cases harms nobody.
  const isHarmless = (call.callee.type === 'MemberExpression' && !isOfModule) || isResolved(argument);
  const isSilent =
    isHarmless ||
    optOutOf(source, rangeOf(call.callee).end, rangeOf(argument), rangeOf(call).end) !== undefined;
  return alternatives(argument).map((node) => ({
    ...candidateAt(node, 'require', node, scope),
    needs: isOfModule ? ['module', 'require'] : ['require'],
    ...(node === argument && { callee: rangeOf(call.callee) }),
    ...(!isSilent && { concern: { kind: 'require() of an expression', start: rangeOf(node).start } }),
  }));
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

/** `require.resolve('x')`: gives an id, which `require` takes. */
export function isResolved(node: Node): boolean {
  if (node.type !== 'CallExpression' || calledName(node.callee) !== 'resolve') return false;
  const object = node.callee.type === 'MemberExpression' ? node.callee.object : undefined;
  const [specifier] = node.arguments;
  if (object?.type !== 'Identifier' || object.name !== 'require' || specifier === undefined) return false;
  return constantString(specifier) !== undefined;
}

/** A call of `module.require`. */
export interface ModuleRequire extends Range {
  scope: Scope;
}

/** `module.require` becomes `require`. */
export function plainRequires(found: readonly ModuleRequire[]): Replacement[] {
  const free = found.filter(({ scope }) => isFree('module', scope) && isFree('require', scope));
  return free.map(({ start, end }) => ({ start, end, text: 'require' }));
}
