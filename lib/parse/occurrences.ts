/** One walk over a tree that gathers whatever may turn out to be a fact. What is free is known only after it. */
import type { CallExpression, MemberExpression, Node, Program } from 'estree';
import type { Range } from '../ranges';
import { assetCandidates } from './asset-urls/from-tree';
import { WEBPACK_NAMES } from './concerns/foreign-names';
import { noteUnfollowed, nothingUnfollowed, type Unfollowed } from './concerns/from-tree';
import type { Conditional } from './dead-code/from-tree';
import { declaredCandidates, directoryCandidates } from './declared/from-tree';
import { labelTest } from './declared/labels';
import type { Definitions } from './define/define';
import { type DefinedUse, definedAt } from './define/from-tree';
import { caughtImport, importCandidates } from './dynamic-imports/from-tree';
import { type EnvRead, envName } from './env/from-tree';
import { type NameUse, noteQuestion, noteTested } from './free-names/from-tree';
import { GLOBAL_NAMES, type GlobalName, isGlobalName, NOT_IN_MODULES } from './free-names/names';
import { type ModuleOccurrences, moduleOccurrences, noteInModule } from './module-code/from-tree';
import { type MemberUse, moduleMembersIn } from './module-members/from-tree';
import { type PatternProbe, type PatternUse, patternMember } from './patterns/from-tree';
import type { ProvidedUse } from './provide/from-tree';
import type { Provide } from './provide/provide';
import { isModuleRequire, type ModuleRequire, requireCandidates } from './requires/from-tree';
import type { Candidate } from './tree/candidates';
import { listedStatements, rangeOf, walk } from './tree/nodes';
import { enterScope, programScope, type Scope } from './tree/scope';
import { writeTargets } from './tree/targets';
import { type Unsupported, unsupportedAt } from './tree/unsupported';
import { workerCandidates } from './workers/from-tree';
import { WORKER_NAMES } from './workers/names';

export interface Occurrences {
  /** Global names. */
  uses: NameUse<GlobalName>[];
  candidates: Candidate[];
  moduleRequires: ModuleRequire[];
  moduleMembers: MemberUse[];
  envReads: EnvRead[];
  /** Uses of names that have a value when the program is built. */
  defined: DefinedUse[];
  provided: ProvidedUse[];
  patterns: PatternUse[];
  probes: PatternProbe[];
  /** Parents before children. */
  conditionals: Conditional[];
  /** Blocks of `try` statements that catch, and where each `import()` begins whose promise is caught. */
  guarded: Range[];
  unfollowed: Unfollowed;
  /** Something that no bundle can have. */
  unsupported: Unsupported | undefined;
  /** The outermost scope. */
  root: Scope;
  /** What else there is when the program is an ES module. */
  module: ModuleOccurrences | undefined;
}

const NOTHING: ReadonlySet<string> = new Set();

interface Gathering extends Occurrences {
  source: string;
  isLabelled: ((end: number) => boolean) | undefined;
  /** Nodes that look like values but are not: what is written to, and the strings of tagged templates. */
  notValues: Set<Node>;
  /** Operands of `typeof`, each with that. */
  tested: Map<Node, Node>;
  /** Names by which it is asked whether a value is a Buffer, each with what asks. */
  questions: Map<Node, Node>;
  /** Names that are key and value of a property. */
  shorthands: Set<Node>;
  /** Where statements of lists begin, if there are definitions. */
  statements: Set<number>;
  definitions: Definitions | undefined;
  provide: Provide;
}

/** The names whose declarations matter in modules of both kinds. */
const WATCHED: ReadonlySet<string> = new Set([
  ...GLOBAL_NAMES,
  ...WORKER_NAMES,
  ...WEBPACK_NAMES,
  'module',
  'define',
]);

/**
 * @param label the regular expression source of a label comment
 * @param isNodes whether the program is an ES module in Node as well
 * @param definitions names that have a value
 * @param provide names that modules stand for
 */
export function gather(
  program: Program,
  source: string,
  label: string | undefined,
  isNodes: boolean,
  definitions?: Definitions,
  provide: Provide = {},
): Occurrences {
  const hasLabels = label !== undefined && new RegExp(label).test(source);
  const module = moduleOccurrences(program, source, isNodes, Object.keys(provide));
  const more = [...(module?.watched ?? []), ...(definitions?.roots ?? []), ...Object.keys(provide)];
  const watched = more.length > 0 ? new Set([...WATCHED, ...more]) : WATCHED;
  const root = programScope(program, watched, isNodes ? NOT_IN_MODULES : NOTHING);
  const found: Gathering = {
    source,
    uses: [],
    candidates: [],
    moduleRequires: [],
    moduleMembers: [],
    envReads: [],
    defined: [],
    provided: [],
    patterns: [],
    probes: [],
    conditionals: [],
    guarded: [],
    unfollowed: nothingUnfollowed(module ? requireMakers(module) : []),
    unsupported: undefined,
    root,
    module,
    isLabelled: hasLabels ? labelTest(source, label) : undefined,
    notValues: new Set(),
    tested: new Map(),
    questions: new Map(),
    shorthands: new Set(),
    statements: new Set(),
    definitions,
    provide,
  };
  walk(program, root, (node, scope) => {
    note(node, scope, found);
    noteDefined(node, scope, found);
    noteProvided(node, scope, found);
    for (const name of moduleMembersIn(node)) found.moduleMembers.push({ name, scope });
    noteUnfollowed(node, scope, found, found.unfollowed);
    notePattern(node, scope, found);
    found.unsupported ??= unsupportedAt(node, scope);
    if (module) noteInModule(node, scope, found.tested.has(node), source, module);
    return enterScope(node, scope);
  });
  return found;
}

/** The names under which a module imports `createRequire`, wherever from. */
const requireMakers = ({ declarations: { imports } }: ModuleOccurrences): string[] =>
  imports.filter(({ name }) => name === 'createRequire').map(({ local }) => local);

function note(node: Node, scope: Scope, found: Gathering): void {
  switch (node.type) {
    case 'Identifier':
      if (isGlobalName(node.name)) {
        found.uses.push({
          node,
          name: node.name,
          start: rangeOf(node).start,
          scope,
          test: found.tested.get(node),
          isTested: found.tested.has(node),
          question: found.questions.get(node),
        });
      }
      break;
    case 'MemberExpression':
      noteMember(node, scope, found);
      break;
    case 'CallExpression':
      noteRequire(node, scope, found);
      noteQuestion(node, found.questions);
      found.guarded.push(...caughtImport(node));
      break;
    case 'NewExpression':
      found.candidates.push(
        ...workerCandidates(node, scope, found.source),
        ...assetCandidates(node, scope, found.source),
      );
      break;
    case 'ImportExpression':
      found.candidates.push(...importCandidates(node, scope, found.source));
      break;
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'LogicalExpression':
      found.conditionals.push(node);
      break;
    case 'TryStatement':
      if (node.handler) found.guarded.push(rangeOf(node.block));
      break;
    default:
      noteDeclared(node, scope, found);
      noteNotValues(node, found);
      noteTested(node, found.tested);
      noteQuestion(node, found.questions);
  }
}

function noteDefined(node: Node, scope: Scope, found: Gathering): void {
  const { definitions, notValues, shorthands, statements, tested } = found;
  // Parents come first.
  for (const target of writeTargets(node)) if (target?.type === 'Identifier') notValues.add(target);
  if (definitions === undefined) return;
  if (node.type === 'Property' && node.shorthand) shorthands.add(node.value);
  for (const statement of listedStatements(node)) statements.add(rangeOf(statement).start);
  if ((node.type !== 'Identifier' && node.type !== 'MemberExpression') || notValues.has(node)) return;
  const use = definedAt(node, definitions);
  if (use === undefined) return;
  const place = { isShorthand: shorthands.has(node), isFirst: statements.has(rangeOf(node).start) };
  found.defined.push({ ...use, node, scope, test: tested.get(node), ...place });
}

function noteProvided(node: Node, scope: Scope, found: Gathering): void {
  if (node.type !== 'Identifier' || !Object.hasOwn(found.provide, node.name)) return;
  found.provided.push({ node, name: node.name, scope, isWritten: found.notValues.has(node) });
}

function notePattern(node: Node, scope: Scope, { patterns, probes, unfollowed }: Gathering): void {
  const by = node.type === 'CallExpression' ? patternMember(node.callee) : undefined;
  if (by !== undefined) patterns.push({ node: node as CallExpression, scope, by });
  if (node.type === 'MemberExpression' && unfollowed.asked.has(node) && patternMember(node) === 'context')
    probes.push({ node, scope });
}

function noteRequire(node: CallExpression, scope: Scope, found: Gathering): void {
  if (isModuleRequire(node.callee)) found.moduleRequires.push({ ...rangeOf(node.callee), scope });
  found.candidates.push(...requireCandidates(node, scope, found.source));
}

function noteMember(node: MemberExpression, scope: Scope, found: Gathering): void {
  const read = found.notValues.has(node) ? undefined : envName(node);
  if (read) found.envReads.push({ node, ...read, scope });
}

function noteDeclared(node: Node, scope: Scope, found: Gathering): void {
  const { isLabelled, candidates, notValues } = found;
  if (isLabelled === undefined || notValues.has(node)) return;
  if (node.type === 'BinaryExpression') candidates.push(...directoryCandidates(node, scope, isLabelled));
  candidates.push(...declaredCandidates(node, scope, isLabelled));
}

function noteNotValues(node: Node, found: Gathering): void {
  if (node.type === 'TaggedTemplateExpression') found.notValues.add(node.quasi);
  for (const target of writeTargets(node)) {
    if (target?.type === 'MemberExpression') found.notValues.add(target);
  }
}
