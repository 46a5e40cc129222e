/** `process.env.X`, whose value is known when the program is built. */
import type { MemberExpression, Node } from 'estree';
import { propertyName } from '../tree/nodes';

/** `process`, or the global object that Node has it on. */
export type EnvOwner = 'process' | 'global' | 'globalThis';

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

/** A JavaScript string literal, valid in ES5 too. */
export function literalText(value: string): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Nodes the given one writes to. A member expression among them is no read. */
export function writeTargets(node: Node): (Node | null)[] {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return [node.left];
    case 'UpdateExpression':
    case 'RestElement':
      return [node.argument];
    case 'UnaryExpression':
      return node.operator === 'delete' ? [unchain(node.argument)] : [];
    case 'ArrayPattern':
      return node.elements;
    case 'ObjectPattern':
      return node.properties.map((property) => (property.type === 'Property' ? property.value : property));
    default:
      return NOTHING;
  }
}

/** Most nodes write to nothing: no array for each of them. */
const NOTHING: (Node | null)[] = [];

function unchain(node: Node): Node {
  return node.type === 'ChainExpression' ? node.expression : node;
}
