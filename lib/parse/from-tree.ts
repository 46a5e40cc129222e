/**
 * The facts of a module as its syntax tree tells them: of every source that is valid, and with its errors of those that are not. One walk
 * gathers what may be a fact (`occurrences.ts`); then every declaration is known, and with it what is free and alive.
 */
import type { Node, Program } from 'estree';
import { invalidPattern, locate, syntaxError, unsupportedSyntax } from '../errors';
import type { Concern, Constant, ModuleFacts, ModuleSyntax, Range, Reference, Replacement } from '../facts';
import { covers, outermost } from '../ranges';
import { concernsOf } from './concerns/from-tree';
import { missingNames } from './concerns/missing-names';
import { probedRanges } from './concerns/probed';
import { deadBranches } from './dead-code/from-tree';
import { syntaxOf } from './declarations/declarations';
import type { Definitions } from './define/define';
import { definedAsNothing, definedReplacements, definedValues, settleDefined } from './define/from-tree';
import type { Env } from './env/env';
import { envValues, replacementsOf } from './env/from-tree';
import { nodeGlobals, requireTests, usesRequire } from './free-names/from-tree';
import { settleModule } from './module-code/from-tree';
import { membersOfModule } from './module-members/from-tree';
import { gather, type Occurrences } from './occurrences';
import { partsOfTree } from './parts/from-tree';
import { calledPatterns, metProbes, type Patterns, textPatterns } from './patterns/from-tree';
import { addGlobs, withGlobs } from './patterns/in-module';
import { addProvided, type ProvidedName, providedNames } from './provide/from-tree';
import type { Provide } from './provide/provide';
import { plainRequires } from './requires/from-tree';
import { settleCandidates } from './tree/candidates';
import type { Values } from './tree/constants';
import { rangeOf } from './tree/nodes';

export interface TreeOptions {
  /** For errors. */
  fileName: string;
  env: Env;
  /** Names that have a value, if there are any. */
  definitions: Definitions | undefined;
  /** Names that modules stand for. */
  provide: Provide;
  /** Source of a regular expression for label comments, if there are labels. */
  label: string | undefined;
  /** The source is an ES module in Node by its name or its package.json. */
  isNodes: boolean;
  /** It is certainly an ES module, whatever it holds. */
  isCertain: boolean;
  /** It is of an installed package. */
  published: boolean;
  /** Imported functions whose calls have no effects. */
  effectless: readonly string[];
}

type Edit = Reference | Replacement;

/** Throws a `SYNTAX_ERROR` where a tree says more than the language allows, and where it has what no bundle can have. */
export function treeFacts(program: Program, source: string, options: TreeOptions): ModuleFacts {
  const { fileName, env, label, isNodes, isCertain, definitions, provide, published, effectless } = options;
  const found = gather(program, source, label, isNodes, definitions, provide);
  if (found.unsupported) throw unsupportedSyntax(fileName, source, found.unsupported);
  const imported = definitions?.imported ?? NO_NAMES;
  const defined = settleDefined(found.defined, imported, found.root, entriesIn(found));
  const envs = envValues(found.envReads, env);
  const values: Values = new Map<Node, Constant>([...envs, ...definedValues(defined)]);
  const nothing = definedAsNothing(defined);
  const dead = deadBranches(found.conditionals, values, nothing);
  const caught = outermost(found.guarded);
  const { references, unnamed } = settleCandidates(found.candidates, values, caught);
  const given = definedReplacements(defined);
  const isGiven = ({ start, end }: Range): boolean =>
    given.some((each) => each.start === start && each.end >= end);
  const isLive = (range: Range): boolean => !covers(dead, range.start) && !isGiven(range);
  const patterns = patternsIn(found, isLive, source, options);
  const tables = [...patterns.others, ...textPatterns(unnamed, values, published)];
  if (found.module) addGlobs(patterns.globs, source, found.module.declarations);
  const imports = found.module?.declarations.references ?? [];
  const edits = outermost<Edit>(
    [
      ...imports,
      ...references,
      ...tables,
      ...metProbes(found.probes, patterns.others),
      ...given,
      ...replacementsOf(envs),
      ...plainRequires(found.moduleRequires),
    ].filter(({ start }) => !covers(dead, start)),
  );
  const replacements = edits.filter((edit) => 'text' in edit);
  const live = edits.filter((edit) => 'kind' in edit);
  const isImporter = found.module !== undefined && declaresModule(found.module, isCertain);
  const provided = providedNames(found.provided, provide, source, isImporter ? 'import' : 'require', [
    dead,
    edits,
  ]);
  if (found.module && isImporter) addProvided(provided, found.module.declarations);
  const all = [...live, ...provided.map(({ reference }) => reference)];
  const module = moduleSyntax(found, all, source, options, isImporter ? provided : [], dead);
  const { syntax } = module ?? {};
  const replaced = patterns.globs.length > 0 ? outermost([...replacements, ...patterns.globs]) : replacements;
  if (syntax) syntax.metas = syntax.metas.filter(({ start }) => !covers(replaced, start));
  // What has a value may begin with a name that modules stand for, or is an import itself.
  if (syntax && (provided.length > 0 || imported.size > 0))
    syntax.uses = syntax.uses.filter(({ start }) => !covers(replaced, start));
  if (syntax) syntax.uses = withGlobs(patterns.globs, source, syntax);
  const parts =
    syntax && hasParts(syntax)
      ? partsOfTree(
          program,
          source,
          syntax.imports,
          dead,
          [...patterns.globs, ...[...values.keys()].map(rangeOf)],
          effectless,
        )
      : undefined;
  if (syntax && parts) syntax.parts = parts;
  const isProvided = new Set(provided.map(({ name }) => name));
  const moduleMembers = membersOfModule(found.moduleMembers);
  const names = [...found.uses, ...(found.module?.names ?? [])];
  const concerns = concernsOf(found.unfollowed, {
    unnamed,
    references: live,
    caught,
    probed: probedRanges(found.conditionals, requireTests(found.uses)),
  }).concat(
    module?.concerns ?? [],
    missingNames(names, found.root.parent, found.conditionals, outermost([...caught, ...dead])),
  );
  return {
    references: all,
    replacements,
    ...nodeGlobals(
      found.uses.filter(({ name }) => !isProvided.has(name)),
      [dead, edits],
      (assumed) => deadBranches(found.conditionals, new Map([...values, ...assumed]), nothing),
    ),
    syntax: module?.syntax,
    concerns: concerns
      .filter((each) => !isUnderstood(each, patterns))
      .concat(patterns.concerns.filter(({ start }) => !covers(caught, start)))
      .filter(({ start }) => !covers(dead, start) && !covers(replacements, start))
      .sort((a, b) => a.start - b.start),
    ...(moduleMembers.length > 0 && { moduleMembers }),
  };
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** Declarations that have no values. */
const entriesIn = ({ module }: Occurrences): Range[] =>
  module?.declarations.declarations.filter(({ form }) => form === 'entries') ?? [];

/** What is called with a pattern. One that is not understood is the author's to correct, unless that is somebody else. */
function patternsIn(
  { patterns, probes }: Occurrences,
  isLive: (range: Range) => boolean,
  source: string,
  { fileName, published }: TreeOptions,
): Patterns {
  return calledPatterns(patterns, probes, isLive, ({ start, message, hint }) => {
    if (!published) throw invalidPattern(locate(fileName, source, start), message, hint);
  });
}

/** Whether a member that only others have is one after all. */
const isUnderstood = ({ start, kind }: Concern, { concerns }: Patterns): boolean =>
  kind.startsWith('member of') && concerns.some((each) => each.start === start);

/** Where a module waits, or is CommonJS as well, it is kept as it is. */
const hasParts = ({ awaits, commonNames }: ModuleSyntax): boolean => awaits.length + commonNames.length === 0;

/** A tree of a module that declares nothing is one of CommonJS, if it asks for what that gives: there are parsers that make no other trees. */
function moduleSyntax(
  found: Occurrences,
  references: readonly Reference[],
  source: string,
  { fileName, isCertain }: TreeOptions,
  provided: readonly ProvidedName[],
  dead: readonly Range[],
): { syntax: ModuleSyntax; concerns: Concern[] } | undefined {
  if (found.module === undefined) return undefined;
  const isLive = ({ start }: Pick<Range, 'start'>): boolean => !covers(dead, start);
  const free = new Set(provided.map(({ name }) => name));
  const { syntax, error, concerns } = settleModule(found.module, found.root, source, free, isLive);
  if (error) throw syntaxError(fileName, source, error.start, error.message);
  const isRequired =
    usesRequire(found.uses.filter(isLive)) || plainRequires(found.moduleRequires.filter(isLive)).length > 0;
  const commonNames = isRequired ? [...syntax.commonNames, 'require'] : syntax.commonNames;
  const whole = syntaxOf(found.module.declarations, references, { ...syntax, commonNames });
  const { awaits } = whole;
  if (!declaresModule(found.module, isCertain) && commonNames.length > 0) return undefined;
  if (isTorn(source, whole)) {
    const message = 'await at the top level makes this an ES module, and an ES module has no module.exports';
    throw syntaxError(fileName, source, (awaits[0] as Range).start, message);
  }
  return { syntax: whole, concerns };
}

/** Whether anything says that the source is an ES module. */
const declaresModule = (
  { declarations, metas, awaits }: NonNullable<Occurrences['module']>,
  isCertain: boolean,
): boolean => isCertain || declarations.declarations.length + metas.length + awaits.length > 0;

/** Whether the source waits as only an ES module can, and exports as only CommonJS does. */
function isTorn(source: string, syntax: ModuleSyntax): boolean {
  const { awaits, exports, indirectExports, stars, commonNames } = syntax;
  if (awaits.length === 0 || exports.length + indirectExports.length + stars.length > 0) return false;
  return commonNames.some((name) => name !== 'require') && /\bmodule\s*\.\s*exports\b/.test(source);
}
