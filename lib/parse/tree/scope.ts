/** Which identifiers are free, or mean an import. Only a handful of names matters, so scopes remember only those. */
import type { CatchClause, Class, Function as FunctionNode, Node, Pattern, Program, Statement } from 'estree';

export interface Scope {
  readonly parent: Scope | undefined;
  /** The names that matter. */
  readonly watched: ReadonlySet<string>;
  /** Whether `var` ends here. */
  readonly hoistsHere: boolean;
  readonly strict: boolean;
  readonly inFunction: boolean;
  /** In the scope of parameters: the block that is the function's body. */
  readonly functionBody: Node | undefined;
  names: Set<string> | undefined;
  /** In the outermost scope: the watched names that are declared more than once. */
  readonly repeated?: Set<string>;
}

/**
 * The scope that declares a watched name, seen from this scope outwards; `undefined` for a free name. Certain only after
 * the whole walk: declarations hoist.
 */
export function declaringScope(name: string, scope: Scope): Scope | undefined {
  let each: Scope | undefined = scope;
  while (each !== undefined && !each.names?.has(name)) each = each.parent;
  return each;
}

export function isFree(name: string, scope: Scope): boolean {
  return declaringScope(name, scope) === undefined;
}

/** @param missing names that are there nowhere: a scope around the program has them, so that they are not free */
export function programScope(
  program: Program,
  watched: ReadonlySet<string>,
  missing: ReadonlySet<string>,
): Scope {
  const strict = program.sourceType === 'module' || isStrict(program.body as Statement[]);
  const scope = { watched, hoistsHere: true, strict, inFunction: false, functionBody: undefined };
  const outermost = { ...scope, parent: undefined, names: new Set(missing) };
  return { ...scope, parent: outermost, names: undefined, repeated: new Set() };
}

/** Declares what the node declares, and returns the scope of its children. */
export function enterScope(node: Node, scope: Scope): Scope {
  switch (node.type) {
    case 'FunctionDeclaration':
      if (node.id !== null) declareFunction(node, scope);
      return functionScope(node, scope);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return functionScope(node, scope);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return classScope(node, scope);
    case 'BlockStatement':
      return inside(scope, { hoistsHere: scope.functionBody === node });
    case 'StaticBlock':
      return inside(scope, { hoistsHere: true });
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
      return inside(scope, {});
    case 'CatchClause':
      return catchScope(node, scope);
    case 'VariableDeclaration':
      for (const { id } of node.declarations) declare(id, node.kind === 'var' ? hoistTarget(scope) : scope);
      return scope;
    case 'ImportDeclaration':
      for (const { local } of node.specifiers) declare(local, scope);
      return scope;
    default:
      return scope;
  }
}

function inside(
  parent: Scope,
  {
    hoistsHere = false,
    strict = parent.strict,
    inFunction = parent.inFunction,
    functionBody,
  }: Partial<Scope>,
): Scope {
  return { parent, watched: parent.watched, hoistsHere, strict, inFunction, functionBody, names: undefined };
}

/**
 * The scope of parameters and their defaults, which do not see the body's variables. The own name of a
 * function expression is around it, but to declare it here makes no difference.
 */
function functionScope(node: FunctionNode, parent: Scope): Scope {
  const { body } = node;
  const strict = parent.strict || (body.type === 'BlockStatement' && isStrict(body.body));
  const scope = inside(parent, { hoistsHere: true, strict, inFunction: true, functionBody: body });
  if (node.type === 'FunctionExpression' && node.id) declare(node.id, scope);
  if (node.type !== 'ArrowFunctionExpression') declareName('arguments', scope);
  for (const parameter of node.params) declare(parameter, scope);
  return scope;
}

/** A function in a block is also a `var` of the function around it, in sloppy code. */
function declareFunction(node: FunctionNode & { id: Pattern }, scope: Scope): void {
  declare(node.id, scope);
  if (!scope.strict && !node.async && !node.generator) declare(node.id, hoistTarget(scope));
}

function classScope(node: Class, parent: Scope): Scope {
  const scope = inside(parent, { strict: true });
  if (node.id) declare(node.id, scope);
  if (node.id && node.type === 'ClassDeclaration') declare(node.id, parent);
  return scope;
}

function catchScope(node: CatchClause, parent: Scope): Scope {
  const scope = inside(parent, {});
  if (node.param) declare(node.param, scope);
  return scope;
}

function hoistTarget(scope: Scope): Scope {
  let target = scope;
  while (!target.hoistsHere && target.parent !== undefined) target = target.parent;
  return target;
}

function isStrict(body: readonly Statement[]): boolean {
  const end = body.findIndex((statement) => !('directive' in statement));
  const directives = end < 0 ? body : body.slice(0, end);
  return directives.some((statement) => 'directive' in statement && statement.directive === 'use strict');
}

function declareName(name: string, scope: Scope): void {
  if (!scope.watched.has(name)) return;
  scope.names ??= new Set();
  if (scope.names.has(name)) scope.repeated?.add(name);
  scope.names.add(name);
}

/** Declares every watched name that the pattern binds. */
function declare(pattern: Pattern, scope: Scope): void {
  switch (pattern.type) {
    case 'Identifier':
      declareName(pattern.name, scope);
      break;
    case 'ObjectPattern':
      for (const each of pattern.properties) declare(each.type === 'Property' ? each.value : each, scope);
      break;
    case 'ArrayPattern':
      for (const each of pattern.elements) if (each) declare(each, scope);
      break;
    case 'AssignmentPattern':
      declare(pattern.left, scope);
      break;
    case 'RestElement':
      declare(pattern.argument, scope);
      break;
  }
}
