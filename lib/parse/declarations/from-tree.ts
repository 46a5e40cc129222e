/** The import and export declarations of an ES module. They stand at the top level only, so no walk is needed. */
import type {
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Identifier,
  ImportDeclaration,
  Literal,
  Node,
  Pattern,
  Program,
} from 'estree';
import { rangeOf } from '../tree/nodes';
import { attributesOf, declaredAttributes } from './attributes';
import {
  addDeclared,
  addDefault,
  addExportAll,
  addListed,
  addRequest,
  type Declarations,
  type Default,
  noDeclarations,
  resolveReexports,
} from './declarations';

type Named = Identifier | Literal;

/** The name an import or export is known by: an identifier or a string. */
const nameOf = (node: Named): string => (node.type === 'Identifier' ? node.name : String(node.value));

/** Reads all of them, in source order. */
export function readDeclarations(program: Program, source: string): Declarations {
  const found = noDeclarations();
  for (const node of program.body) read(node, source, found);
  return resolveReexports(found);
}

function read(node: Node, source: string, found: Declarations): void {
  switch (node.type) {
    case 'ImportDeclaration':
      readImport(node, found);
      break;
    case 'ExportAllDeclaration': {
      const request = requestOf(node, node.source, found);
      const name = node.exported ? nameOf(node.exported as Named) : undefined;
      addExportAll(name, rangeOf(node).start, request, found);
      found.declarations.push({ form: 'entries', ...rangeOf(node) });
      break;
    }
    case 'ExportNamedDeclaration':
      readNamed(node, source, found);
      break;
    case 'ExportDefaultDeclaration':
      readDefault(node, source, found);
  }
}

const requestOf = (node: Node, literal: Literal, found: Declarations): number =>
  addRequest(
    String(literal.value),
    rangeOf(literal),
    found,
    attributesOf(declaredAttributes(node)).attributes,
  );

function readImport(node: ImportDeclaration, found: Declarations): void {
  const request = requestOf(node, node.source, found);
  for (const specifier of node.specifiers) {
    const local = specifier.local.name;
    const { start } = rangeOf(specifier);
    found.imports.push({ request, name: importedName(specifier), local, start });
  }
  found.declarations.push({ form: 'entries', ...rangeOf(node) });
}

function importedName(specifier: ImportDeclaration['specifiers'][number]): string | undefined {
  if (specifier.type === 'ImportNamespaceSpecifier') return undefined;
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
}

function readNamed(node: ExportNamedDeclaration, source: string, found: Declarations): void {
  const { start, end } = rangeOf(node);
  if (node.declaration) {
    for (const name of declaredNames(node.declaration)) addDeclared(name, start, found);
    found.declarations.push({ form: 'exported', start, end: afterWords(source, start, 'export') });
    return;
  }
  const request = node.source ? requestOf(node, node.source, found) : undefined;
  for (const specifier of node.specifiers) {
    const name = nameOf(specifier.exported as Named);
    addListed(name, nameOf(specifier.local as Named), rangeOf(specifier).start, request, found);
  }
  found.declarations.push({ form: 'entries', start, end });
}

function readDefault(node: ExportDefaultDeclaration, source: string, found: Declarations): void {
  const { start, end } = rangeOf(node);
  const words = { start, end: afterWords(source, start, 'export', 'default') };
  addDefault(defaultOf(node.declaration, end, source), words, found);
}

function defaultOf(
  declaration: ExportDefaultDeclaration['declaration'],
  end: number,
  source: string,
): Default {
  const isDeclaration = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  const local = isDeclaration ? declaration.id?.name : undefined;
  if (local !== undefined) return { local };
  if (declaration.type === 'FunctionDeclaration')
    return { nameAt: namePosition(rangeOf(declaration as Node).start, source) };
  const valueEnd = source[end - 1] === ';' ? end - 1 : end;
  return { valueEnd, isAnonymous: isAnonymous(declaration as Node) };
}

/** ECMA-262, IsAnonymousFunctionDefinition. */
function isAnonymous(node: Node): boolean {
  if (node.type === 'ArrowFunctionExpression') return true;
  const canHaveName = /^(?:Function|Class)(?:Expression|Declaration)$/.test(node.type);
  return canHaveName && !(node as { id?: unknown }).id;
}

/** Where the name of a function without one would stand. */
function namePosition(start: number, source: string): number {
  const afterAsync = source.startsWith('async', start) ? afterWords(source, start, 'async') : start;
  const afterFunction = afterWords(source, afterAsync, 'function');
  return source[afterFunction] === '*' ? afterFunction + 1 : afterFunction;
}

const GAP = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/y;

/** The offset after the words and the white space and comments that follow each. */
function afterWords(source: string, start: number, ...words: string[]): number {
  let offset = start;
  for (const word of words) {
    GAP.lastIndex = offset + word.length;
    GAP.test(source);
    offset = GAP.lastIndex;
  }
  return offset;
}

function declaredNames(declaration: NonNullable<ExportNamedDeclaration['declaration']>): string[] {
  if (declaration.type !== 'VariableDeclaration') return [declaration.id.name];
  return declaration.declarations.flatMap(({ id }) => boundNames(id));
}

/** ECMA-262, BoundNames. */
export function boundNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'Property' ? property.value : property),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}
