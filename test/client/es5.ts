import { parseScript, tokenize } from 'esprima';

/** A node of a syntax tree, seen from a distance: only what the check looks at. */
interface SyntaxNode {
  type: string;
  [property: string]: unknown;
}

/** Every node type that ECMAScript 5.1 has. */
const ES5_NODE_TYPES = new Set([
  'ArrayExpression',
  'AssignmentExpression',
  'BinaryExpression',
  'BlockStatement',
  'BreakStatement',
  'CallExpression',
  'CatchClause',
  'ConditionalExpression',
  'ContinueStatement',
  'DebuggerStatement',
  'DoWhileStatement',
  'EmptyStatement',
  'ExpressionStatement',
  'ForInStatement',
  'ForStatement',
  'FunctionDeclaration',
  'FunctionExpression',
  'Identifier',
  'IfStatement',
  'LabeledStatement',
  'Literal',
  'LogicalExpression',
  'MemberExpression',
  'NewExpression',
  'ObjectExpression',
  'Program',
  'Property',
  'ReturnStatement',
  'SequenceExpression',
  'SwitchCase',
  'SwitchStatement',
  'ThisExpression',
  'ThrowStatement',
  'TryStatement',
  'UnaryExpression',
  'UpdateExpression',
  'VariableDeclaration',
  'VariableDeclarator',
  'WhileStatement',
  'WithStatement',
]);

/** Throws unless a classic script keeps to the syntax of ECMAScript 5.1. The error names what it found. */
export function assertES5(code: string): void {
  const problems = [...problemsOfTree(parseScript(code) as unknown as SyntaxNode), ...problemsOfTokens(code)];
  if (problems.length > 0) throw new Error(`Not ES5: ${problems.join(', ')}`);
}

function problemsOfTree(node: SyntaxNode): string[] {
  const own = problemOfNode(node);
  return childrenOf(node).reduce(
    (problems, child) => problems.concat(problemsOfTree(child)),
    own ? [own] : [],
  );
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Names what makes a node newer than ES5: its type, or a form that an old type has got since. */
function problemOfNode(node: SyntaxNode): string | undefined {
  if (!ES5_NODE_TYPES.has(node.type)) return node.type;
  if (node.type === 'VariableDeclaration' && node.kind !== 'var') return String(node.kind);
  if (node.async) return 'async function';
  if (node.generator) return 'generator';
  if (node.type === 'Property' && (node.shorthand || node.computed || node.method))
    return 'new form of property';
  if (node.operator === '**' || node.operator === '**=') return 'exponentiation';
  if (node.type === 'Literal') return problemOfLiteral(node);
  return undefined;
}

function problemOfLiteral(node: SyntaxNode): string | undefined {
  const raw = String(node.raw);
  const { flags } = (node.regex ?? {}) as { flags?: string };
  if (flags && /[^gim]/.test(flags)) return `regular expression flags ${flags}`;
  if (/^0[bo]/i.test(raw)) return `number ${raw}`;
  if (/^['"].*\\u\{/.test(raw)) return 'code point escape';
  return undefined;
}

/** A trailing comma of parameters or arguments leaves no trace in the tree. */
function problemsOfTokens(code: string): string[] {
  const tokens = tokenize(code);
  const found = tokens.some((token, index) => token.value === ',' && tokens[index + 1]?.value === ')');
  return found ? ['trailing comma in parentheses'] : [];
}
