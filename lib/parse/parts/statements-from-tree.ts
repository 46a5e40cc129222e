/** Statements of the top level in a tree, and what they declare. */
import type { Node, Program, VariableDeclarator } from 'estree';
import { rangeOf } from '../tree/nodes';
import { EFFECTLESS, mayBeWritten } from './names';

/** A top-level statement, and what it declares. */
export interface Statement {
  node: Node;
  /** What `export` stands before, or the statement itself. */
  declaration: Node;
  /** `''` is the default export that has no name in the source. */
  names: string[];
  /** A comment before it says of the function in it that its calls have no effects. */
  isEffectless: boolean;
}

export function statementsOf({ body }: Program, source: string): Statement[] {
  let before = 0;
  return body.map((node) => {
    const statement = toStatement(node as Node);
    const text = source.slice(before, rangeOf(statement.declaration).start);
    before = rangeOf(node).end;
    return { ...statement, isEffectless: EFFECTLESS.test(text) };
  });
}

function toStatement(node: Node): Omit<Statement, 'isEffectless'> {
  const isExport = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration';
  const declaration = ((isExport && node.declaration) || node) as Node;
  const names = namesOf(declaration);
  return {
    node,
    declaration,
    names: names.length === 0 && node.type === 'ExportDefaultDeclaration' ? [''] : names,
  };
}

/** What a declaration declares; of patterns nothing is said, since they read properties. */
function namesOf(node: Node): string[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id ? [node.id.name] : [];
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    default:
      return [];
  }
}

/** Declarations without code, and directives. */
export function isEmpty(node: Node): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'EmptyStatement':
      return true;
    case 'ExportNamedDeclaration':
      return !node.declaration;
    case 'ExpressionStatement':
      return 'directive' in node && typeof node.directive === 'string';
    default:
      return false;
  }
}

/** Names of functions whose calls have no effects, of those that are there before anything runs. */
export const effectlessIn = (statements: readonly Statement[], source: string): string[] =>
  statements.flatMap(({ declaration, names, isEffectless }) =>
    isEffectless && declaration.type === 'FunctionDeclaration'
      ? names.filter((name) => !mayBeWritten(source, name))
      : [],
  );

const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;

/** Whether a constant is a function of which a comment says so; that of the first one may stand before the whole. */
export function isEffectlessConstant(
  { id, init }: VariableDeclarator,
  isSaid: boolean,
  source: string,
): boolean {
  if (init?.type !== 'ArrowFunctionExpression' && init?.type !== 'FunctionExpression') return false;
  const between = source.slice(rangeOf(id).end, rangeOf(init).start);
  return (isSaid || EFFECTLESS.test(between)) && !between.replace(COMMENT, '').includes('(');
}
