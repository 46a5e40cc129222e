/** ES modules as esprima reads them, another engine to compare with: the library asks it about scripts only. */
import { parseModule } from 'esprima';
import type { Node, Program } from 'estree';

/** `undefined` means: not for this engine. */
export function esprimaModule(source: string): Program | undefined {
  try {
    const program = parseModule(source, { range: true });
    for (const node of program.body) trimDeclaration(node, source);
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
