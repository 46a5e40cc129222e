/** Bundles pass through, patches from earlier releases are added, and the release is recorded. */
import { extname, join, resolve } from 'node:path';
import type { Transform } from 'readable-stream';
import { objectTransform } from 'through2';

import File = require('vinyl');

import { sha256 } from '../hash';
import { type LonePatchesOptions, type PatchesOptions, resolvePatchesOptions } from '../options/patches';
import { isSameContent, type ReleaseContent, type ServedText } from '../releases/manifest';
import { openReleases } from '../releases/open';
import { type NewText, planPatches, type ReleasePatch } from '../releases/plan';
import type { ReleaseStore } from '../releases/store';
import { integrityOf, patchPath } from '../render/served';
import { type BuildWarning, damagedReleases } from '../warnings';
import type { PackContext } from './context';
import { setTag, tagOf } from './tags';
import { Teller } from './tell';

/** Whose texts these are. */
interface Origin {
  /** What a File is known by from release to release; `undefined` for one that is not of the release. */
  nameOf(file: File): string | undefined;
  /** Once all Files have come by: what else the release is made of. */
  complete(fresh: ReadonlyMap<string, ServedText>): Promise<Whole>;
  /** Id of the pack, for the tags of patch Files. */
  pack?: string;
  /** Tells of what is wrong with earlier releases. */
  warn(found: readonly BuildWarning[]): void;
  /** Records the release: at once, unless something may yet be wrong with it. */
  record(release: () => Promise<void>, content: ReleaseContent): Promise<void>;
  /** Files to add besides the patches. */
  describe?(content: ReleaseContent, patches: readonly ReleasePatch[]): Record<string, unknown>;
}

/** All texts of a release, those that did not come by again included. */
interface Whole extends Pick<ReleaseContent, 'roots' | 'entries'> {
  texts: ReadonlyMap<string, ServedText>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a File, or `undefined` when it has none. */
function textOf(file: File): string | undefined {
  if (!file.isBuffer()) return undefined;
  try {
    return utf8.decode(file.contents);
  } catch {
    return undefined;
  }
}

const servedName = (file: File): string => file.relative.replaceAll('\\', '/');

function contentOf({ texts, roots, entries }: Whole): ReleaseContent {
  const bundles = [...texts].map(([name, { text, version, served }]) => {
    return [name, { version, served, size: Buffer.byteLength(text) }] as const;
  });
  return { bundles: Object.fromEntries(bundles), roots, entries };
}

/** Bundle name → ids of the roots that need it. */
function rootsByBundle(roots: ReleaseContent['roots']): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [root, bundles] of Object.entries(roots)) {
    for (const bundle of bundles) {
      const list = found.get(bundle) ?? [];
      list.push(root);
      found.set(bundle, list);
    }
  }
  return found;
}

/** The patches of the fresh texts from the releases that are kept. */
async function makePatches(
  fresh: ReadonlyMap<string, ServedText>,
  whole: Whole,
  store: ReleaseStore,
  { keep, minGain }: Required<PatchesOptions>,
): Promise<ReleasePatch[]> {
  const content = contentOf(whole);
  const releases = await store.list();
  const latest = releases.at(-1);
  const earlier = latest && isSameContent(latest, content) ? releases.slice(0, -1) : releases;
  const roots = rootsByBundle(whole.roots);
  const wanted = [...fresh]
    .filter(([name]) => whole.texts.has(name))
    .map(([name, { text, version }]): NewText => ({ name, text, version, roots: roots.get(name) ?? [] }));
  const known = new Map([...whole.texts.values()].map(({ version, text }) => [version, text]));
  return planPatches(wanted, keep === 0 ? [] : earlier.slice(-keep), store, known, minGain);
}

/** What is wrong with the releases that patches were to be made of. */
async function findDamage(
  store: ReleaseStore,
  releases: PatchesOptions['releases'],
): Promise<BuildWarning[]> {
  const damaged = await store.findDamage();
  if (damaged.length === 0) return [];
  const place = typeof releases === 'string' ? resolve(releases) : process.cwd();
  return [
    damagedReleases(
      place,
      damaged.map((key) => key.replace(':', '/')),
    ),
  ];
}

/** The transform. What passes it is read at once; nothing is taken ahead of who reads, so that its end means that all was taken. */
function createTransform(options: Required<PatchesOptions>, origin: Origin) {
  const store = openReleases(options.releases);
  const stream: Transform = objectTransform(
    { highWaterMark: 1 },
    async function* (source: AsyncIterable<unknown>) {
      const fresh = new Map<string, ServedText>();
      let sample: File | undefined;
      for await (const input of source) {
        if (File.isVinyl(input)) {
          const name = origin.nameOf(input);
          const text = name === undefined ? undefined : textOf(input);
          if (name !== undefined && text !== undefined) {
            const version = sha256(text);
            fresh.set(name, { text, version, served: servedName(input) });
            if (origin.pack) setTag(input, { ...tagOf(input), recorded: version });
            sample ??= input;
          }
        }
        yield input;
      }
      // It has failed with another stream, and was not given all.
      if (stream.destroyed) return;
      const whole = await origin.complete(fresh);
      const patches = await makePatches(fresh, whole, store, options);
      origin.warn(await findDamage(store, options.releases));
      const { cwd, base } = sample ?? new File();
      const file = (path: string, contents: string): File =>
        new File({ cwd, base, path: join(base, path), contents: Buffer.from(contents) });
      for (const each of patches) {
        const { name: bundle, to, from, size, patch } = each;
        const tag = { bundle, to, from, size };
        yield setTag(file(patchPath(each), patch), { patch: tag, ...(origin.pack && { pack: origin.pack }) });
      }
      const content = contentOf(whole);
      for (const [path, value] of Object.entries(origin.describe?.(content, patches) ?? {}))
        yield file(path, `${JSON.stringify(value, null, 2)}\n`);
      const texts = new Map([...whole.texts.values()].map(({ version, text }) => [version, text]));
      if (texts.size > 0) await origin.record(() => store.record(content, texts, options.keep), content);
    },
  );
  return stream;
}

/**
 * `pack.patches()`.
 * @throws UNKNOWN_OPTION or INVALID_OPTION
 */
export function createPatches(context: PackContext, options: PatchesOptions) {
  const { builder, built, bundles, delivery } = context;
  const pack = context.options.id;
  const settings = resolvePatchesOptions(options, false);
  context.releases = settings.releases;
  const stream = createTransform(settings, {
    pack,
    nameOf(file) {
      const tag = tagOf(file);
      return tag.pack === pack && file.extname === extname(tag.bundle ?? '') ? tag.bundle : undefined;
    },
    async complete(fresh) {
      const { metadata } = await built.promise;
      const memory = (await bundles.destination).texts;
      for (const [name, text] of fresh) memory.set(name, text);
      const names = Object.keys(metadata.bundles).filter((name) => memory.has(name));
      const texts = new Map(names.map((name) => [name, memory.get(name) as ServedText]));
      return { texts, roots: metadata.roots, entries: metadata.entries };
    },
    warn: (found) => builder.warn('patches', found),
    record(release, content) {
      context.release = { content, keep: settings.keep };
      return context.afterScripts(release);
    },
  });
  delivery.describe(stream, { label: 'patches', isSteady: true });
  context.addDependent(stream);
  return stream;
}

/** Files that `dynapack.patches()` makes patches of. */
const TEXTS = new Set(['.js', '.mjs', '.css']);

/** The name of a File before gulp-rev put a hash into it. */
function originalName(file: File): string {
  const { revOrigPath, revOrigBase } = file as { revOrigPath?: string; revOrigBase?: string };
  if (revOrigPath === undefined || revOrigBase === undefined) return servedName(file);
  return new File({ base: revOrigBase, path: revOrigPath }).relative.replaceAll('\\', '/');
}

/** Contents of `patches.json`: by name, what the file is served as and what it can be made of. */
function describeFiles(content: ReleaseContent, patches: readonly ReleasePatch[]): Record<string, unknown> {
  const files = Object.entries(content.bundles).map(([name, { version, served, size }]) => {
    const listed = patches
      .filter((patch) => patch.name === name)
      .map((patch) => ({ from: patch.from, path: patchPath(patch), size: patch.size }));
    const integrity = integrityOf(version);
    return [name, { url: served, version, integrity, size, patches: listed }] as const;
  });
  return { 'patches.json': Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * `dynapack.patches()`: for scripts and styles that no pack has made.
 * @throws UNKNOWN_OPTION or INVALID_OPTION
 */
export function createLonePatches(options: LonePatchesOptions) {
  const settings = resolvePatchesOptions(options, true);
  const nameOf = settings.name ?? originalName;
  const teller = new Teller((warning) => stream.emit('warning', warning), undefined);
  const stream = createTransform(settings, {
    nameOf: (file) => (TEXTS.has(file.extname) && file.isBuffer() ? nameOf(file) : undefined),
    complete: async (texts) => ({ texts, roots: {}, entries: {} }),
    warn: (found) => teller.ofBuild('dynapack.patches()', found),
    record: (release) => release(),
    describe: describeFiles,
  });
  return stream;
}
