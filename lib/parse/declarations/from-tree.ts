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
import type { Declaration, LocalExport, ModuleSyntax, Range, Reference } from '../../model';
import { rangeOf } from '../tree/nodes';
import { attributesOf, declaredAttributes } from './attributes';
import { resolveReexports } from './declarations';

/** What the declarations say. Requests are indices into `references`. */
export interface Declarations
  extends Pick<ModuleSyntax, 'imports' | 'indirectExports' | 'stars' | 'declarations'> {
  /** One for each declaration with a specifier. */
  references: Reference[];
  /** `export { … }` of an import is still among these: what a name means is known once all is read. */
  exports: (LocalExport & { start: number })[];
}

type Named = Identifier | Literal;

/** The name an import or export is known by: an identifier or a string. */
const nameOf = (node: Named): string => (node.type === 'Identifier' ? node.name : String(node.value));

/** To be filled. */
export const noDeclarations = (): Declarations => ({
  references: [],
  imports: [],
  exports: [],
  indirectExports: [],
  stars: [],
  declarations: [],
});

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
      const request = addRequest(node, node.source, found);
      const { start } = rangeOf(node);
      if (node.exported) {
        const name = nameOf(node.exported as Named);
        found.indirectExports.push({ request, name, imported: undefined, start });
      } else found.stars.push(request);
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

function addRequest(node: Node, literal: Literal, found: Declarations): number {
  const specifier = String(literal.value);
  const attributes = attributesOf(declaredAttributes(node));
  found.references.push({ kind: 'import', specifier, ...rangeOf(literal), optional: false, ...attributes });
  return found.references.length - 1;
}

function readImport(node: ImportDeclaration, found: Declarations): void {
  const request = addRequest(node, node.source, found);
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
    for (const name of declaredNames(node.declaration)) found.exports.push({ name, local: name, start });
    found.declarations.push({ form: 'exported', start, end: afterWords(source, start, 'export') });
    return;
  }
  const request = node.source ? addRequest(node, node.source, found) : undefined;
  for (const specifier of node.specifiers) {
    const name = nameOf(specifier.exported as Named);
    const local = nameOf(specifier.local as Named);
    const at = rangeOf(specifier).start;
    if (request === undefined) found.exports.push({ name, local, start: at });
    else found.indirectExports.push({ request, name, imported: local, start: at });
  }
  found.declarations.push({ form: 'entries', start, end });
}

function readDefault(node: ExportDefaultDeclaration, source: string, found: Declarations): void {
  const { start, end } = rangeOf(node);
  const { declaration } = node;
  const words = { start, end: afterWords(source, start, 'export', 'default') };
  const isDeclaration = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  const local = isDeclaration ? declaration.id?.name : undefined;
  found.exports.push({ name: 'default', local, start });
  if (local !== undefined) found.declarations.push({ form: 'exported', ...words });
  else if (declaration.type === 'FunctionDeclaration') {
    const nameAt = namePosition(rangeOf(declaration as Node).start, source);
    found.declarations.push({ form: 'default function', ...words, nameAt });
  } else found.declarations.push(defaultValue(declaration as Node, words, end, source));
}

function defaultValue(declaration: Node, words: Range, end: number, source: string): Declaration {
  const valueEnd = source[end - 1] === ';' ? end - 1 : end;
  return { form: 'default value', ...words, valueEnd, isAnonymous: isAnonymous(declaration) };
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
function boundNames(pattern: Pattern): string[] {
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
