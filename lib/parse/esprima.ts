/** The second opinion, for ES2017 and older. */
import type { Node, Program } from 'estree';

/** Loaded when it is needed, which most programs do not. */
const esprima = () => require('esprima') as typeof import('esprima');

interface ToleratedError {
  description: string;
}

/**
 * `undefined` means: not for this engine. It tolerates errors only because that is its way to allow the
 * top-level `return` of CommonJS; any other error is a refusal.
 */
export function parseEsprima(source: string, module: boolean): Program | undefined {
  try {
    const { parseModule, parseScript } = esprima();
    const parse = module ? parseModule : parseScript;
    const program = parse(source, { range: true, tolerant: true }) as Program & { errors: ToleratedError[] };
    const allowed = (error: ToleratedError) => !module && error.description === 'Illegal return statement';
    if (!program.errors.every(allowed)) return undefined;
    if (module) for (const node of program.body) trimDeclaration(node, source);
    return program;
  } catch {
    return undefined;
  }
}

/** What may stand between the last child of a declaration and its end. */
const TAIL = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*([{},();])?/y;

/** To this engine, a declaration that ends without a semicolon goes on to the next token. Now it ends where it ends. */
function trimDeclaration(node: Node, source: string): void {
  if (!/^(?:Import|Export)/.test(node.type) || node.range === undefined) return;
  const { source: from, declaration, specifiers } = node as unknown as Partial<Record<string, Node & Node[]>>;
  const last = from ?? declaration ?? specifiers?.at(-1);
  let end = last?.range?.[1] ?? node.range[0] + 'export'.length;
  for (TAIL.lastIndex = end; TAIL.exec(source)?.[1] && TAIL.lastIndex <= node.range[1]; )
    end = TAIL.lastIndex;
  node.range[1] = end;
}
