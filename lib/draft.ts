/** One file's text → what is to be parsed of it, and its facts. What its references mean is not asked. */
import { basename, dirname, extname, relative } from 'node:path';
import { DynapackError } from './errors';
import type { ModuleFacts, Reference, StyleFacts, StyleName, StyleNames } from './facts';
import {
  formatError,
  isAssetFile,
  isScript,
  isStyleFile,
  isStyleModule,
  mediaTypeOf,
  syntaxHint,
} from './formats';
import type { PackageOf } from './fs/packages';
import type { Match } from './fs/patterns/match';
import type { Resolve } from './fs/resolve';
import { isAccepted, refusalOf } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import { wholeRuntime } from './fs/virtual-sources';
import { sha256 } from './hash';
import type { KnownImports } from './known-imports';
import { type CompiledStyle, compileStyleModule } from './lightningcss';
import { atOrigin } from './located';
import type { InputMap, Module, ModuleInput } from './model';
import { fileOf, type ModuleType, queryOf, typeOf, workerTypeOf } from './module-path';
import type { ResolvedOptions } from './options/resolved';
import { type ParseOptions, parseFacts } from './parse/parse';
import {
  ASSET_MODULE,
  bytesModule,
  inlineUrl,
  JSON_HEAD,
  jsonModule,
  normalise,
  plainText,
  textModule,
  workerModule,
} from './parse/source';
import { readStyle } from './parse/style/facts';
import { isDataUrl } from './urls';

/** A module text as it arrives from the disk, a File or a transform. */
export interface ModuleText {
  /** Absolute path at discovery: what the module is known by and what its specifiers are relative to. */
  path: string;
  /** Path after the user's transforms: decides what kind of module it is, and is named in errors. */
  fileName: string;
  /** The contents, by the encoding of the kind (`formats.ts`). */
  text: string;
  /** Whether that is UTF-8, and some bytes of it are not. */
  isDamaged?: boolean;
  /** The source map that came with it. */
  map?: InputMap | undefined;
  /** Absolute paths of the files that transforms have made it of besides its own. */
  dependencies?: readonly string[];
  /** Whether there may be such files, and nobody has told of them. */
  isOpen?: boolean;
}

/** What tells a module of its surroundings. */
export interface Lookup {
  /** A path in the directory from which what options name is looked for. */
  rootPath: string;
  resolve: Resolve;
  packageOf: PackageOf;
  match: Match;
}

/** What Node takes the file for by its name or its package.json. */
function nodeTypeOf({ path, fileName }: ModuleText, packageOf: PackageOf): ParseOptions['type'] {
  const file = fileOf(path);
  if (isDataUrl(file) || /\.m[jt]s$/.test(file) || extname(fileName) === '.mjs') return 'module';
  if (/\.c[jt]s$/.test(file)) return 'commonjs';
  const type = packageOf(path)?.type;
  // Node requires it as CommonJS, imports it as an ES module: its syntax says what it was written for.
  return type === 'module' && extname(fileName) === '' ? undefined : type;
}

function hintFor({ path, fileName }: Omit<ModuleText, 'text'>): string | undefined {
  if (isDataUrl(path)) return undefined;
  if (isVirtual(path))
    return "The option 'external' maps each specifier to a global expression: this is one.";
  return syntaxHint(fileName);
}

/** Whether a module is one of somebody else's. */
export const isInstalled = (path: string): boolean =>
  fileOf(path).replaceAll('\\', '/').includes('/node_modules/') && !isVirtual(path);

const isPublished = ({ path, fileName }: Omit<ModuleText, 'text'>): boolean =>
  isInstalled(path) && isScript(fileName);

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
  { labels, env, define, provide, parser }: ResolvedOptions,
): ModuleFacts {
  const published = isPublished(input);
  const { fileName } = input;
  const options = { fileName, labels, env, define, provide, type, published, refusalOf, isAccepted };
  try {
    return parseFacts(source, { ...options, ...(parser && { parser }) });
  } catch (error) {
    throw error instanceof DynapackError ? withHint(error, input) : error;
  }
}

/** The error; where the kind of the file tells more of the cure, with that. */
export function withHint(error: DynapackError, input: Omit<ModuleText, 'text'>): DynapackError {
  const hint = hintFor(input);
  return hint === undefined
    ? error
    : new DynapackError(error.code, error.message, { ...error, hint, cause: error });
}

/** What a module is made of: a value has nothing to be parsed. */
type Format = ModuleType | 'script' | 'style';

/** A module that has yet to be parsed. */
export interface Draft {
  input: ModuleText;
  /** As it is parsed. */
  source: string;
  format: Format;
  type: ParseOptions['type'];
  /** What source maps say of it. */
  origin: ModuleInput | undefined;
  /** Of a CSS module, what was made of its text, which is the source. */
  compiled?: CompiledStyle | undefined;
}

/** What a text is read as: by what its import says, else by its name. A script that a transform made of it is one. */
function formatOf({ path, fileName, text }: ModuleText, { inline }: ResolvedOptions): Format {
  const type = typeOf(path);
  if (type === undefined && isAssetFile(fileName))
    return text.length > inline || inline === 0 ? 'url' : 'inline';
  if (type === undefined && isStyleFile(fileName)) return 'style';
  if (type === undefined) return extname(fileName) === '.json' ? 'json' : 'script';
  return type === 'json' && isScript(fileName) && fileName !== fileOf(path) ? 'script' : type;
}

/** The `data:` URL of an asset that is a value. */
export const dataUrlOf = ({ path, text, fileName }: ModuleText): string =>
  inlineUrl(
    mediaTypeOf(fileName),
    typeOf(path) === 'inline' ? text : toBase64(text),
    /#.*$/s.exec(queryOf(path))?.[0],
  );

/** The source of a module that exports the contents of an asset as a URL. */
export const embeddedSource = ({ path, asset }: Module): string =>
  textModule(dataUrlOf({ path, text: asset?.bytes ?? '', fileName: `file${asset?.extension}` }));

function sourceOf(input: ModuleText, format: Format): string {
  const { text, fileName } = input;
  switch (format) {
    case 'json':
      return jsonModule(text, fileName);
    case 'text':
      return textModule(text);
    case 'bytes':
      return bytesModule(text);
    case 'inline':
      return textModule(dataUrlOf(input));
    case 'url':
      return ASSET_MODULE;
    case 'style':
      return plainText(text);
    case 'worker':
    case 'sharedworker':
      return workerModule(format === 'worker' ? 'Worker' : 'SharedWorker', basename(fileOf(input.path)));
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
  const isWorker = workerTypeOf(path) !== undefined;
  const isMapped = !isVirtual(path) && /^(?:json|script|style)$/.test(format);
  if (format === 'style' && isStyleModule(input.fileName)) return draftStyleModule(input, options);
  return {
    input,
    source: sourceOf(input, format),
    format,
    type: isWorker ? 'module' : format === 'script' ? nodeTypeOf(input, packageOf) : undefined,
    origin: isMapped ? { text, start: format === 'json' ? JSON_HEAD.length : 0, map } : undefined,
  };
}

/** The part of a path that is the same on all machines. */
function placeOf(file: string, root: string): string {
  const [, installed] = /^.*[\\/]node_modules[\\/](.*)$/s.exec(file) ?? [];
  return (installed ?? relative(root, file)).replaceAll('\\', '/');
}

/** How much of a hash tells the names of one CSS module from those of another. */
const STYLE_HASH = 5;

function draftStyleModule(input: ModuleText, { root, sourcemaps }: ResolvedOptions): Draft {
  const { path, fileName, text, map } = input;
  const given = map && (typeof map.map === 'string' ? map.map : JSON.stringify(map.map));
  const suffix = sha256(placeOf(fileOf(path), root)).slice(0, STYLE_HASH);
  const wanted = sourcemaps === false ? false : (given ?? sourcemaps === true);
  const compiled = compileStyleModule(plainText(text), fileName, suffix, wanted);
  const base = map?.base ?? dirname(fileName);
  const origin = { text: compiled.text, start: 0, ...(compiled.map && { map: { map: compiled.map, base } }) };
  return { input, source: compiled.text, format: 'style', type: undefined, origin, compiled };
}

/** The facts of a style, with those of the names in it. */
function styleFacts(source: string, compiled: CompiledStyle | undefined): ModuleFacts {
  const facts = readStyle(source);
  if (compiled === undefined) return facts;
  const { names, composed } = compiled;
  const first = facts.references.length;
  const references = composed.map(
    (specifier): Reference => ({ kind: 'composes', specifier, start: 0, end: 0, optional: false }),
  );
  const own = Object.entries(names).map(([name, parts]) => [
    name,
    parts.map((part) => moveName(part, first)),
  ]);
  return {
    ...facts,
    references: [...facts.references, ...references],
    style: { ...(facts.style as StyleFacts), names: Object.fromEntries(own) as StyleNames },
  };
}

const moveName = (part: StyleName, by: number): StyleName =>
  typeof part === 'string' ? part : [part[0] + by, part[1]];

/**
 * Parses a draft.
 * @throws SYNTAX_ERROR with file, line, column and frame
 */
export function parseDraft(
  { input, source, format, type, origin, compiled }: Draft,
  options: ResolvedOptions,
): ModuleFacts {
  if (format === 'style') return styleFacts(source, compiled);
  if (format !== 'script' && workerTypeOf(input.path) === undefined) return VALUE_FACTS;
  // Nobody asks what it requires: rendering puts it into programs. A transform may have changed it.
  if (input.path === runtimeModule && source === wholeRuntime) return VALUE_FACTS;
  try {
    return parse(input, source, type, options);
  } catch (error) {
    throw error instanceof DynapackError
      ? atOrigin(error, { path: input.path, source, input: origin })
      : error;
  }
}

/**
 * The facts of a module that has been read before, now that some of its imports are known; `undefined` where only tokens could tell them, and a tree
 * has to now: no parser may know what is in it, or it may be nested too deeply.
 */
export function rereadFacts(
  { path, source, isNodeModule }: Module,
  imports: KnownImports,
  { labels, env, define, provide, parser }: ResolvedOptions,
): ModuleFacts | undefined {
  const fileName = fileOf(path);
  const published = isPublished({ path, fileName });
  const type: ParseOptions['type'] = isNodeModule ? 'module' : undefined;
  const options = { fileName, labels, env, define, provide, type, published, refusalOf, isAccepted, imports };
  try {
    return parseFacts(source, { ...options, ...(parser && { parser }) });
  } catch (error) {
    if (error instanceof DynapackError) return undefined;
    throw error;
  }
}

/** What `parseFacts` is told of a draft besides what holds for all modules. */
export const factsOptions = ({ input, type }: Draft): FactsOptions => ({
  fileName: input.fileName,
  type,
  published: isPublished(input),
});
