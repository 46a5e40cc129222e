/** Reads of `process.env.X` in a tree. */
import type { MemberExpression, Node } from 'estree';
import type { Replacement } from '../../facts';
import { propertyName, rangeOf, unchain } from '../tree/nodes';
import { isFree, type Scope } from '../tree/scope';
import { type Env, replacementOf, valueIn } from './env';

/** `process`, or the global object that Node has it on. */
type EnvOwner = 'process' | 'global' | 'globalThis';

/** `X` of `process.env.X`, or of `globalThis.process.env.X`, if the owner proves free. */
export function envName(node: MemberExpression): { name: string; owner: EnvOwner } | undefined {
  const object = unchain(node.object);
  if (object.type !== 'MemberExpression' || propertyName(object) !== 'env') return undefined;
  const owner = ownerOf(unchain(object.object));
  const name = owner && propertyName(node);
  return name === undefined ? undefined : { name, owner: owner as EnvOwner };
}

function ownerOf(node: Node): EnvOwner | undefined {
  if (node.type === 'Identifier') return node.name === 'process' ? node.name : undefined;
  if (node.type !== 'MemberExpression' || node.computed || propertyName(node) !== 'process') return undefined;
  const { type, name } = unchain(node.object) as { type: string; name?: string };
  return type === 'Identifier' && (name === 'global' || name === 'globalThis') ? name : undefined;
}

/** A read that counts if its owner proves free. */
export interface EnvRead {
  node: MemberExpression;
  name: string;
  owner: EnvOwner;
  scope: Scope;
}

/** The values of those reads that have one. */
export function envValues(reads: readonly EnvRead[], env: Env): Map<Node, string> {
  const values = new Map<Node, string>();
  for (const { node, name, owner, scope } of reads) {
    const value = valueIn(env, name);
    if (value !== undefined && isFree(owner, scope)) values.set(node, value);
  }
  return values;
}

export const replacementsOf = (values: ReadonlyMap<Node, string>): Replacement[] =>
  [...values].map(([node, value]) => replacementOf(rangeOf(node).start, rangeOf(node).end, value));
