/** Where names stand in the source of an ES module that its top level declares. */
import type { Identifier, Node, Program, VariableDeclaration } from 'estree';
import type { NamePlace, NamePlaces } from '../../core/name-clashes';
import type { Range } from '../../facts';
import { covers } from '../../ranges';
import { boundNames } from '../declarations/from-tree';
import { parseModern } from '../tree/modern';
import { holdsResources, rangeOf, shorthandName, walk } from '../tree/nodes';
import { declaringScope, enterScope, programScope, type Scope } from '../tree/scope';

const ALL: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });

/**
 * Of a module that may share a function with others: one with `eval` would see their names, and what a `using` of the top level holds it would
 * give back after them. A `var` that is called like what a `catch` around it catches means that where it is given a value, so it could not be
 * called otherwise.
 * @param dropped ranges that do not count, sorted and apart
 * @returns for each name that the top level declares, besides imports; `undefined` of other modules, and where the source is not understood
 */
export function placesInTree(source: string, dropped: readonly Range[]): NamePlaces | undefined {
  const program = treeOf(source);
  if (program === undefined || holdsResources(program)) return undefined;
  const { outermost, names, imports, shorthands, caught } = gather(program);
  const top = new Map<string, NamePlace[]>();
  for (const { identifier, scope } of names) {
    const { name } = identifier;
    const { start, end } = rangeOf(identifier);
    if (covers(dropped, start)) continue;
    const declaring = declaringScope(name, scope);
    if (declaring === undefined && name === 'eval') return undefined;
    if (declaring !== outermost || imports.has(name)) continue;
    const places = top.get(name);
    const place = { start, end, isShorthand: shorthands.has(identifier) };
    if (places) places.push(place);
    else top.set(name, [place]);
  }
  return caught.some((name) => outermost.names?.has(name)) ? undefined : top;
}

/** What a walk finds. */
interface Gathered {
  outermost: Scope;
  /** What declares something or is evaluated. */
  names: { identifier: Identifier; scope: Scope }[];
  /** What imports declare. */
  imports: Set<string>;
  /** Which names are keys as well. */
  shorthands: Set<Node>;
  /** What a `var` further in declares, and a `catch` around it. */
  caught: string[];
}

function gather(program: Program): Gathered {
  const outermost = programScope(program, ALL, new Set());
  const found: Gathered = { outermost, names: [], imports: new Set(), shorthands: new Set(), caught: [] };
  walk<Scope>(program, outermost, (node, scope) => {
    const inside = enterScope(node, scope);
    note(node, scope, found);
    // In a class that the top level declares, its name is another one that is called the same.
    if (node.type === 'ClassDeclaration' && scope === outermost) inside.names = undefined;
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
      break;
    case 'VariableDeclaration':
      if (node.kind === 'var' && scope !== found.outermost) noteCaught(node, scope, found);
      break;
    case 'Property':
      if (node.shorthand) found.shorthands.add(shorthandName(node));
  }
}

/** What a `var` declares is declared further in only by a `catch`. */
function noteCaught({ declarations }: VariableDeclaration, scope: Scope, { caught }: Gathered): void {
  for (const { id } of declarations)
    for (const name of boundNames(id))
      if (declaringScope(name, scope)?.hoistsHere === false) caught.push(name);
}

function treeOf(source: string): Program | undefined {
  try {
    return parseModern(source, true, false);
  } catch {
    return undefined;
  }
}
