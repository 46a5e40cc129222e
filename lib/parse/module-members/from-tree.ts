/** Members of `module` that a tree asks for. */
import type { MemberExpression, Node } from 'estree';
import type { ModuleMember } from '../../facts';
import { propertyName } from '../tree/nodes';
import { isFree, type Scope } from '../tree/scope';
import { isModuleMember } from './members';

/** A member that counts if `module` proves free. */
export interface MemberUse {
  name: ModuleMember;
  scope: Scope;
}

const isModule = (node: Node | null | undefined): boolean =>
  node?.type === 'Identifier' && node.name === 'module';

/** In `module.parent`, and `const { parent } = module`. */
export function moduleMembersIn(node: Node): ModuleMember[] {
  if (node.type === 'MemberExpression') return isModule(node.object) ? ofMember(node) : [];
  if (node.type === 'VariableDeclarator') return isModule(node.init) ? ofPattern(node.id) : [];
  return node.type === 'AssignmentExpression' && isModule(node.right) ? ofPattern(node.left) : [];
}

function ofMember(node: MemberExpression): ModuleMember[] {
  const name = propertyName(node);
  return isModuleMember(name) ? [name] : [];
}

function ofPattern(pattern: Node): ModuleMember[] {
  if (pattern.type !== 'ObjectPattern') return [];
  const names = pattern.properties.map((property) =>
    property.type === 'Property' && !property.computed && property.key.type === 'Identifier'
      ? property.key.name
      : undefined,
  );
  return names.filter(isModuleMember);
}

/** Those of the free `module`, sorted, each once. */
export function membersOfModule(uses: readonly MemberUse[]): ModuleMember[] {
  const free = uses.filter(({ scope }) => isFree('module', scope));
  return [...new Set(free.map(({ name }) => name))].sort();
}
