/** What the statements of a module declare that are no parts, in a tree. */
import type { Node, Program } from 'estree';
import type { Part } from '../../facts';
import { boundNames } from '../declarations/from-tree';
import { rangeOf, walk } from '../tree/nodes';
import { sortedNames } from './names';

/** What is around a node of a statement of the top level. */
type Around = 'nothing' | 'statements' | 'function';

/** The names that statements declare which are no parts. */
export function namesOfRest(program: Program, list: readonly Part[]): string[] {
  const parts = new Set(list.map(({ start }) => start));
  const names: string[] = [];
  for (const statement of program.body) {
    if (parts.has(rangeOf(statement).start)) continue;
    walk<Around>(statement, 'nothing', (node, around) => {
      names.push(...declaredAtTop(node, around));
      return around === 'function' ? around : inside(node);
    });
  }
  return sortedNames(names);
}

/** What the node itself declares at the top level. */
function declaredAtTop(node: Node, around: Around): readonly string[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return around === 'nothing' && node.id ? [node.id.name] : NOTHING;
    case 'VariableDeclaration':
      if (around !== 'nothing' && (around === 'function' || node.kind !== 'var')) return NOTHING;
      return node.declarations.flatMap(({ id }) => boundNames(id));
    default:
      return NOTHING;
  }
}

const NOTHING: readonly string[] = [];

function inside({ type }: Node): Around {
  switch (type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return 'nothing';
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'StaticBlock':
      return 'function';
    default:
      return 'statements';
  }
}
