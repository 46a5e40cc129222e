/** One file's text → a Module with its dependencies known: parse, then resolve. Reads no module itself. */
import { basename, dirname, extname, relative } from 'node:path';
import type { Missing } from './check/missing';
import { type Draft, dataUrlOf, isInstalled, type Lookup, withHint } from './draft';
import type { DynapackError } from './errors';
import type { ModuleFacts, NodeGlobal, Pattern, Reference } from './facts';
import { isScript } from './formats';
import { bufferShim } from './fs/builtins';
import { candidatesOf, isPath } from './fs/candidates';
import { readTextIfFile } from './fs/files';
import type { Match } from './fs/patterns/match';
import { asType, ofWorker } from './fs/queries';
import { hasPackage } from './fs/reasons';
import type { Resolution, Resolve } from './fs/resolve';
import { resolveKindOf, specifiersOf } from './fs/settings';
import { engine, refusalOf, refusalOffset } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import { sha256 } from './hash';
import { atOrigin } from './located';
import type { Module } from './model';
import { fileOf, withPattern, withQuery, withWrappers, wrappersOf } from './module-path';
import type { ResolvedOptions } from './options/resolved';
import { explainRefusal } from './parse/parse';
import type { Question } from './render/question';

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

function findShims(
  facts: ModuleFacts,
  path: string,
  options: ResolvedOptions,
): Pick<Module, 'shims' | 'bufferIfThere'> {
  const found: Module['shims'] = {};
  for (const name of facts.nodeGlobals) {
    const shim = shimOf[name]?.map((builtin) => options.builtins[builtin]).find((file) => file !== undefined);
    // A shim that looks for the real thing (`typeof setImmediate`) must not find itself.
    if (shim !== undefined && shim !== path) found[name] = shim;
  }
  const { Buffer: buffer, ...shims } = found;
  // What another shim's Buffers are, nobody knows here.
  const isLeft = buffer !== undefined && facts.onlyTestsBuffer && buffer === bufferShim();
  return isLeft ? { shims, bufferIfThere: buffer } : { shims: found };
}

/** Whether a module needs the runtime: an ES module, or one that asks for others by `import()`, unless the browser has them. */
const needsRuntime = ({ syntax, references }: ModuleFacts, resolutions: readonly Resolution[]): boolean =>
  syntax !== undefined ||
  references.some(
    ({ kind }, index) =>
      kind === 'new Worker()' ||
      (kind === 'import()' && !('isForBrowser' in (resolutions[index] as Resolution))),
  );

/** Facts of a text that has lost something when it was read; with the place, unless the source is something that was made of the text. */
const withDamage = (facts: ModuleFacts, { format, source }: Draft): ModuleFacts => {
  const start = format === 'script' || format === 'style' ? source.indexOf('\uFFFD') : -1;
  return { ...facts, concerns: [{ kind: 'text that is not UTF-8', start }, ...facts.concerns] };
};

/** Makes a module of a draft and its facts, and resolves its references. */
export function complete(
  draft: Draft,
  facts: ModuleFacts,
  options: ResolvedOptions,
  lookup: Lookup,
): Analysis {
  const { input, source, format, origin, type } = draft;
  const isAsset = format === 'url';
  const module: Module = {
    path: input.path,
    source,
    facts: input.isDamaged && !isInstalled(input.path) ? withDamage(facts, draft) : facts,
    targets: [],
    ...findShims(facts, input.path, options),
    runtime: undefined,
    isNodeModule: type === 'module',
    isPure: isAsset || lookup.packageOf(input.path)?.hasEffects(input.path) === false,
    input: origin,
    ...(isAsset && { asset: { bytes: input.text, extension: extname(input.fileName) } }),
    ...(format === 'inline' && { dataUrl: dataUrlOf(input) }),
    ...(input.dependencies && { dependencies: input.dependencies }),
  };
  return resolveModule(module, lookup);
}

/** Finds out what the module's references mean, now. */
export function resolveModule(module: Module, { resolve, rootPath, match }: Lookup): Analysis {
  const { path, facts } = module;
  const tables = new Tables(path, match);
  const resolutions = facts.references.map((each, index) =>
    each.pattern
      ? tables.find(each.pattern, index)
      : targetOf(each, each.provides ? rootPath : path, resolve, dirname(rootPath)),
  );
  const targets = resolutions.map((resolution) => ('path' in resolution ? resolution.path : undefined));
  const { mains: _, matched: _matched, ...rest } = module;
  const mains = mainsOf(resolutions);
  const { matched } = tables;
  const isLinked = module.asset !== undefined || needsRuntime(facts, resolutions);
  const runtime = isLinked ? runtimeModule : undefined;
  const resolved = { ...rest, targets, runtime, ...(mains && { mains }), ...(matched && { matched }) };
  return { module: resolved, missing: missingOf(resolved, resolutions) };
}

/** The tables of files that a module asks for by patterns. */
class Tables {
  private readonly directories = new Set<string>();
  private readonly empty: number[] = [];
  private hasAny = false;

  constructor(
    private readonly path: string,
    private readonly match: Match,
  ) {}

  /** What a pattern means. A text that no file has is left to what it was. */
  find(pattern: Pattern, index: number): Resolution {
    const found = this.match(this.path, pattern);
    if ('reason' in found) return found;
    this.hasAny = true;
    for (const each of found.directories) this.directories.add(each);
    if (found.files.length === 0) this.empty.push(index);
    const isText = pattern.by === 'import' || pattern.by === 'require';
    return found.files.length === 0 && isText
      ? { isForBrowser: true }
      : { path: withPattern(this.path, pattern) };
  }

  get matched(): Module['matched'] {
    if (!this.hasAny) return undefined;
    return { directories: [...this.directories].sort(), empty: this.empty };
  }
}

/**
 * What a reference of the module at a path means.
 * @param root directory that files are named from
 */
function targetOf(reference: Reference, path: string, resolve: Resolve, root: string): Resolution {
  const { kind, specifier, attributes, suffix = '' } = reference;
  if (kind === 'new Worker()' && specifier === '') return { path };
  const naming = { attributes, isDynamic: kind === 'import()' };
  const resolveName = (name: string): Resolution => resolve(name, path, resolveKindOf(kind), naming);
  const found = firstFound(specifiersOf(reference), resolveName, dirname(fileOf(path)));
  if (!('path' in found)) return found;
  if (kind === 'new Worker()') return ofWorker(found.path);
  if (kind === 'new URL()') return fileAt(found.path, path, reference);
  const isOfStyle = resolveKindOf(kind) === 'style';
  // What options leave out is the browser's.
  if (isOfStyle && isVirtual(found.path)) return { isForBrowser: true };
  if (kind === 'url()') return { path: asType(withQuery(found.path, suffix), 'url') };
  if (kind !== '@import') return found;
  const own = (reference.wrappers ?? []).map((each) => nameLayer(each, relative(root, fileOf(found.path))));
  return { path: withWrappers(found.path, wrapAlso(wrappersOf(path), own)) };
}

/**
 * Wraps a style in more, the outermost first. Styles that import each other come to an end by it: a condition that holds once holds inside too, and so
 * does a layer without a name, which is that of its style; named layers of one name are told apart so deep only.
 */
function wrapAlso(outer: readonly string[], own: readonly string[]): string[] {
  const all = [...outer];
  for (const wrapper of own) {
    const most = isNamedLayer(wrapper) ? MOST_NESTED : 1;
    if (all.filter((each) => each === wrapper).length < most) all.push(wrapper);
  }
  return all;
}

const ANONYMOUS = '@layer anonymous-';

const isNamedLayer = (wrapper: string): boolean =>
  wrapper.startsWith('@layer') && !wrapper.startsWith(ANONYMOUS);

/** Deeper than anybody writes layers of one name inside each other: what is deeper stands in the innermost of these. */
const MOST_NESTED = 6;

/** What the first specifier means that means anything; else why that of an installed package means nothing, or the first one. */
function firstFound(
  specifiers: readonly string[],
  resolveName: (specifier: string) => Resolution,
  directory: string,
): Resolution {
  const failed: Resolution[] = [];
  for (const specifier of specifiers) {
    const found = resolveName(specifier);
    if ('path' in found) return found;
    failed.push(found);
  }
  const ofPackage =
    failed.length < 2 ? -1 : specifiers.findIndex((each) => !isPath(each) && hasPackage(each, directory));
  return (failed[ofPackage] ?? failed[0]) as Resolution;
}

/**
 * A layer without a name has one here, since all that its style imports is in the same one.
 * @param file from the root, so that the name is the same wherever that is
 */
function nameLayer(wrapper: string, file: string): string {
  if (wrapper !== '@layer') return wrapper;
  const segments = file.split(/[\\/]/);
  const shown = segments
    .slice(-SHOWN_SEGMENTS)
    .join('-')
    .replace(/[^\w-]+/g, '-');
  return `${ANONYMOUS}${shown}-${sha256(segments.join('/')).slice(0, HASH_LENGTH)}`;
}

/** How much of a path the names of layers show. */
const SHOWN_SEGMENTS = 3;

/** How much of its hash tells them apart. */
const HASH_LENGTH = 6;

/** The file as it is. A directory, what has another extension, and what stands in its place is none; nor is a script that is to be a module. */
const fileAt = (path: string, importer: string, { specifier, suffix = '' }: Reference): Resolution =>
  isVirtual(path) || basename(path) !== basename(specifier) || (isScript(path) && !isForPages(path, importer))
    ? { reason: { message: `'${specifier}' is no file`, hint: () => 'Name a file by its path.' } }
    : { path: asType(withQuery(path, suffix), 'url') };

/**
 * Whether a package names one of its scripts for pages, such as what is built of another language: one that imports nothing. Of scripts of one's
 * own a warning tells, since most are meant to be workers, or to be bundled.
 */
const isForPages = (path: string, importer: string): boolean =>
  isInstalled(importer) && !/\bimport\b|\bfrom\s*["']/.test(readTextIfFile(path) ?? 'import');

function mainsOf(resolutions: readonly Resolution[]): Module['mains'] {
  const pairs = resolutions.flatMap((resolution, index) =>
    'path' in resolution && resolution.main !== undefined ? [[index, resolution.main] as const] : [],
  );
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** Paths of files that would be what a missing reference names; none where nobody needs it. */
export function candidatesFor({ module, index }: Missing, { resolve }: ResolvedOptions): string[] {
  const reference = module.facts.references[index] as Reference;
  const directory = dirname(fileOf(module.path));
  return reference.optional || reference.pattern
    ? []
    : specifiersOf(reference).flatMap((specifier) => candidatesOf(specifier, directory, resolve));
}

/**
 * The error for a module that an engine refuses as it was rendered: one of the language, found by a parser at its most careful, or
 * syntax that this engine does not know.
 */
export function refusalError(module: Module, { code, sourceOf }: Question): DynapackError {
  const { path, source, facts } = module;
  const message = refusalOf(code) as string;
  const refusal = { message, offset: sourceOf(refusalOffset(code)), engine };
  const error = explainRefusal(source, refusal, facts.syntax !== undefined, path);
  return atOrigin(withHint(error, { path, fileName: path }), module);
}

function missingOf(module: Module, resolutions: readonly Resolution[]): Missing[] {
  return resolutions.flatMap((resolution, index) =>
    'reason' in resolution ? [{ module, index, reason: resolution.reason }] : [],
  );
}
