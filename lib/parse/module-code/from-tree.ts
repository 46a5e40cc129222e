/** What the tree of an ES module has besides what those of scripts have, gathered by the same walk: see `../from-tree.ts`. */
import type { ForOfStatement, LabeledStatement, Node, Program } from 'estree';
import type { Concern, Range, TopLevelAwait } from '../../facts';
import {
  type Declarations,
  type EarlyError,
  exportError,
  type OtherSyntax,
} from '../declarations/declarations';
import { readDeclarations } from '../declarations/from-tree';
import { freeUses, type NameUse } from '../free-names/from-tree';
import { COMMON_NAMES, usedCommonNames } from '../free-names/names';
import { isStatement, noPlaces, notePlaces, type Places, settleUses } from '../import-uses/from-tree';
import { rangeOf } from '../tree/nodes';
import type { Scope } from '../tree/scope';

/** What every function but an arrow has. */
const ARGUMENTS = 'arguments';

/** What matters where a module does not declare it. */
const NOT_DECLARED: ReadonlySet<string> = new Set([...COMMON_NAMES, ARGUMENTS]);

export interface ModuleOccurrences {
  declarations: Declarations;
  /** Names besides the global ones that the scopes must watch. */
  watched: ReadonlySet<string>;
  names: NameUse[];
  places: Places;
  /** Statement → where its labels begin. */
  labels: Map<Node, number>;
  metas: Range[];
  awaits: TopLevelAwait[];
  comments: number[];
}

const isDeclaration = ({ type }: Node): boolean => type.startsWith('Import') || type.startsWith('Export');

/**
 * What to gather into, when the program is an ES module.
 * @param provided names that modules stand for where they are free
 */
export function moduleOccurrences(
  program: Program,
  source: string,
  isCertain: boolean,
  provided: readonly string[],
): ModuleOccurrences | undefined {
  if (!isCertain && program.sourceType !== 'module' && !program.body.some(isDeclaration)) return undefined;
  const declarations = readDeclarations(program, source);
  const imported = declarations.imports.map(({ local }) => local);
  const exported = declarations.exports.flatMap(({ local }) => local ?? []);
  return {
    declarations,
    watched: new Set([...NOT_DECLARED, ...imported, ...exported, ...provided]),
    names: [],
    places: noPlaces(),
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
  notePlaces(node, found.places);
  switch (node.type) {
    case 'Identifier':
      if (found.watched.has(node.name))
        found.names.push({ node, name: node.name, start: rangeOf(node).start, scope, isTested });
      break;
    case 'MetaProperty':
      if (node.meta.name === 'import') found.metas.push(rangeOf(node));
      break;
    case 'AwaitExpression':
      if (!scope.inFunction)
        found.awaits.push({ form: 'await', ...rangeOf(node), isStatement: isStatement(node, found.places) });
      break;
    case 'BinaryExpression':
      noteComment(rangeOf(node.right).start, source, found);
      break;
    case 'LabeledStatement':
      noteLabel(node, found);
      break;
    case 'ForOfStatement':
      if (node.await && !scope.inFunction) found.awaits.push(forAwait(node, found));
  }
}

/** `a<!--b` compares in a module and begins a comment in a script. ECMA-262, annex B.1.1. */
function noteComment(right: number, source: string, found: ModuleOccurrences): void {
  if (source.startsWith('<!--', right - 1)) found.comments.push(right);
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

/**
 * Now that every declaration is known.
 * @param free imported names that nothing declares, since they are provided
 * @param isLive whether what stands at a place is not dead
 */
export function settleModule(
  found: ModuleOccurrences,
  root: Scope,
  source: string,
  free: ReadonlySet<string>,
  isLive: (place: Pick<Range, 'start'>) => boolean,
): { syntax: OtherSyntax; error: EarlyError | undefined; concerns: Concern[] } {
  const { declarations, names, metas, awaits, comments } = found;
  const homeOf = (name: string): Scope | undefined => (free.has(name) ? undefined : root);
  const { uses, concerns, error } = settleUses(
    names,
    declarations.imports,
    found.places,
    root,
    homeOf,
    source,
  );
  const undeclared = freeUses(names.filter(({ name }) => NOT_DECLARED.has(name)));
  const unbound = undeclared.filter(({ name }) => name === ARGUMENTS).map(({ node }) => rangeOf(node));
  const commonNames = usedCommonNames(undeclared.filter((use) => use.name !== ARGUMENTS && isLive(use)));
  return {
    syntax: { uses, metas, awaits, unbound, commonNames, comments },
    error: error ?? exportError(declarations, (local) => root.names?.has(local) === true),
    concerns,
  };
}
