/** Aliases, manifests and renamed bundle Files in; a snippet per entry, `aliases.json` and `manifest.json` out. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { objectTransform } from 'through2';

import File = require('vinyl');

import type { Outcome } from '../build';
import type { ScriptsMemory, ServedKnown } from '../cache/scripts-memory';
import { integrityUnknown, invalidAlias, patchesMisplaced } from '../errors';
import { sha256 } from '../hash';
import type { ResolvedOptions, ScriptsOptions } from '../options';
import { Aliases, type Served } from '../render/aliases';
import type { LoaderTexts } from '../render/loader';
import { renderManifest } from '../render/manifest';
import { integrityOf, type KnownPatch, patchesTo, patchPath, type ServedText } from '../render/served';
import { renderSnippet, type ServedBundle, type SnippetContext } from '../render/snippet';
import type { BuildWarning } from '../warnings';
import type { Emission } from './emission';
import { findMisgiven, type Strangers } from './given';
import { setTag, tagOf } from './tags';

/** What is wanted of the Files that come by. */
interface Wanted {
  /** What the Files of this pack are tagged with. */
  pack: string;
  hasIntegrity: boolean;
  hasUpdates: boolean;
}

/** Everything that was piped in, sorted out. */
class Inputs implements ServedKnown {
  readonly aliases = new Aliases();
  readonly integrity = new Map<string, string>();
  readonly texts = new Map<string, ServedText>();
  readonly patches = new Map<string, KnownPatch[]>();
  readonly strangers: Strangers = { files: new Set(), mapped: new Set(), foreign: new Set() };
}

/** Adds one of the things that were piped in. */
function addInput(known: Inputs, input: unknown, wanted: Wanted): void {
  if (File.isVinyl(input)) addFile(known, input, wanted);
  else if (isAliasMap(input)) addMap(known, input);
  else throw invalidAlias(`got ${typeof input === 'object' ? JSON.stringify(input) : String(input)}`);
}

function addFile(known: Inputs, file: File, wanted: Wanted): void {
  const { bundle, patch, pack } = tagOf(file);
  if (patch !== undefined) {
    if (pack === wanted.pack) addPatch(known, patch, servedName(file));
  } else if (bundle === undefined) addOther(known, file);
  else if (file.extname === '.js') {
    if (pack === wanted.pack) addBundle(known, bundle, file, wanted);
    else known.strangers.foreign.add(servedName(file));
  }
}

function addPatch(known: Inputs, patch: KnownPatch & { bundle: string }, name: string): void {
  if (name !== patchPath(patch)) throw patchesMisplaced(`${patchPath(patch)} was renamed to ${name}`);
  known.patches.set(patch.bundle, [...(known.patches.get(patch.bundle) ?? []), patch]);
}

/** Pages ask for patches of the texts that are served. */
function assertPatches({ patches, texts }: Inputs): void {
  for (const [bundle, made] of patches) {
    const version = texts.get(bundle)?.version;
    if (version !== undefined && made.some(({ to }) => to !== version))
      throw patchesMisplaced(`the text of '${bundle}' was changed`);
  }
}

const servedName = (file: File): string => file.relative.replaceAll('\\', '/');

/** Copies of a bundle for other uses (`.js.gz`, `.js.map`) carry its tag, too; only scripts are served as scripts. */
function addBundle(known: Inputs, bundle: string, file: File, { hasIntegrity, hasUpdates }: Wanted): void {
  known.aliases.addFile(bundle, servedName(file));
  if (!file.isBuffer()) return;
  const { contents } = file;
  if (hasIntegrity) known.integrity.set(bundle, sha384(contents));
  if (hasUpdates) known.texts.set(bundle, { version: sha256(contents), size: contents.length });
}

/** Any JSON of strings is a rev manifest; what else comes along in the stream is not ours. */
function addOther(known: Inputs, file: File): void {
  if (file.extname === '.js') known.strangers.files.add(servedName(file));
  if (file.extname !== '.json' || !file.isBuffer()) return;
  const value = parseManifest(file);
  if (isAliasMap(value)) addMap(known, value);
}

function addMap({ aliases, strangers }: Inputs, map: Record<string, string>): void {
  aliases.add(Object.entries(map));
  for (const name of Object.keys(map)) if (name.endsWith('.js')) strangers.mapped.add(name);
}

function isAliasMap(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((name) => typeof name === 'string');
}

function parseManifest(file: File): unknown {
  try {
    return JSON.parse(String(file.contents));
  } catch (cause) {
    throw invalidAlias(`${file.path}: ${(cause as Error).message}`, cause);
  }
}

const sha384 = (contents: Buffer): string =>
  `sha384-${createHash('sha384').update(contents).digest('base64')}`;

/** Bundle name → what it is served as, the loader's own file included. */
function servedNames(
  { metadata, loaderName }: Outcome,
  { aliases }: ServedKnown,
): ReadonlyMap<string, Served> {
  const names = new Set(Object.keys(metadata.bundles));
  if (loaderName !== undefined) names.add(loaderName);
  return new Map([...names].map((name) => [name, aliases.served(name, (other) => names.has(other))]));
}

/** What is asked of `scripts()`, and the texts it may put into its Files. */
interface Settings {
  pack: ResolvedOptions;
  options: ScriptsOptions;
  texts: { loader: LoaderTexts; worker: string };
}

function withIntegrity(bundle: string, url: string, known: ServedKnown): ServedBundle {
  const integrity = known.integrity.get(bundle);
  if (integrity === undefined) throw integrityUnknown(bundle);
  return { served: url, integrity };
}

function withUpdate(bundle: string, url: string, known: ServedKnown): ServedBundle {
  const text = known.texts.get(bundle);
  if (text === undefined) throw integrityUnknown(bundle);
  const patches = patchesTo(text.version, known.patches.get(bundle) ?? []);
  return { served: url, integrity: integrityOf(text.version), update: { ...text, patches } };
}

function snippetContext(
  build: Outcome,
  names: ReadonlyMap<string, Served>,
  known: ServedKnown,
  { pack, options, texts }: Settings,
): SnippetContext {
  const { updates, prefix, name: registry } = pack;
  const urlOf = (bundle: string): string => (names.get(bundle) as Served).url;
  const serve = (bundle: string): ServedBundle =>
    options.integrity ? withIntegrity(bundle, urlOf(bundle), known) : { served: urlOf(bundle) };
  const serveBundle = (bundle: string): ServedBundle =>
    updates === undefined ? serve(bundle) : withUpdate(bundle, urlOf(bundle), known);
  const { metadata, next, entryIds, bundleIds, loaderName } = build;
  return {
    metadata,
    served: new Map(Object.keys(metadata.bundles).map((name) => [name, serveBundle(name)])),
    next,
    entryIds,
    bundleIds,
    prefix,
    worker: updates === 'worker' ? pack.worker : undefined,
    registry,
    loader: loaderName === undefined ? texts.loader : serve(loaderName),
    options,
  };
}

/** A file that is given out. */
export interface Script {
  name: string;
  contents: string;
}

/** All of them. */
function render(context: SnippetContext, names: ReadonlyMap<string, Served>, worker: string): Script[] {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const entries = Object.keys(context.metadata.entries);
  const aliases = Object.fromEntries(
    [...context.served.keys()].map((bundle) => [bundle, names.get(bundle)?.name]),
  );
  return [
    ...entries.map((entry) => ({ name: `${entry}.html`, contents: renderSnippet(entry, context) })),
    { name: 'aliases.json', contents: json(aliases) },
    { name: 'manifest.json', contents: json(renderManifest(context)) },
    ...(context.worker === undefined ? [] : [{ name: 'dynapack-worker.js', contents: worker }]),
  ];
}

/**
 * Browsers check scripts of another host only when these are asked for with CORS, and under an `Integrity-Policy` they run none
 * that are not.
 */
function withCrossorigin(options: ScriptsOptions, { prefix, updates }: ResolvedOptions): ScriptsOptions {
  const isElsewhere = /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(prefix);
  const isChecked = options.integrity || (updates !== undefined && isElsewhere);
  return isChecked ? { crossorigin: 'anonymous', ...options } : options;
}

/** What a call of `scripts()` has from its pack. */
interface Surroundings {
  pack: ResolvedOptions;
  /** Resolves once the bundles are known. */
  built: Promise<Outcome>;
  /** Resolves once it is certain which of them come by, with what is remembered of the others. */
  recall(): Promise<ScriptsMemory>;
  /** The loader, and the script of the service worker. */
  texts: Settings['texts'];
  /** Which of the files have to be given out. */
  emission: Emission<Script>;
  /** What a file is known as on its way. */
  outputOf(name: string): string;
  /** Is told of all that is wrong with what was piped in. */
  tell(found: readonly BuildWarning[]): void;
}

/** The transform. Each call gives out what it has not given out before to the same place. */
export function createScripts(
  { pack, built, recall, texts, emission, outputOf, tell }: Surroundings,
  options: ScriptsOptions,
) {
  const settings = { pack, options: withCrossorigin(options, pack), texts };
  const wanted = {
    pack: pack.id,
    hasIntegrity: options.integrity ?? false,
    hasUpdates: pack.updates !== undefined,
  };
  const toFile = ({ name, contents }: Script): File => {
    const { root } = pack;
    const file = new File({
      cwd: root,
      base: root,
      path: join(root, name),
      contents: Buffer.from(contents),
    });
    return setTag(file, { script: outputOf(name), pack: pack.id });
  };
  let isPiped = false;
  const stream = objectTransform(async function* (source: AsyncIterable<unknown>) {
    const inputs = new Inputs();
    for await (const input of source) addInput(inputs, input, wanted);
    assertPatches(inputs);
    const build = await built;
    const memory = await recall();
    memory.learn(inputs);
    const names = servedNames(build, memory);
    tell(findMisgiven(names, memory.aliases, { root: pack.root, strangers: inputs.strangers, isPiped }));
    const scripts = memory.scriptsFor(build.metadata, () =>
      render(snippetContext(build, names, memory, settings), names, texts.worker),
    );
    for await (const script of emission.emit(scripts)) yield toFile(script);
  });
  stream.once('pipe', () => (isPiped = true));
  return stream;
}
