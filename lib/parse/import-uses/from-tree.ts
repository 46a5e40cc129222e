/** Uses of imported names in a tree, and what is wrong with some of them. */
import type { Identifier, Node } from 'estree';
import type { Concern, ImportEntry, ImportUse } from '../../facts';
import { useOf } from '../../import-use';
import type { EarlyError } from '../declarations/declarations';
import type { NameUse } from '../free-names/from-tree';
import { listedStatements, rangeOf, shorthandName } from '../tree/nodes';
import { declaringScope, type Scope } from '../tree/scope';
import { type Assignments, isAssigned, noAssignments, noteAssignments } from './assignments';

/** In which places names stand, whatever they mean. */
export interface Places {
  /** Functions of calls and tags of templates. */
  callees: Set<Node>;
  tags: Set<Node>;
  shorthands: Set<Node>;
  /** Where statements of lists begin. */
  statements: Set<number>;
  assignments: Assignments;
}

export const noPlaces = (): Places => ({
  callees: new Set(),
  tags: new Set(),
  shorthands: new Set(),
  statements: new Set(),
  assignments: noAssignments(),
});

/** Notes what the node says of the places of its children. Parents come first. */
export function notePlaces(node: Node, found: Places): void {
  noteAssignments(node, found.assignments);
  switch (node.type) {
    case 'CallExpression':
      found.callees.add(node.callee);
      break;
    case 'TaggedTemplateExpression':
      found.callees.add(node.tag);
      found.tags.add(node.tag);
      break;
    case 'Property':
      if (node.shorthand) found.shorthands.add(shorthandName(node));
  }
  for (const statement of listedStatements(node)) found.statements.add(rangeOf(statement).start);
}

/** Whether a statement of a list begins with the node. */
export const isStatement = (node: Node, { statements }: Places): boolean =>
  statements.has(rangeOf(node).start);

/** What is known of all names that mean imports. */
export interface SettledUses {
  /** In source order. */
  uses: ImportUse[];
  concerns: Concern[];
  error: EarlyError | undefined;
}

/**
 * Now that every declaration is known. `root` is the scope of the module.
 * @param homeOf gives the scope that declares an imported name
 */
export function settleUses(
  names: readonly NameUse[],
  imports: readonly ImportEntry[],
  places: Places,
  root: Scope,
  homeOf: (name: string) => Scope | undefined,
  source: string,
): SettledUses {
  const entries = new Map(imports.map(({ local }, index) => [local, index]));
  const uses: ImportUse[] = [];
  const concerns: Concern[] = [];
  let assigned: Identifier | undefined;
  for (const { node, name, start, scope } of names) {
    const entry = entries.get(name);
    if (entry === undefined || declaringScope(name, scope) !== homeOf(name)) continue;
    const isNamespace = imports[entry]?.name === undefined;
    if (isAssigned(node, isNamespace, places.assignments)) {
      if (places.assignments.certain.has(node)) assigned ??= node;
      concerns.push({ kind: 'assignment to an import', start, name });
    }
    const use = useOf(start, rangeOf(node).end, entry, formOf(node, places), source);
    if (places.tags.has(node)) use.isTag = true;
    if (places.assignments.names.has(node)) use.isAssigned = true;
    uses.push(use);
  }
  const error = assigned ? assignedError(assigned) : importError(imports, root);
  return { uses: uses.sort((a, b) => a.start - b.start), concerns, error };
}

function formOf(node: Node, places: Places): ImportUse['form'] {
  if (places.shorthands.has(node)) return 'shorthand';
  if (!places.callees.has(node)) return 'value';
  return isStatement(node, places) ? 'statement' : 'call';
}

const assignedError = (node: Identifier): EarlyError => ({
  start: rangeOf(node).start,
  message: `cannot assign to '${node.name}': it is an import, and only its own module can change it`,
});

/** ECMA-262, 16.2.1.1: an imported name is declared nowhere else; and it is a binding identifier of strict code. */
function importError(imports: readonly ImportEntry[], root: Scope): EarlyError | undefined {
  const isOfLanguage = ({ local }: ImportEntry): boolean => /^(?:arguments|eval)$/.test(local);
  const wrong = imports.find((each) => root.repeated?.has(each.local) || isOfLanguage(each));
  if (!wrong) return undefined;
  const reason = isOfLanguage(wrong)
    ? 'in modules, nothing may be called so'
    : 'this module declares that name again, or imports it twice';
  return { start: wrong.start, message: `'${wrong.local}' cannot be declared by this import: ${reason}` };
}
