/** Free names in a tree: which uses of a name mean what Node gives is known after the walk, since declarations hoist. */
import type { Identifier, Node } from 'estree';
import type { ModuleFacts, NodeGlobal } from '../../facts';
import { covers, type Range } from '../../ranges';
import type { Values } from '../tree/constants';
import { propertyName } from '../tree/nodes';
import { isFree, type Scope } from '../tree/scope';
import { type FreeUse, type GlobalName, neededGlobals } from './names';

/** A name where it is evaluated, declared or written to. */
export interface NameUse<Name extends string = string> extends FreeUse<Name> {
  node: Identifier;
  start: number;
  scope: Scope;
  /** The `typeof` that it is the operand of. */
  test?: Node | undefined;
  /** What asks by the name whether a value is a Buffer. */
  question?: Node | undefined;
}

/** Notes the operand of a `typeof`. Parents come first. */
export function noteTested(node: Node, tested: Map<Node, Node>): void {
  if (node.type === 'UnaryExpression' && node.operator === 'typeof') tested.set(node.argument, node);
}

/** Notes the name in `x instanceof Buffer` and in `Buffer.isBuffer(x)`, whatever name that is. Parents come first. */
export function noteQuestion(node: Node, questions: Map<Node, Node>): void {
  if (node.type === 'BinaryExpression' && node.operator === 'instanceof') questions.set(node.right, node);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
  if (!node.callee.computed && propertyName(node.callee) === 'isBuffer')
    questions.set(node.callee.object, node);
}

export const freeUses = <Name extends string>(uses: readonly NameUse<Name>[]): NameUse<Name>[] =>
  uses.filter(({ name, scope }) => isFree(name, scope));

/** Whether `require` is used, and not only asked for. */
export const usesRequire = (uses: readonly NameUse[]): boolean =>
  uses.some(({ name, isTested, scope }) => name === 'require' && !isTested && isFree(name, scope));

/** Where it is asked whether there is a `require`. */
export const requireTests = (uses: readonly NameUse[]): number[] =>
  uses.flatMap(({ name, isTested, start }) => (name === 'require' && isTested ? [start] : []));

/**
 * @param unused ranges of dead code and of what rendering replaces, which are never evaluated; each list sorted, and apart
 * @param deadIf what else would be dead if such expressions had such values
 */
export function nodeGlobals(
  uses: readonly NameUse<GlobalName>[],
  unused: readonly (readonly Range[])[],
  deadIf: (values: Values) => Range[],
): Pick<ModuleFacts, 'nodeGlobals' | 'onlyTestsBuffer'> {
  const live = uses.filter(({ start }) => !unused.some((ranges) => covers(ranges, start)));
  const given = freeUses(live).filter((use): use is NameUse<NodeGlobal> => use.name !== 'require');
  const needed = neededGlobals(given, (shimmed) => {
    const named = given.filter(({ name }) => name === shimmed);
    const dead = deadIf(new Map(named.flatMap(({ test }) => (test ? [[test, 'undefined']] : []))));
    return named.some(({ isTested, start }) => !isTested && !covers(dead, start));
  });
  return {
    nodeGlobals: needed,
    ...(needed.includes('Buffer') && onlyTestsBuffer(given, deadIf) && { onlyTestsBuffer: true }),
  };
}

/**
 * Whether all uses of `Buffer` that are alive where nothing is an instance of it ask what values are. What stands under `isBuffer` may be alive: that of the
 * shim knows the Buffers of other copies, too.
 */
function onlyTestsBuffer(
  given: readonly NameUse<NodeGlobal>[],
  deadIf: (values: Values) => Range[],
): boolean {
  const named = given.filter(({ name, isTested }) => name === 'Buffer' && !isTested);
  if (named.every(({ question }) => question === undefined)) return false;
  const dead = deadIf(
    new Map(
      named.flatMap(({ question }) => (question?.type === 'BinaryExpression' ? [[question, false]] : [])),
    ),
  );
  return named.every(({ question, start }) => question !== undefined || covers(dead, start));
}
