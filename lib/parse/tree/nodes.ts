/** Syntax trees: where nodes are, what they hold, and a walk that no depth can overflow. */
import type { MemberExpression, Node, Program, Property } from 'estree';
import type { Range } from '../../ranges';

type Child = Node | null | undefined;
type Children = Child | readonly Child[];

const NONE: readonly string[] = [];
const NO_NODES: readonly Node[] = [];
const OBJECT = ['object'];
const OBJECT_AND_PROPERTY = ['object', 'property'];
const EXPRESSION = ['expression'];
const DECLARED = ['declaration'];
const KEY_AND_VALUE = ['decorators', 'key', 'value'];
const VALUE = ['decorators', 'value'];
const CLASS = ['decorators', 'superClass', 'body'];
const LOOP = ['left', 'right', 'body'];

/**
 * The children that are evaluated, by node type. Names that refer to nothing (labels, keys, imported and
 * exported names) are not among them, nor are strings that are no values (sources, directives).
 */
const CHILDREN: Record<string, readonly string[]> = {
  ArrayExpression: ['elements'],
  ArrayPattern: ['elements'],
  ArrowFunctionExpression: ['params', 'body'],
  AssignmentExpression: ['left', 'right'],
  AssignmentPattern: ['left', 'right'],
  AwaitExpression: ['argument'],
  BinaryExpression: ['left', 'right'],
  BlockStatement: ['body'],
  BreakStatement: NONE,
  CallExpression: ['callee', 'arguments'],
  CatchClause: ['param', 'body'],
  ChainExpression: ['expression'],
  ClassBody: ['body'],
  ClassDeclaration: CLASS,
  ClassExpression: CLASS,
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  ContinueStatement: NONE,
  DebuggerStatement: NONE,
  DoWhileStatement: ['body', 'test'],
  EmptyStatement: NONE,
  ExportAllDeclaration: NONE,
  ExportDefaultDeclaration: DECLARED,
  ExportNamedDeclaration: DECLARED,
  ForInStatement: LOOP,
  ForOfStatement: LOOP,
  ForStatement: ['init', 'test', 'update', 'body'],
  FunctionDeclaration: ['params', 'body'],
  FunctionExpression: ['params', 'body'],
  Identifier: NONE,
  IfStatement: ['test', 'consequent', 'alternate'],
  ImportDeclaration: NONE,
  ImportExpression: ['source', 'options'],
  LabeledStatement: ['body'],
  Literal: NONE,
  LogicalExpression: ['left', 'right'],
  MetaProperty: NONE,
  NewExpression: ['callee', 'arguments'],
  ObjectExpression: ['properties'],
  ObjectPattern: ['properties'],
  PrivateIdentifier: NONE,
  Program: ['body'],
  RestElement: ['argument'],
  ReturnStatement: ['argument'],
  SequenceExpression: ['expressions'],
  SpreadElement: ['argument'],
  StaticBlock: ['body'],
  Super: NONE,
  SwitchCase: ['test', 'consequent'],
  SwitchStatement: ['discriminant', 'cases'],
  TaggedTemplateExpression: ['tag', 'quasi'],
  TemplateLiteral: ['expressions'],
  ThisExpression: NONE,
  ThrowStatement: ['argument'],
  TryStatement: ['block', 'handler', 'finalizer'],
  UnaryExpression: ['argument'],
  UpdateExpression: ['argument'],
  VariableDeclaration: ['declarations'],
  VariableDeclarator: ['id', 'init'],
  WhileStatement: ['test', 'body'],
  WithStatement: ['object', 'body'],
  YieldExpression: ['argument'],
};

/** Where the node is, whether its engine says `range` or `start` and `end`. */
export function rangeOf(node: Node): Range {
  if (node.range !== undefined) return { start: node.range[0], end: node.range[1] };
  const { start, end } = node as Node & Range;
  return { start, end };
}

/** The expression of a chain such as `a?.b`, which the chain as a whole stands around. */
export function unchain(node: Node): Node {
  return node.type === 'ChainExpression' ? node.expression : node;
}

/** Whether the top level has a `using`: what that holds is given back at the end of the module. */
export const holdsResources = ({ body }: Program): boolean =>
  body.some((node) => node.type === 'VariableDeclaration' && node.kind === 'using');

/** The name that is key and value: of `{ name }` and, in a pattern, of `{ name = value }`. */
export const shorthandName = ({ value }: Property): Node =>
  value.type === 'AssignmentPattern' ? value.left : value;

/** The statements of a node that are a list: where one begins on a new line, the one before may end without a semicolon. */
export function listedStatements(node: Node): readonly Node[] {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body;
    case 'SwitchCase':
      return node.consequent;
    default:
      return NO_NODES;
  }
}

/** The value of a string literal or of a template without substitutions. */
export function stringValue(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** The name of the property, where the source says it. */
export function propertyName({ computed, property }: MemberExpression): string | undefined {
  if (computed) return stringValue(property);
  return property.type === 'Identifier' ? property.name : undefined;
}

/** The name of a function or method that is called, where the source says it. */
export function calledName(callee: Node): string | undefined {
  if (callee.type === 'MemberExpression') return callee.computed ? undefined : propertyName(callee);
  return callee.type === 'Identifier' ? callee.name : undefined;
}

/** The keys of the children that are evaluated. */
function childKeys(node: Node): readonly string[] {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? OBJECT_AND_PROPERTY : OBJECT;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return node.computed ? KEY_AND_VALUE : VALUE;
    case 'ExpressionStatement':
      return 'directive' in node && typeof node.directive === 'string' ? NONE : EXPRESSION;
    default:
      return CHILDREN[node.type] ?? nodeKeys(node);
  }
}

/** For node types that only a user's own parser knows. */
function nodeKeys(node: Node): string[] {
  const isNode = (value: unknown) => typeof (Object(value) as Node).type === 'string';
  const entries = Object.entries(node).filter(([, value]) => [value].flat().some(isNode));
  return entries.map(([key]) => key);
}

/**
 * Calls `enter` on every node, parents first. What it returns is the context of the node's children; only
 * the discriminant of a `switch` is outside of the scope that its cases share.
 */
export function walk<Context>(
  root: Node,
  rootContext: Context,
  enter: (node: Node, context: Context) => Context,
): void {
  const nodes: Node[] = [root];
  const contexts: Context[] = [rootContext];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const outer = contexts.pop() as Context;
    const inner = enter(node, outer);
    for (const key of childKeys(node)) {
      const child = (node as unknown as Record<string, Children>)[key];
      const context = key === 'discriminant' ? outer : inner;
      for (const each of Array.isArray(child) ? child : [child]) {
        if (!each) continue;
        nodes.push(each);
        contexts.push(context);
      }
    }
  }
}
