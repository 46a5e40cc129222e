/**
 * What names modules in ways that a build cannot follow, or asks for what only other bundlers and Node have: in a page it throws. Gathered by
 * the walk of `../occurrences.ts`; what is free is known after it. Trees alone tell: the reader of tokens gives up wherever there may be a concern.
 */
import type { CallExpression, MemberExpression, Node, VariableDeclarator } from 'estree';
import type { Concern, ModuleMember, Reference } from '../../facts';
import { covers, type Range } from '../../ranges';
import { moduleMembersIn } from '../module-members/from-tree';
import { isResolved } from '../requires/from-tree';
import { isOfNode, MEMBERS_OF_REQUIRE } from '../requires/require';
import type { Candidate } from '../tree/candidates';
import { calledName, propertyName, rangeOf, stringValue } from '../tree/nodes';
import { isFree, type Scope } from '../tree/scope';
import { writeTargets } from '../tree/targets';
import { noteAsked } from './asked';
import { definesAmd, WEBPACK_NAMES } from './foreign-names';
import { isImportMeta, urlConcern } from './urls';

/** A concern, if the name it hangs on proves free. */
export interface Doubt {
  concern: Concern;
  scope: Scope;
  needs?: string;
}

interface MemberUse extends Doubt {
  /** Is only asked for, or written to: the module knows that it may not be there. */
  isKnown: boolean;
}

export interface Unfollowed {
  /** What throws, unless it is caught. */
  doubts: Doubt[];
  members: MemberUse[];
  createRequires: Concern[];
  /** What is not what it should be, whether something throws or not. */
  concerns: Concern[];
  /** Names of functions that are Node's `createRequire`, if they come from Node. */
  makers: ReadonlySet<string>;
  asked: Set<Node>;
  /** Names of `require` that are called, written to, or have a member that is used. */
  understood: Set<Node>;
  /** What is given to `ensure`, or comes from `require.resolve('x')`, is what `require` takes. */
  hasIds: boolean;
  /** Variables whose value is a path that no label makes a dependency, and where that stands. */
  paths: Map<string, number>;
  /** Names that stand in lists for `ensure`. */
  ensured: Set<string>;
}

/** @param makers names that a module gives to Node's `createRequire` */
export const nothingUnfollowed = (makers: readonly string[]): Unfollowed => ({
  doubts: [],
  members: [],
  createRequires: [],
  concerns: [],
  makers: new Set(['createRequire', 'createRequireFromPath', ...makers]),
  asked: new Set(),
  understood: new Set(),
  hasIds: false,
  paths: new Map(),
  ensured: new Set(),
});

/** Ways to call it that are not followed. */
const CALLS: ReadonlySet<string> = new Set(['call', 'apply', 'bind']);

interface Surroundings {
  source: string;
  isLabelled: ((end: number) => boolean) | undefined;
  /** What is written to, among others. */
  notValues: ReadonlySet<Node>;
  /** Operands of `typeof`. */
  tested: ReadonlyMap<Node, Node>;
}

/** Notes what the node says. Parents come first. */
export function noteUnfollowed(node: Node, scope: Scope, around: Surroundings, found: Unfollowed): void {
  noteAsked(node, found.asked);
  switch (node.type) {
    case 'Identifier':
      if (node.name === 'require' && !found.understood.has(node) && !found.asked.has(node))
        found.doubts.push(requireAsValue(node, scope));
      if (WEBPACK_NAMES.has(node.name))
        found.members.push({ ...foreignName(node, node.name, scope), isKnown: around.tested.has(node) });
      break;
    case 'MemberExpression':
      noteMember(node, scope, found.asked.has(node) || around.notValues.has(node), found);
      break;
    case 'CallExpression':
      noteCall(node, scope, around, found);
      noteUrl(node, scope, around, found);
      break;
    case 'NewExpression':
      noteUrl(node, scope, around, found);
      break;
    case 'VariableDeclarator':
      noteDestructured(node, scope, found);
      notePath(node, around, found);
      break;
    default:
      noteWritten(node, found);
  }
}

const requireAsValue = (node: Node, scope: Scope): Doubt => ({
  concern: { kind: 'require as a value', start: rangeOf(node).start },
  scope,
  needs: 'require',
});

const foreignName = (node: Node, name: string, scope: Scope): Doubt => ({
  concern: { kind: 'name of another bundler', start: rangeOf(node).start, name },
  scope,
  needs: name,
});

function noteWritten(node: Node, { understood }: Unfollowed): void {
  for (const target of writeTargets(node)) if (target?.type === 'Identifier') understood.add(target);
}

function noteMember(node: MemberExpression, scope: Scope, isKnown: boolean, found: Unfollowed): void {
  const { object } = node;
  const name = propertyName(node);
  const { start } = rangeOf(node);
  if (isImportMeta(object)) {
    if (name !== undefined) noteMetaMember(name, start, scope, isKnown, found);
  } else if (object.type === 'Identifier' && object.name === 'require') {
    found.understood.add(object);
    if (name === undefined || MEMBERS_OF_REQUIRE.has(name)) return;
    const concern: Concern = { kind: 'member of require', start, name };
    if (CALLS.has(name)) found.doubts.push(requireAsValue(object, scope));
    else found.members.push({ concern, scope, needs: 'require', isKnown });
  } else if (name !== undefined) {
    const [member] = object.type === 'MemberExpression' ? moduleMembersIn(object) : [];
    const concern: Concern = { kind: 'member of module', start, name: `${member}.${name}` };
    if (isVain(member, name)) found.members.push({ concern, scope, needs: 'module', isKnown });
  }
}

/** Whether a page has no such member of a member of `module`, or nobody minds what becomes of it. */
function isVain(member: ModuleMember | undefined, name: string): boolean {
  if (member === 'parent') return !['exports', 'id', 'loaded'].includes(name);
  return member === 'paths' && ['push', 'unshift', 'splice'].includes(name);
}

function noteMetaMember(
  name: string,
  start: number,
  scope: Scope,
  isKnown: boolean,
  { members }: Unfollowed,
): void {
  if (name === 'url') return;
  members.push({ concern: { kind: 'member of import.meta', start, name }, scope, isKnown });
}

/** `const { env } = import.meta`. */
function noteDestructured({ id, init }: VariableDeclarator, scope: Scope, found: Unfollowed): void {
  if (id.type !== 'ObjectPattern' || !init || !isImportMeta(init)) return;
  for (const property of id.properties) {
    if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') continue;
    const hasDefault = property.value.type === 'AssignmentPattern';
    noteMetaMember(property.key.name, rangeOf(property).start, scope, hasDefault, found);
  }
}

function noteCall(
  node: CallExpression,
  scope: Scope,
  { source, isLabelled }: Surroundings,
  found: Unfollowed,
): void {
  const { callee } = node;
  if (callee.type === 'Identifier' && callee.name === 'require') found.understood.add(callee);
  if (callee.type === 'Identifier' && callee.name === 'define' && definesAmd(source, rangeOf(node).start))
    found.doubts.push(foreignName(callee, 'define', scope));
  const name = calledName(callee);
  if (isResolved(node)) found.hasIds = true;
  if (name === undefined) return;
  if (name === 'ensure') noteEnsure(node, scope, isLabelled, found);
  if (found.makers.has(name))
    found.createRequires.push({ kind: 'createRequire()', start: rangeOf(callee).start });
}

/** A path that no label makes a dependency. */
const isPlainPath = (node: Node, isLabelled: Surroundings['isLabelled']): boolean =>
  /^\.{0,2}\//.test(stringValue(node) ?? '') && !isLabelled?.(rangeOf(node).end);

/** `const x = './x'`. */
function notePath({ id, init }: VariableDeclarator, { isLabelled }: Surroundings, found: Unfollowed): void {
  if (id.type === 'Identifier' && init && isPlainPath(init, isLabelled))
    found.paths.set(id.name, rangeOf(init).start);
}

/** `ensure(['./x'], …)`, or with the names of variables. */
function noteEnsure(
  { callee, arguments: [list, callback] }: CallExpression,
  scope: Scope,
  isLabelled: Surroundings['isLabelled'],
  found: Unfollowed,
): void {
  found.hasIds = true;
  if (list?.type !== 'ArrayExpression') return;
  if (isOfRequire(callee) && (list.elements.length === 0 || takesRequire(callback))) {
    const concern: Concern = { kind: 'ensure() without label', start: rangeOf(list).start, name: 'require' };
    found.doubts.push({ concern, scope, needs: 'require' });
    return;
  }
  for (const each of list.elements) if (each?.type === 'Identifier') found.ensured.add(each.name);
  const plain = list.elements.find((each) => each && isPlainPath(each, isLabelled));
  if (plain) found.concerns.push({ kind: 'ensure() without label', start: rangeOf(plain).start });
}

const isOfRequire = (callee: Node): boolean =>
  callee.type === 'MemberExpression' &&
  callee.object.type === 'Identifier' &&
  callee.object.name === 'require';

/** As webpack's callback does: another one gets an error. */
function takesRequire(callback: Node | undefined): boolean {
  if (callback?.type !== 'FunctionExpression' && callback?.type !== 'ArrowFunctionExpression') return false;
  const [first] = callback.params;
  return first?.type === 'Identifier' && first.name === 'require';
}

function noteUrl(
  node: Parameters<typeof urlConcern>[0],
  scope: Scope,
  { source }: Surroundings,
  found: Unfollowed,
): void {
  const url = urlConcern(node, source);
  if (url?.concern.kind === 'new URL()') found.concerns.push(url.concern);
  else if (url) found.doubts.push({ ...url, scope });
}

/** What is known once everything is gathered. Ranges are sorted and apart. */
export interface Knowledge {
  /** What names nothing. */
  unnamed: readonly Candidate[];
  references: readonly Reference[];
  /** What is caught when it throws. */
  caught: readonly Range[];
  /** What depends on whether there is a `require`. */
  probed: readonly Range[];
}

/** What remains of the doubts: a module that catches what is thrown, or asks before, is left in peace. */
export function concernsOf(found: Unfollowed, known: Knowledge): Concern[] {
  const doubts = [...found.doubts, ...unknownMembers(found), ...unnamedRequires(found, known)];
  const thrown = doubts
    .filter(({ needs, scope }) => needs === undefined || isFree(needs, scope))
    .filter(({ needs, concern }) => needs !== 'require' || !covers(known.probed, concern.start))
    .map(({ concern }) => concern);
  if (known.references.some(isOfNode)) thrown.push(...found.createRequires);
  const imports = known.unnamed.filter(({ kind }) => kind === 'import()');
  const workers = known.references.filter(({ kind }) => kind === 'new Worker()');
  return [
    ...found.concerns.filter(({ start }) => !covers(workers, start)),
    ...ensuredPaths(found),
    ...imports.flatMap(({ concern }) => concern ?? []),
    ...thrown.filter(({ start }) => !covers(known.caught, start)),
  ];
}

/** Of variables that are given to `ensure`. */
const ensuredPaths = ({ paths, ensured }: Unfollowed): Concern[] =>
  [...paths].flatMap(([name, start]) =>
    ensured.has(name) ? [{ kind: 'ensure() without label', start }] : [],
  );

/** Where there are ids, such as declared strings, expressions may be what names modules when it runs. */
function unnamedRequires({ hasIds }: Unfollowed, { unnamed, references }: Knowledge): Doubt[] {
  if (hasIds || references.some(({ kind }) => kind === 'declared')) return [];
  return unnamed.flatMap(({ kind, concern, scope }) =>
    kind === 'require' && concern ? [{ concern, scope, needs: 'require' as const }] : [],
  );
}

/** Members that nobody asks for before. */
function unknownMembers({ members }: Unfollowed): Doubt[] {
  const keyOf = ({ concern: { kind, name } }: Doubt): string => `${kind} ${name}`;
  const known = new Set(members.filter(({ isKnown }) => isKnown).map(keyOf));
  return members.filter((member) => !known.has(keyOf(member)));
}
