/** One walk over a tree that gathers whatever may turn out to be a fact. What is free is known only after it. */
import type { MemberExpression, Node, Program } from 'estree';
import { envName, writeTargets } from './env';
import type { Conditional } from './fold';
import type { Range } from './ranges';
import {
  type Candidate,
  caughtImport,
  declaredCandidates,
  directoryCandidates,
  importCandidates,
  labelTest,
  requireCandidates,
} from './references';
import { enterScope, isWatched, programScope, type Scope, type WatchedName } from './scope';
import { rangeOf, walk } from './tree';

/** A watched identifier where it is evaluated, declared or assigned. */
interface Use {
  name: WatchedName;
  start: number;
  scope: Scope;
  /** Operand of `typeof`: asks whether the name is there, and works when it is not. */
  isTested: boolean;
}

interface EnvRead {
  node: MemberExpression;
  name: string;
  scope: Scope;
}

export interface Occurrences {
  uses: Use[];
  candidates: Candidate[];
  envReads: EnvRead[];
  /** Parents before children. */
  conditionals: Conditional[];
  /** Blocks of `try` statements that catch, and where each `import()` begins whose promise is caught. */
  guarded: Range[];
  /** Offset of the first construct that only an ES module may contain. */
  moduleSyntax: number | undefined;
}

interface Gathering extends Occurrences {
  isLabelled: ((end: number) => boolean) | undefined;
  /** Nodes that look like values but are not: what is written to, and the strings of tagged templates. */
  notValues: Set<Node>;
  /** Operands of `typeof`. */
  tested: Set<Node>;
}

/** `label` is the regular expression source of a label comment. */
export function gather(program: Program, source: string, label: string | undefined): Occurrences {
  const hasLabels = label !== undefined && new RegExp(label).test(source);
  const found: Gathering = {
    uses: [],
    candidates: [],
    envReads: [],
    conditionals: [],
    guarded: [],
    moduleSyntax: undefined,
    isLabelled: hasLabels ? labelTest(source, label) : undefined,
    notValues: new Set(),
    tested: new Set(),
  };
  walk(program, programScope(program), (node, scope) => {
    note(node, scope, found);
    return enterScope(node, scope);
  });
  return found;
}

function note(node: Node, scope: Scope, found: Gathering): void {
  switch (node.type) {
    case 'Identifier':
      if (isWatched(node.name)) {
        found.uses.push({
          name: node.name,
          start: rangeOf(node).start,
          scope,
          isTested: found.tested.has(node),
        });
      }
      break;
    case 'MemberExpression':
      noteMember(node, scope, found);
      break;
    case 'CallExpression':
      found.candidates.push(...requireCandidates(node, scope));
      found.guarded.push(...caughtImport(node));
      break;
    case 'ImportExpression':
      found.candidates.push(...importCandidates(node, scope));
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
      noteModuleSyntax(node, scope, found);
      noteNotValues(node, found);
      if (node.type === 'UnaryExpression' && node.operator === 'typeof') found.tested.add(node.argument);
  }
}

function noteMember(node: MemberExpression, scope: Scope, found: Gathering): void {
  const name = found.notValues.has(node) ? undefined : envName(node);
  if (name !== undefined) found.envReads.push({ node, name, scope });
}

function noteDeclared(node: Node, scope: Scope, found: Gathering): void {
  const { isLabelled, candidates, notValues } = found;
  if (isLabelled === undefined || notValues.has(node)) return;
  if (node.type === 'BinaryExpression') candidates.push(...directoryCandidates(node, scope, isLabelled));
  else candidates.push(...declaredCandidates(node, scope, isLabelled));
}

function noteModuleSyntax(node: Node, scope: Scope, found: Gathering): void {
  if (!isModuleSyntax(node, scope)) return;
  found.moduleSyntax = Math.min(found.moduleSyntax ?? Infinity, rangeOf(node).start);
}

function isModuleSyntax(node: Node, scope: Scope): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
      return true;
    case 'MetaProperty':
      return node.meta.name === 'import';
    case 'AwaitExpression':
      return !scope.inFunction;
    case 'ForOfStatement':
      return node.await && !scope.inFunction;
    default:
      return false;
  }
}

function noteNotValues(node: Node, found: Gathering): void {
  if (node.type === 'TaggedTemplateExpression') found.notValues.add(node.quasi);
  for (const target of writeTargets(node)) {
    if (target?.type === 'MemberExpression') found.notValues.add(target);
  }
}
