/** One file's text → a Module with its dependencies known: parse, then resolve. Reads no module itself. */
import { extname } from 'node:path';
import type { Missing } from './check/missing';
import { DynapackError } from './errors';
import { formatError, isScript, syntaxHint } from './formats';
import type { PackageOf } from './fs/packages';
import type { Resolution, Resolve } from './fs/resolve';
import { isAccepted, refusalOf } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import type { InputMap, Module, ModuleFacts, NodeGlobal, Reference } from './model';
import type { ResolvedOptions } from './options';
import { type ParseOptions, parseFacts } from './parse/facts';
import { JSON_HEAD, jsonModule, normalise } from './parse/source';

/** A module text as it arrives from the disk, a File or a transform. */
export interface ModuleText {
  /** Absolute path at discovery: what the module is known by and what its specifiers are relative to. */
  path: string;
  /** Path after the user's transforms: decides whether it is JSON, and is named in errors. */
  fileName: string;
  text: string;
  /** The source map that came with it. */
  map?: InputMap | undefined;
}

export interface Analysis {
  module: Module;
  missing: Missing[];
}

/** Builtin whose shim provides each global that a module must be required for. */
const shimOf: Partial<Record<NodeGlobal, readonly string[]>> = {
  process: ['_process', 'process'],
  Buffer: ['buffer'],
  setImmediate: ['timers'],
  clearImmediate: ['timers'],
};

function hintFor({ path, fileName }: Omit<ModuleText, 'text'>): string | undefined {
  if (isVirtual(path))
    return "The option 'external' maps each specifier to a global expression: this is one.";
  return syntaxHint(fileName);
}

function isPublished({ path, fileName }: Omit<ModuleText, 'text'>): boolean {
  const isInstalled = path.replaceAll('\\', '/').includes('/node_modules/') && !isVirtual(path);
  return isInstalled && isScript(fileName);
}

const JSON_FACTS: ModuleFacts = {
  references: [],
  replacements: [],
  nodeGlobals: [],
  syntax: undefined,
  concerns: [],
};

type FactsOptions = Pick<ParseOptions, 'fileName' | 'module' | 'published'>;

function parse(
  input: Omit<ModuleText, 'text'>,
  source: string,
  module: boolean,
  options: ResolvedOptions,
  refusal?: string,
): ModuleFacts {
  try {
    return parseFacts(source, {
      fileName: input.fileName,
      labels: options.labels,
      env: options.env,
      module,
      published: isPublished(input),
      refusalOf,
      isAccepted,
      ...(refusal !== undefined && { refusal }),
      ...(options.parser && { parser: options.parser }),
    });
  } catch (error) {
    const hint = hintFor(input);
    if (!(error instanceof DynapackError) || hint === undefined) throw error;
    throw new DynapackError(error.code, error.message, { ...error, hint, cause: error });
  }
}

function shims(facts: ModuleFacts, path: string, options: ResolvedOptions): Module['shims'] {
  const found: Module['shims'] = {};
  for (const name of facts.nodeGlobals) {
    const shim = shimOf[name]?.map((builtin) => options.builtins[builtin]).find((file) => file !== undefined);
    // A shim that looks for the real thing (`typeof setImmediate`) must not find itself.
    if (shim !== undefined && shim !== path) found[name] = shim;
  }
  return found;
}

/** What tells a module of its surroundings. */
export interface Surroundings {
  resolve: Resolve;
  packageOf: PackageOf;
}

/** Whether Node takes the file for an ES module by its name or its package.json. */
function isNodeModule({ path, fileName }: ModuleText, packageOf: PackageOf): boolean {
  if (/\.m[jt]s$/.test(path) || extname(fileName) === '.mjs') return true;
  return !/\.c[jt]s$/.test(path) && packageOf(path)?.type === 'module';
}

const needsRuntime = ({ syntax, references }: ModuleFacts): boolean =>
  syntax !== undefined || references.some(({ kind }) => kind === 'import()');

const kindOf = ({ kind }: Reference): 'import' | 'require' =>
  kind === 'import' || kind === 'import()' ? 'import' : 'require';

/** A module that has yet to be parsed. */
export interface Draft {
  input: ModuleText;
  /** As it is parsed. */
  source: string;
  isJson: boolean;
  isNodeModule: boolean;
}

/**
 * A module as far as its surroundings tell.
 * @throws INVALID_JSON or NOT_JAVASCRIPT
 */
export function draft(input: ModuleText, { packageOf }: Surroundings): Draft {
  const unusable = formatError(input.fileName);
  if (unusable) throw unusable;
  const isJson = extname(input.fileName) === '.json';
  const source = isJson ? jsonModule(input.text, input.fileName) : normalise(input.text);
  return { input, source, isJson, isNodeModule: !isJson && isNodeModule(input, packageOf) };
}

/**
 * Parses a draft.
 * @throws SYNTAX_ERROR with file, line, column and frame
 */
export const parseDraft = ({ input, source, isJson, isNodeModule }: Draft, options: ResolvedOptions) =>
  isJson ? JSON_FACTS : parse(input, source, isNodeModule, options);

/** What `parseFacts` is told of a draft besides what holds for all modules. */
export const factsOptions = ({ input, isNodeModule }: Draft): FactsOptions => ({
  fileName: input.fileName,
  module: isNodeModule,
  published: isPublished(input),
});

/** Makes a module of a draft and its facts, and resolves its references. */
export function complete(
  { input, source, isJson, isNodeModule }: Draft,
  facts: ModuleFacts,
  options: ResolvedOptions,
  around: Surroundings,
): Analysis {
  const module: Module = {
    path: input.path,
    source,
    facts,
    targets: [],
    shims: shims(facts, input.path, options),
    runtime: needsRuntime(facts) ? runtimeModule : undefined,
    isNodeModule,
    isPure: around.packageOf(input.path)?.hasEffects(input.path) === false,
    input: isVirtual(input.path)
      ? undefined
      : { text: input.text, start: isJson ? JSON_HEAD.length : 0, map: input.map },
  };
  return resolveModule(module, around);
}

/** Finds out what the module's references mean, now. */
export function resolveModule(module: Module, { resolve }: Surroundings): Analysis {
  const { path, facts } = module;
  const resolutions = facts.references.map((each) => resolve(each.specifier, path, kindOf(each)));
  const targets = resolutions.map((resolution) => ('path' in resolution ? resolution.path : undefined));
  const { mains: _, ...rest } = module;
  const mains = mainsOf(resolutions);
  const resolved = { ...rest, targets, ...(mains && { mains }) };
  return { module: resolved, missing: missingOf(resolved, resolutions) };
}

function mainsOf(resolutions: readonly Resolution[]): Module['mains'] {
  const pairs = resolutions.flatMap((resolution, index) =>
    'path' in resolution && resolution.main !== undefined ? [[index, resolution.main] as const] : [],
  );
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/**
 * Looks for what an engine has against an ES module once it is rendered: names declared twice and the like, which parsers
 * look for only at a cost. An engine may also refuse what is newer than itself; then nothing is found.
 * @param code the rendered module, an expression
 * @throws SYNTAX_ERROR with file, line, column and frame
 */
export function explainRefusal(module: Module, code: string, options: ResolvedOptions): void {
  const refusal = options.parser ? undefined : refusalOf(`return ${code}`);
  if (refusal === undefined) return;
  const { path, source, isNodeModule: isEs } = module;
  parse({ path, fileName: path }, source, isEs, options, refusal);
}

function missingOf(module: Module, resolutions: readonly Resolution[]): Missing[] {
  return resolutions.flatMap((resolution, index) =>
    'reason' in resolution ? [{ module, index, reason: resolution.reason }] : [],
  );
}
