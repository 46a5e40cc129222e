/** What is piped into `scripts()`, sorted out: bundle Files under the names they are served by, patches, maps of names, and what is not the pack's. */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';

import File = require('vinyl');

import type { ServedKnown } from '../cache/scripts-memory';
import { isStyleName } from '../core/styles/names';
import { invalidAlias, patchesMisplaced } from '../errors';
import { sha256 } from '../hash';
import { Aliases } from '../render/aliases';
import { type KnownPatch, patchPath, type ServedText } from '../render/served';
import type { Strangers } from './given';
import { tagOf } from './tags';

/** What is wanted of the Files that come by. */
interface Wanted {
  /** What the Files of this pack are tagged with. */
  pack: string;
  hasIntegrity: boolean;
  hasUpdates: boolean;
  hasBudgets: boolean;
}

/** Everything that was piped in, sorted out. */
class Inputs implements ServedKnown {
  readonly aliases = new Aliases();
  readonly integrity = new Map<string, string>();
  readonly texts = new Map<string, ServedText>();
  readonly patches = new Map<string, KnownPatch[]>();
  readonly contents = new Map<string, Buffer>();
  /** By name, texts of styles. */
  readonly styles = new Map<string, string>();
  readonly strangers: Strangers = {
    files: new Set(),
    mapped: new Set(),
    foreign: new Set(),
    copies: new Set(),
  };
}

/** Adds one of the things that were piped in. */
function addInput(known: Inputs, input: unknown, wanted: Wanted): void {
  if (File.isVinyl(input)) addFile(known, input, wanted);
  else if (isAliasMap(input)) addMap(known, input);
  else throw invalidAlias(`got ${typeof input === 'object' ? JSON.stringify(input) : String(input)}`);
}

function addFile(known: Inputs, file: File, wanted: Wanted): void {
  const { bundle, asset, patch, pack } = tagOf(file);
  if (patch !== undefined) {
    if (pack === wanted.pack) addPatch(known, patch, servedName(file));
  } else if (asset !== undefined) {
    if (pack === wanted.pack) addAsset(known, asset, file);
  } else if (bundle === undefined) addOther(known, file);
  else if (file.extname === extname(bundle)) {
    if (pack === wanted.pack) addBundle(known, bundle, file, wanted);
    else known.strangers.foreign.add(servedName(file));
  } else if (file.extname !== '.map' && pack === wanted.pack) known.strangers.copies.add(servedName(file));
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

/** Copies of a bundle for other uses (`.js.gz`, `.js.map`) carry its tag, too; only scripts are served as scripts, and styles as styles. */
function addBundle(known: Inputs, bundle: string, file: File, wanted: Wanted): void {
  const { hasIntegrity, hasUpdates, hasBudgets } = wanted;
  known.aliases.addFile(bundle, servedName(file));
  if (!file.isBuffer()) return;
  const { contents } = file;
  if (isStyleName(bundle)) known.styles.set(bundle, String(contents));
  if (hasIntegrity) known.integrity.set(bundle, sha384(contents));
  if (hasBudgets) known.contents.set(bundle, contents);
  if (!hasUpdates) return;
  const version = sha256(contents);
  const { recorded = version } = tagOf(file);
  // A first release has no patches yet, and would be told of the second time only.
  if (version !== recorded) throw patchesMisplaced(`the text of '${bundle}' was changed`);
  known.texts.set(bundle, { version, size: contents.length });
}

/** Copies for other uses, such as `.png.gz`, and as other formats have extensions of their own. */
function addAsset({ aliases }: Inputs, asset: string, file: File): void {
  if (file.extname === extname(asset)) aliases.addFile(asset, servedName(file));
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

/**
 * Takes all that is piped in.
 * @throws INVALID_ALIAS or PATCHES_MISPLACED
 */
export async function collectInputs(source: AsyncIterable<unknown>, wanted: Wanted): Promise<Inputs> {
  const inputs = new Inputs();
  for await (const input of source) addInput(inputs, input, wanted);
  assertPatches(inputs);
  return inputs;
}
