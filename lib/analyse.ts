/** One file's text → a Module with its dependencies known: parse, then resolve. Reads no module itself. */
import { basename, dirname, extname } from 'node:path';
import type { Missing } from './check/missing';
import { DynapackError } from './errors';
import type { ModuleFacts, NodeGlobal, Reference } from './facts';
import { formatError, isAssetFile, isScript, mediaTypeOf, syntaxHint } from './formats';
import { candidatesOf } from './fs/candidates';
import type { PackageOf } from './fs/packages';
import { asType } from './fs/queries';
import type { Resolution, Resolve } from './fs/resolve';
import { resolveKindOf } from './fs/settings';
import { engine, isAccepted, refusalOf, refusalOffset } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import type { InputMap, Module, ModuleInput } from './model';
import { fileOf, type ModuleType, queryOf, typeOf, withQuery } from './module-path';
import type { ResolvedOptions } from './options/resolved';
import { explainRefusal, type ParseOptions, parseFacts } from './parse/parse';
import {
  ASSET_MODULE,
  bytesModule,
  inlineModule,
  JSON_HEAD,
  jsonModule,
  normalise,
  textModule,
} from './parse/source';
import type { Question } from './render/question';
import { isDataUrl } from './urls';

/** A module text as it arrives from the disk, a File or a transform. */
export interface ModuleText {
  /** Absolute path at discovery: what the module is known by and what its specifiers are relative to. */
  path: string;
  /** Path after the user's transforms: decides what kind of module it is, and is named in errors. */
  fileName: string;
  /** The contents, by the encoding of the kind (`formats.ts`). */
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
  if (isDataUrl(path)) return undefined;
  if (isVirtual(path))
    return "The option 'external' maps each specifier to a global expression: this is one.";
  return syntaxHint(fileName);
}

function isPublished({ path, fileName }: Omit<ModuleText, 'text'>): boolean {
  const isInstalled = fileOf(path).replaceAll('\\', '/').includes('/node_modules/') && !isVirtual(path);
  return isInstalled && isScript(fileName);
}

const VALUE_FACTS: ModuleFacts = {
  references: [],
  replacements: [],
  nodeGlobals: [],
  syntax: undefined,
  concerns: [],
};

type FactsOptions = Pick<ParseOptions, 'fileName' | 'type' | 'published'>;

function parse(
  input: Omit<ModuleText, 'text'>,
  source: string,
  type: ParseOptions['type'],
  { labels, env, parser }: ResolvedOptions,
): ModuleFacts {
  const published = isPublished(input);
  const { fileName } = input;
  const options = { fileName, labels, env, type, published, refusalOf, isAccepted };
  try {
    return parseFacts(source, { ...options, ...(parser && { parser }) });
  } catch (error) {
    throw error instanceof DynapackError ? withHint(error, input) : error;
  }
}

/** The error; where the kind of the file tells more of the cure, with that. */
function withHint(error: DynapackError, input: Omit<ModuleText, 'text'>): DynapackError {
  const hint = hintFor(input);
  return hint === undefined
    ? error
    : new DynapackError(error.code, error.message, { ...error, hint, cause: error });
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
export interface Lookup {
  resolve: Resolve;
  packageOf: PackageOf;
}

/** What Node takes the file for by its name or its package.json. */
function nodeTypeOf({ path, fileName }: ModuleText, packageOf: PackageOf): ParseOptions['type'] {
  const file = fileOf(path);
  if (isDataUrl(file) || /\.m[jt]s$/.test(file) || extname(fileName) === '.mjs') return 'module';
  return /\.c[jt]s$/.test(file) ? 'commonjs' : packageOf(path)?.type;
}

/** Whether a module needs the runtime: an ES module, or one that asks for others by `import()`, unless the browser has them. */
const needsRuntime = ({ syntax, references }: ModuleFacts, resolutions: readonly Resolution[]): boolean =>
  syntax !== undefined ||
  references.some(
    ({ kind }, index) => kind === 'import()' && !('isForBrowser' in (resolutions[index] as Resolution)),
  );

/** A module that has yet to be parsed. */
export interface Draft {
  input: ModuleText;
  /** As it is parsed. */
  source: string;
  /** A value that was made a module: nothing is to be parsed. */
  isValue: boolean;
  isAsset: boolean;
  type: ParseOptions['type'];
  /** What source maps say of it. */
  origin: ModuleInput | undefined;
}

/** What a text is read as: by what its import says, else by its name. A script that a transform made of it is one. */
function formatOf({ path, fileName, text }: ModuleText, { inline }: ResolvedOptions): ModuleType | 'script' {
  const type = typeOf(path);
  if (type === undefined && isAssetFile(fileName))
    return text.length > inline || inline === 0 ? 'url' : 'inline';
  if (type === undefined) return extname(fileName) === '.json' ? 'json' : 'script';
  return type === 'json' && isScript(fileName) && fileName !== fileOf(path) ? 'script' : type;
}

function sourceOf({ path, text, fileName }: ModuleText, format: ModuleType | 'script'): string {
  switch (format) {
    case 'json':
      return jsonModule(text, fileName);
    case 'text':
      return textModule(text);
    case 'bytes':
      return bytesModule(text);
    case 'inline':
      return inlineModule(
        mediaTypeOf(fileName),
        typeOf(path) === 'inline' ? text : toBase64(text),
        /#.*$/s.exec(queryOf(path))?.[0],
      );
    case 'url':
      return ASSET_MODULE;
    default:
      return normalise(text);
  }
}

/** @param bytes each as a character */
const toBase64 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('base64');

/**
 * A module as far as its surroundings tell.
 * @throws INVALID_JSON or NOT_JAVASCRIPT
 */
export function draft(input: ModuleText, options: ResolvedOptions, { packageOf }: Lookup): Draft {
  const { path, text, map } = input;
  const format = formatOf(input, options);
  const unusable = format === 'script' && !isDataUrl(path) ? formatError(input.fileName) : undefined;
  if (unusable) throw unusable;
  const isValue = format !== 'script';
  const isMapped = !isVirtual(path) && (format === 'json' || !isValue);
  return {
    input,
    source: sourceOf(input, format),
    isValue,
    isAsset: format === 'url',
    type: isValue ? undefined : nodeTypeOf(input, packageOf),
    origin: isMapped ? { text, start: isValue ? JSON_HEAD.length : 0, map } : undefined,
  };
}

/**
 * Parses a draft.
 * @throws SYNTAX_ERROR with file, line, column and frame
 */
export const parseDraft = ({ input, source, isValue, type }: Draft, options: ResolvedOptions) =>
  isValue ? VALUE_FACTS : parse(input, source, type, options);

/** What `parseFacts` is told of a draft besides what holds for all modules. */
export const factsOptions = ({ input, type }: Draft): FactsOptions => ({
  fileName: input.fileName,
  type,
  published: isPublished(input),
});

/** Makes a module of a draft and its facts, and resolves its references. */
export function complete(
  { input, source, isAsset, origin, type }: Draft,
  facts: ModuleFacts,
  options: ResolvedOptions,
  lookup: Lookup,
): Analysis {
  const module: Module = {
    path: input.path,
    source,
    facts,
    targets: [],
    shims: shims(facts, input.path, options),
    runtime: undefined,
    isNodeModule: type === 'module',
    isPure: isAsset || lookup.packageOf(input.path)?.hasEffects(input.path) === false,
    input: origin,
    ...(isAsset && { asset: { bytes: input.text, extension: extname(input.fileName) } }),
  };
  return resolveModule(module, lookup);
}

/** Finds out what the module's references mean, now. */
export function resolveModule(module: Module, { resolve }: Lookup): Analysis {
  const { path, facts } = module;
  const resolutions = facts.references.map((each) => {
    const naming = { attributes: each.attributes, isDynamic: each.kind === 'import()' };
    const found = resolve(each.specifier, path, resolveKindOf(each.kind), naming);
    return each.kind === 'new URL()' && 'path' in found ? fileAt(found.path, each) : found;
  });
  const targets = resolutions.map((resolution) => ('path' in resolution ? resolution.path : undefined));
  const { mains: _, ...rest } = module;
  const mains = mainsOf(resolutions);
  const isLinked = module.asset !== undefined || needsRuntime(facts, resolutions);
  const runtime = isLinked ? runtimeModule : undefined;
  const resolved = { ...rest, targets, runtime, ...(mains && { mains }) };
  return { module: resolved, missing: missingOf(resolved, resolutions) };
}

/** The file as it is. A directory, what has another extension, and what stands in its place is none. */
const fileAt = (path: string, { specifier, suffix = '' }: Reference): Resolution =>
  isVirtual(path) || basename(path) !== basename(specifier)
    ? { reason: { message: `'${specifier}' is no file`, hint: () => 'Name a file by its path.' } }
    : { path: asType(withQuery(path, suffix), 'url') };

function mainsOf(resolutions: readonly Resolution[]): Module['mains'] {
  const pairs = resolutions.flatMap((resolution, index) =>
    'path' in resolution && resolution.main !== undefined ? [[index, resolution.main] as const] : [],
  );
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** Paths of files that would be what a missing reference names; none where nobody needs it. */
export function candidatesFor({ module, index }: Missing, { resolve }: ResolvedOptions): string[] {
  const { specifier, optional } = module.facts.references[index] as Reference;
  return optional ? [] : candidatesOf(specifier, dirname(module.path), resolve);
}

/**
 * The error for a module that an engine refuses as it was rendered: one of the language, found by a parser at its most careful, or
 * syntax that this engine does not know.
 */
export function refusalError({ path, source, facts }: Module, { code, sourceOf }: Question): DynapackError {
  const message = refusalOf(code) as string;
  const refusal = { message, offset: sourceOf(refusalOffset(code)), engine };
  const error = explainRefusal(source, refusal, facts.syntax !== undefined, path);
  return withHint(error, { path, fileName: path });
}

function missingOf(module: Module, resolutions: readonly Resolution[]): Missing[] {
  return resolutions.flatMap((resolution, index) =>
    'reason' in resolution ? [{ module, index, reason: resolution.reason }] : [],
  );
}
