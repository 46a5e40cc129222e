/** One build of the command: entries in, files on the disk out, and what was done printed. */
import { join, relative, resolve } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type File = require('vinyl');

import { dest } from 'vinyl-fs';
import type { Cache } from '../cache/cache';
import { overwritesSource } from '../errors';
import { createCanonicalPath } from '../fs/files';
import type { Asset, BuildMetadata, Bundle } from '../model';
import { createPack, type Pack } from '../pack';
import { openReleases } from '../releases/open';
import { createRev } from '../streams/rev';
import { tagOf } from '../streams/tags';
import { describeWarning } from '../warnings';
import type { Command } from './arguments';
import type { Output } from './output';
import { showProgress } from './progress';
import { summarise, summariseAssets } from './summary';
import { describeUpdates, type MadePatch, type MadeText } from './updates';

/** What a build has made. */
export interface Built {
  metadata: BuildMetadata;
  /** The bundles that came out: all, or with a cache those that have changed. */
  bundles: Bundle[];
  /** The assets that came out, likewise. */
  assets: Asset[];
  /** What visitors of earlier releases download, for people, where releases are kept. */
  updates?: string;
}

/** The files that a build writes, relative to the output directory. */
function outputNames({ bundles, entries, assets, standalone }: BuildMetadata): string[] {
  const snippets = Object.keys(entries).map((entry) => `${entry}.html`);
  const scripts = [...Object.keys(bundles), ...Object.keys(standalone)];
  const names = scripts.flatMap((name) => [name, `${name}.map`]);
  return [...names, ...Object.keys(assets), ...snippets, 'aliases.json', 'manifest.json'];
}

/** Absolute paths of the files that a build writes. */
export function outputPaths(metadata: BuildMetadata, output: string): string[] {
  const canonicalPath = createCanonicalPath(true);
  return outputNames(metadata).map((name) => canonicalPath(join(resolve(output), name)));
}

/**
 * Keeps what a build makes for the summary.
 * @param last the stream that finished bundles come from
 */
function collect(pack: Pack, last: Duplex): () => Built {
  const bundles: Bundle[] = [];
  const assets: Asset[] = [];
  let metadata: BuildMetadata | undefined;
  pack.on('bundled', (found) => {
    metadata = found;
  });
  last.on('data', (file: File) => {
    const { bundle: name, asset } = tagOf(file);
    if (asset !== undefined)
      assets.push({
        name: asset,
        path: metadata?.assets[asset] ?? '',
        contents: file.contents?.toString('latin1') ?? '',
      });
    if (name !== undefined) {
      const modules = metadata?.bundles[name] ?? metadata?.standalone[name] ?? [];
      bundles.push({ name, modules, contents: String(file.contents) });
    }
  });
  return () => ({ bundles, assets, metadata: metadata as BuildMetadata });
}

/** Fails a pack before anything of it is written if that would replace a source. */
function guardSources(pack: Pack, output: string): void {
  pack.on('bundled', (metadata) => {
    const sources = new Set(metadata.files);
    const source = outputPaths(metadata, output).find((path) => sources.has(path));
    if (source !== undefined) pack.destroy(overwritesSource(source, output));
  });
}

/** How paths are shown. */
export const shorten = (path: string): string => relative(process.cwd(), path);

/** What a build is asked for by who builds again and again. */
export interface Repeated {
  /** What survives from build to build. */
  cache: Cache;
  /** Ends the build before its time. */
  signal: AbortSignal;
  /** Called before anything is written. */
  onBundled(metadata: BuildMetadata): void;
}

/**
 * Bundles and writes.
 * @param stderr for progress and warnings
 */
export async function bundle(
  command: Command,
  stderr: Output,
  { cache, signal, onBundled }: Partial<Repeated> = {},
): Promise<Built> {
  const { entries, output, prefix, debug, minify, sourcemaps, releases, standalone, library } = command;
  const updates = releases === undefined ? {} : { updates: 'page' as const };
  const split = { requestCost: command.requestCost };
  // Paths are relative to the working directory, which is the root.
  const pack = createPack(
    { prefix, debug, split, sourcemaps, standalone, library, ...updates, ...(cache && { cache }) },
    output,
  );
  const stages: [Duplex, ...Duplex[]] = minify ? [pack, pack.minify()] : [pack];
  const built = collect(pack, stages.at(-1) as Duplex);
  guardSources(pack, output);
  const names = new Set<string>();
  pack.on('bundled', (metadata) => {
    for (const name of Object.keys(metadata.standalone)) names.add(name);
  });
  if (onBundled) pack.on('bundled', onBundled);
  showProgress(pack, stderr);
  pack.on('warning', (warning) => stderr.write(`warning: ${describeWarning(warning)}\n`));
  for (const entry of [...entries, ...standalone, ...Object.keys(library)]) pack.write(resolve(entry));
  pack.end();
  const options = signal ? { signal } : {};
  const written = dest(output, { sourcemaps: '.' });
  if (releases === undefined) {
    await pipeline([...stages, written, pack.scripts(), dest(output)], options);
    return built();
  }
  // Behind what writes bundles: that adds to their texts where their maps are.
  const patches = pack.patches({ releases });
  const served = collectServed(patches);
  // Whoever names a script that stands alone by its URL does so in each release.
  const isNamed = (file: File): boolean => names.has(tagOf(file).bundle ?? '');
  const files = [...stages, createRev(isNamed), written, patches, dest(output)] as const;
  await pipeline([...files, pack.scripts(), dest(output)], options);
  return { ...built(), updates: describeUpdates(await openReleases(releases).list(), ...served) };
}

/** Keeps the bundles and the patches that pass. */
function collectServed(stream: Readable): [bundles: MadeText[], patches: MadePatch[]] {
  const served: [MadeText[], MadePatch[]] = [[], []];
  stream.on('data', (file: File) => {
    const { bundle, patch } = tagOf(file);
    const text = String(file.contents);
    if (patch) served[1].push({ bundle: patch.bundle, from: patch.from, text });
    else if (bundle !== undefined && file.extname === '.js') served[0].push({ bundle, text });
  });
  return served;
}

/** What a first build has made, as a table. */
export function describeBuilt({ metadata, bundles, assets, updates = '' }: Built, output: string): string {
  return `${summarise(metadata, bundles, shorten)}${summariseAssets(assets)}${updates}Written to ${shorten(resolve(output)) || '.'}\n`;
}
