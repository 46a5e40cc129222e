/** What only ES modules have, gathered by the walk that gathers the rest: see `tree-occurrences.ts`. */
import type { ForOfStatement, Identifier, LabeledStatement, Node, Program, Property } from 'estree';
import type { Concern, ImportEntry, ImportUse, ModuleSyntax, Range, TopLevelAwait } from '../../model';
import { type Declarations, readDeclarations } from '../declarations/from-tree';
import { type Assignments, isAssigned, noAssignments, noteAssignments } from '../import-uses/assignments';
import { memberAfter } from '../import-uses/member';
import { rangeOf } from '../tree/nodes';
import { COMMON_NAMES, declaringScope, isFree, type Scope } from '../tree/scope';

/** What every function but an arrow has. */
const ARGUMENTS = 'arguments';

interface NameUse {
  node: Identifier;
  scope: Scope;
  isTested: boolean;
}

export interface ModuleOccurrences {
  declarations: Declarations;
  /** Names besides the global ones that the scopes must watch. */
  watched: ReadonlySet<string>;
  names: NameUse[];
  /** Functions of calls and tags of templates. */
  callees: Set<Node>;
  tags: Set<Node>;
  shorthands: Set<Node>;
  assignments: Assignments;
  /** Where statements of lists begin. */
  statements: Set<number>;
  /** Statement → where its labels begin. */
  labels: Map<Node, number>;
  metas: Range[];
  awaits: TopLevelAwait[];
  comments: number[];
}

const isDeclaration = ({ type }: Node): boolean => type.startsWith('Import') || type.startsWith('Export');

/** What to gather into, when the program is an ES module. */
export function moduleOccurrences(
  program: Program,
  source: string,
  isCertain: boolean,
): ModuleOccurrences | undefined {
  if (!isCertain && program.sourceType !== 'module' && !program.body.some(isDeclaration)) return undefined;
  const declarations = readDeclarations(program, source);
  const locals = declarations.exports.flatMap(({ local }) => local ?? []);
  return {
    declarations,
    watched: new Set([
      ...COMMON_NAMES,
      ARGUMENTS,
      ...declarations.imports.map(({ local }) => local),
      ...locals,
    ]),
    names: [],
    callees: new Set(),
    tags: new Set(),
    shorthands: new Set(),
    assignments: noAssignments(),
    statements: new Set(),
    labels: new Map(),
    metas: [],
    awaits: [],
    comments: [],
  };
}

/** Notes what the node and its place say. Parents come first. */
export function noteInModule(
  node: Node,
  scope: Scope,
  isTested: boolean,
  source: string,
  found: ModuleOccurrences,
): void {
  noteAssignments(node, found.assignments);
  switch (node.type) {
    case 'Identifier':
      if (found.watched.has(node.name)) found.names.push({ node, scope, isTested });
      break;
    case 'CallExpression':
      found.callees.add(node.callee);
      break;
    case 'TaggedTemplateExpression':
      found.callees.add(node.tag);
      found.tags.add(node.tag);
      break;
    case 'Property':
      if (node.shorthand) found.shorthands.add(shorthandName(node));
      break;
    case 'MetaProperty':
      if (node.meta.name === 'import') found.metas.push(rangeOf(node));
      break;
    case 'AwaitExpression':
      if (!scope.inFunction)
        found.awaits.push({ form: 'await', ...rangeOf(node), isStatement: isStatement(node, found) });
      break;
    case 'BinaryExpression':
      noteComment(rangeOf(node.right).start, source, found);
      break;
    default:
      noteStatements(node, scope, found);
  }
}

/** Of `{ name }` and, in a pattern, of `{ name = value }`. */
const shorthandName = ({ value }: Property): Node =>
  value.type === 'AssignmentPattern' ? value.left : value;

const isStatement = (node: Node, { statements }: ModuleOccurrences): boolean =>
  statements.has(rangeOf(node).start);

/** `a<!--b` compares in a module and begins a comment in a script. ECMA-262, annex B.1.1. */
function noteComment(right: number, source: string, found: ModuleOccurrences): void {
  if (source.startsWith('<!--', right - 1)) found.comments.push(right);
}

function noteStatements(node: Node, scope: Scope, found: ModuleOccurrences): void {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      for (const statement of node.body) found.statements.add(rangeOf(statement).start);
      break;
    case 'SwitchCase':
      for (const statement of node.consequent) found.statements.add(rangeOf(statement).start);
      break;
    case 'LabeledStatement':
      noteLabel(node, found);
      break;
    case 'ForOfStatement':
      if (node.await && !scope.inFunction) found.awaits.push(forAwait(node, found));
  }
}

function noteLabel(node: LabeledStatement, { labels }: ModuleOccurrences): void {
  labels.set(node.body, labels.get(node) ?? rangeOf(node).start);
}

function forAwait(node: ForOfStatement, { labels }: ModuleOccurrences): TopLevelAwait {
  const range = rangeOf(node);
  return {
    form: 'for',
    ...range,
    labelled: labels.get(node) ?? range.start,
    left: rangeOf(node.left),
    declares: node.left.type === 'VariableDeclaration',
    right: rangeOf(node.right),
    bodyStart: rangeOf(node.body).start,
  };
}

/** A rule of the language that the engines leave to us. */
export interface EarlyError {
  start: number;
  message: string;
}

/** Now that every declaration is known. Requests are still those of `declarations`. */
export function settleModule(
  found: ModuleOccurrences,
  root: Scope,
  source: string,
): Omit<ModuleSyntax, 'requests'> & { error: EarlyError | undefined; concerns: Concern[] } {
  const { imports, exports, indirectExports, stars, declarations } = found.declarations;
  const entries = new Map(imports.map(({ local }, index) => [local, index]));
  const uses: ImportUse[] = [];
  const concerns: Concern[] = [];
  let assigned: Identifier | undefined;
  for (const { node, scope } of found.names) {
    const entry = entries.get(node.name);
    if (entry === undefined || declaringScope(node.name, scope) !== root) continue;
    const isNamespace = imports[entry]?.name === undefined;
    if (isAssigned(node, isNamespace, found.assignments)) {
      if (found.assignments.certain.has(node)) assigned ??= node;
      concerns.push({ kind: 'assignment to an import', start: rangeOf(node).start, name: node.name });
    }
    const use: ImportUse = { ...rangeOf(node), entry, form: formOf(node, found) };
    if (found.tags.has(node)) use.isTag = true;
    if (found.assignments.names.has(node)) use.isAssigned = true;
    const member = isNamespace ? memberAfter(source, use.end) : undefined;
    uses.push(member === undefined ? use : { ...use, member });
  }
  return {
    imports,
    exports: exports.map(({ name, local }) => ({ name, local })),
    indirectExports,
    stars,
    declarations,
    uses: uses.sort((a, b) => a.start - b.start),
    metas: found.metas,
    awaits: found.awaits,
    unbound: freeUses(ARGUMENTS, found).map(({ node }) => rangeOf(node)),
    commonNames: commonNames(found),
    comments: found.comments,
    concerns,
    error: assigned
      ? assignedError(assigned)
      : (importError(imports, root) ?? exportError(found.declarations, root)),
  };
}

function formOf(node: Node, found: ModuleOccurrences): ImportUse['form'] {
  if (found.shorthands.has(node)) return 'shorthand';
  if (!found.callees.has(node)) return 'value';
  return isStatement(node, found) ? 'statement' : 'call';
}

/** Names that are only asked for make no CommonJS, but where there is some, they get their answer. */
function commonNames(found: ModuleOccurrences): string[] {
  const uses = COMMON_NAMES.map((name) => freeUses(name, found));
  if (uses.flat().every(({ isTested }) => isTested)) return [];
  return COMMON_NAMES.filter((_, index) => (uses[index] as NameUse[]).length > 0);
}

const freeUses = (name: string, { names }: ModuleOccurrences): NameUse[] =>
  names.filter(({ node, scope }) => node.name === name && isFree(name, scope));

const assignedError = (node: Identifier): EarlyError => ({
  start: rangeOf(node).start,
  message: `cannot assign to '${node.name}': it is an import, and only its own module can change it`,
});

/** ECMA-262, 16.2.1.1: an imported name is declared nowhere else; and it is a binding identifier of strict code. */
function importError(imports: readonly ImportEntry[], root: Scope): EarlyError | undefined {
  const wrong = imports.find(({ local }) => root.repeated?.has(local) || /^(?:arguments|eval)$/.test(local));
  return wrong && { start: wrong.start, message: `'${wrong.local}' cannot be declared by this import` };
}

/** ECMA-262, 16.2.1.1: exported names are declared and differ. */
function exportError({ exports, indirectExports }: Declarations, root: Scope): EarlyError | undefined {
  const seen = new Set<string>();
  for (const { name, start } of [...exports, ...indirectExports]) {
    if (seen.has(name)) return { start, message: `'${name}' is exported twice` };
    seen.add(name);
  }
  const unknown = exports.find(({ local }) => local !== undefined && !root.names?.has(local));
  if (unknown === undefined) return undefined;
  return { start: unknown.start, message: `'${unknown.local}' is exported but declared nowhere` };
}
