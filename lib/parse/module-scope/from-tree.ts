/** Which names the source of an ES module declares at its top level and elsewhere, and where those stand, and which it reads that nothing in it declares. */
import type { Identifier, Node, Program, VariableDeclaration } from 'estree';
import type { NameMeaning, NamePlace } from '../../core/name-clashes';
import type { Range } from '../../facts';
import { covers } from '../../ranges';
import { boundNames } from '../declarations/from-tree';
import { parseModern } from '../tree/modern';
import { holdsResources, rangeOf, shorthandName, walk } from '../tree/nodes';
import { declaringScope, enterScope, programScope, type Scope } from '../tree/scope';

/** What a module's names are. */
export interface ModuleScope {
  /** What the top level declares, besides imports, and where that is meant. */
  top: ReadonlyMap<string, readonly NamePlace[]>;
  /** What is declared elsewhere in it. */
  inner: ReadonlySet<string>;
  /** What nothing in it declares. */
  free: ReadonlySet<string>;
  /** Names that functions and classes have from what declares them. */
  fixed: ReadonlySet<string>;
}

export function meaningIn({ top, inner, free, fixed }: ModuleScope, name: string): NameMeaning {
  const places = top.get(name);
  return {
    ...(places && { top: places }),
    isInner: inner.has(name),
    isFree: free.has(name),
    isFixed: fixed.has(name),
  };
}

const ALL: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });

/**
 * Of a module that may share a function with others: one with `eval` would see their names, and what a `using` of the top level holds it would
 * give back after them.
 * @param dropped ranges that do not count, sorted and apart
 * @returns `undefined` of others, and where the source is not understood
 */
export function scopeOfSource(source: string, dropped: readonly Range[]): ModuleScope | undefined {
  const program = treeOf(source);
  if (program === undefined || holdsResources(program)) return undefined;
  const { outermost, scopes, names, imports, shorthands, fixed, caught } = gather(program);
  const top = new Map<string, NamePlace[]>();
  const free = new Set<string>();
  for (const { identifier, scope } of names) {
    const { name } = identifier;
    const declaring = declaringScope(name, scope);
    if (declaring !== undefined && (declaring !== outermost || imports.has(name))) continue;
    const { start, end } = rangeOf(identifier);
    if (covers(dropped, start)) continue;
    if (declaring === undefined) free.add(name);
    else placesOf(name, top).push({ start, end, isShorthand: shorthands.has(identifier) });
  }
  if (free.has('eval')) return undefined;
  for (const name of caught) {
    if (outermost.names?.has(name) !== true) continue;
    placesOf(name, top);
    fixed.add(name);
  }
  return { top, inner: new Set(scopes.flatMap((scope) => [...(scope.names ?? [])])), free, fixed };
}

function placesOf(name: string, top: Map<string, NamePlace[]>): NamePlace[] {
  const known = top.get(name);
  if (known) return known;
  const places: NamePlace[] = [];
  top.set(name, places);
  return places;
}

/** What a walk finds. */
interface Gathered {
  outermost: Scope;
  /** All others. */
  scopes: Scope[];
  /** What declares something or is evaluated. */
  names: { identifier: Identifier; scope: Scope }[];
  /** What imports declare. */
  imports: Set<string>;
  /** Which names are keys as well. */
  shorthands: Set<Node>;
  /** After which variables functions and classes are called. */
  fixed: Set<string>;
  /** `var` that is called like what a `catch` around it catches, and means that where it is given a value. */
  caught: Set<string>;
}

function gather(program: Program): Gathered {
  const outermost = programScope(program, ALL, new Set());
  const found: Gathered = {
    outermost,
    scopes: [],
    names: [],
    imports: new Set(),
    shorthands: new Set(),
    fixed: new Set(),
    caught: new Set(),
  };
  walk<Scope>(program, outermost, (node, scope) => {
    const inside = enterScope(node, scope);
    if (inside !== scope) found.scopes.push(inside);
    note(node, scope, found);
    return inside;
  });
  return found;
}

function note(node: Node, scope: Scope, found: Gathered): void {
  switch (node.type) {
    case 'Identifier':
      found.names.push({ identifier: node, scope });
      break;
    case 'ImportDeclaration':
      for (const { local } of node.specifiers) found.imports.add(local.name);
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      // No child of its own.
      if (node.id) found.names.push({ identifier: node.id, scope });
      if (node.id) found.fixed.add(node.id.name);
      break;
    case 'VariableDeclaration':
      if (node.kind === 'var' && scope !== found.outermost) noteCaught(node, scope, found);
      break;
    case 'VariableDeclarator':
      noteNaming(node.id, node.init, found);
      break;
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      noteNaming(node.left, node.right, found);
      break;
    case 'Property':
      if (node.shorthand) found.shorthands.add(shorthandName(node));
  }
}

/** What a `var` declares is declared further in only by a `catch`. */
function noteCaught({ declarations }: VariableDeclaration, scope: Scope, { caught }: Gathered): void {
  for (const { id } of declarations)
    for (const name of boundNames(id))
      if (declaringScope(name, scope)?.hoistsHere === false) caught.add(name);
}

/** ECMA-262, IsAnonymousFunctionDefinition(): what is assigned is called after the variable. */
function noteNaming(target: Node, value: Node | null | undefined, { fixed }: Gathered): void {
  if (target.type === 'Identifier' && value && isAnonymous(value)) fixed.add(target.name);
}

const isAnonymous = (node: Node): boolean =>
  node.type === 'ArrowFunctionExpression' ||
  ((node.type === 'FunctionExpression' || node.type === 'ClassExpression') && !node.id);

function treeOf(source: string): Program | undefined {
  try {
    return parseModern(source, true, false);
  } catch {
    return undefined;
  }
}
