/** Where a module writes to names: to an import it cannot, and throws a TypeError when it tries. ECMA-262, 9.1.1.1.5 and 10.4.6.9. */
import type { Node, Program } from 'estree';
import { writeTargets } from '../tree/targets';

export interface Assignments {
  /** Names that are written to. */
  names: Set<Node>;
  /** Names of objects whose members are written to or deleted. */
  objects: Set<Node>;
  /** Names that are certainly written to when the module runs. */
  certain: Set<Node>;
}

export const noAssignments = (): Assignments => ({
  names: new Set(),
  objects: new Set(),
  certain: new Set(),
});

/** Notes what the node writes to. */
export function noteAssignments(node: Node, found: Assignments): void {
  if (node.type === 'Program') noteCertain(node, found);
  for (const target of writeTargets(node)) {
    if (target?.type === 'Identifier') found.names.add(target);
    else if (target?.type === 'MemberExpression' && target.object.type === 'Identifier')
      found.objects.add(target.object);
  }
}

/** Whether the name of an import is written to, or that of a namespace whose member is: nobody can change what it has. */
export const isAssigned = (name: Node, isNamespace: boolean, { names, objects }: Assignments): boolean =>
  names.has(name) || (isNamespace && objects.has(name));

/** Statements of the outermost list that begin with an assignment. Logical ones may come to nothing. */
function noteCertain({ body }: Program, { certain }: Assignments): void {
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement') continue;
    const { expression } = statement;
    if (expression.type !== 'UpdateExpression' && expression.type !== 'AssignmentExpression') continue;
    if (expression.type === 'AssignmentExpression' && /[&|?]=$/.test(expression.operator)) continue;
    for (const name of namesIn(writeTargets(expression))) certain.add(name);
  }
}

/** The names that a value is given to which fits the pattern. */
function namesIn(targets: readonly (Node | null)[]): Node[] {
  return targets.flatMap((target) => {
    if (target?.type === 'Identifier') return [target];
    return target && /Pattern$|^RestElement$/.test(target.type) ? namesIn(writeTargets(target)) : [];
  });
}
