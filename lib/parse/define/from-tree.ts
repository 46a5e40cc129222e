/** Defined names in a tree. */
import type { Node } from 'estree';
import type { Constant, Range, Replacement } from '../../facts';
import { covers } from '../../ranges';
import { textInPlace } from '../constant';
import { propertyName, rangeOf, unchain } from '../tree/nodes';
import { declaringScope, isFree, type Scope } from '../tree/scope';
import { type Definition, type Definitions, memberOf } from './define';

/** A use of a defined name, which counts if the name proves free. */
export interface DefinedUse {
  node: Node;
  definition: Definition;
  root: string;
  scope: Scope;
  /** The `typeof` that it is the operand of. */
  test: Node | undefined;
  /** The property `{ name }` that it is key and value of. */
  isShorthand: boolean;
  /** A statement of a list begins with it. */
  isFirst: boolean;
}

/** The names of a path; `import` is free everywhere. */
function pathOf(node: Node): string[] | undefined {
  const names: string[] = [];
  let object = unchain(node);
  while (object.type === 'MemberExpression') {
    const name = propertyName(object);
    if (name === undefined) return undefined;
    names.unshift(name);
    object = unchain(object.object);
  }
  if (object.type === 'MetaProperty') names.unshift(object.meta.name, object.property.name);
  else if (object.type === 'Identifier') names.unshift(object.name);
  else return undefined;
  return names;
}

/** The definition of the longest path that has one: of what the names mean, or of an object that this is a member of. */
function definitionFor(names: readonly string[], { byPath }: Definitions): Definition | undefined {
  for (let count = names.length; count > 0; count--) {
    const definition = byPath.get(names.slice(0, count).join('.'));
    if (definition && count === names.length) return definition;
    if (definition) return definition.object && memberOf(definition.object, names.slice(count));
  }
  return undefined;
}

/** The definition of what a node names, if it has one. */
export function definedAt(
  node: Node,
  definitions: Definitions,
): Pick<DefinedUse, 'definition' | 'root'> | undefined {
  const names = pathOf(node) ?? [];
  const root = names[0];
  if (root === undefined || !definitions.roots.has(root)) return undefined;
  const definition = definitionFor(names, definitions);
  return definition && { definition, root };
}

/**
 * Those that mean what has a value.
 * @param home the scope that declares imports
 * @param entries import and export declarations without values; sorted and apart
 */
export const settleDefined = (
  uses: readonly DefinedUse[],
  imported: ReadonlySet<string>,
  home: Scope,
  entries: readonly Range[],
): DefinedUse[] =>
  uses.filter(({ root, scope, node }) => {
    if (imported.has(root))
      return declaringScope(root, scope) === home && !covers(entries, rangeOf(node).start);
    return root === 'import' || isFree(root, scope);
  });

/** The values of those that have one, and what `typeof` gives of them. */
export function definedValues(uses: readonly DefinedUse[]): [Node, Constant][] {
  return uses.flatMap(({ node, definition: { value }, test }): [Node, Constant][] => {
    if (value === undefined) return [];
    const type = value === null ? 'object' : typeof value;
    return [[node, value], ...(test ? [[test, type] as [Node, Constant]] : [])];
  });
}

/** Those that certainly are `undefined`. */
export const definedAsNothing = (uses: readonly DefinedUse[]): Node[] =>
  uses.filter(({ definition }) => definition.isNothing).map(({ node }) => node);

export const definedReplacements = (uses: readonly DefinedUse[]): Replacement[] =>
  uses.map(({ node, definition: { text }, isShorthand, isFirst }) => {
    const key = isShorthand ? (node as { name: string }).name : undefined;
    return { ...rangeOf(node), text: textInPlace(text, { key, isFirst: () => isFirst }) };
  });
