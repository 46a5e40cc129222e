/** One build of the command: entries in, files on the disk out, and what was done printed. */
import { extname, join, relative, resolve } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type File = require('vinyl');

import { dest } from 'vinyl-fs';
import type { Cache } from '../cache/cache';
import { DynapackError, overwritesSource } from '../errors';
import { createCanonicalPath } from '../fs/files';
import type { Asset, BuildMetadata, Bundle } from '../model';
import { createPack, type Pack } from '../pack';
import { openReleases } from '../releases/open';
import type { ReportData } from '../report/data';
import { createRev } from '../streams/rev';
import { tagOf } from '../streams/tags';
import { describeWarning } from '../warnings';
import type { Command } from './arguments';
import { changesSince } from './change';
import { explain } from './explain';
import type { Output } from './output';
import { showProgress } from './progress';
import { finishReport, isReported, startReport } from './report';
import { summarise, summariseAssets } from './summary';
import { describeUpdates, type MadePatch, type MadeText } from './updates';
import { readWritten, type WrittenBuild } from './written';

/** What a build has made. */
export interface Built {
  metadata: BuildMetadata;
  /** The bundles that came out: all, or with a cache those that have changed. */
  bundles: Bundle[];
  /** The assets that came out, likewise. */
  assets: Asset[];
  /** What visitors of earlier releases download, for people, where releases are kept. */
  updates?: string;
  /** The data of a report, where it is asked for. */
  data?: ReportData;
  /** What has changed since an earlier one, for people. */
  change?: string;
  /** What of it is above its budget: bundles are written and the report is, snippets are not. */
  excess?: DynapackError;
}

/** The files that a build writes, relative to the output directory. */
function outputNames({ bundles, entries, assets, standalone }: BuildMetadata): string[] {
  const snippets = Object.keys(entries).map((entry) => `${entry}.html`);
  const scripts = [...Object.keys(bundles), ...Object.keys(standalone)];
  const names = scripts.flatMap((name) => [name, `${name}.map`]);
  return [...names, ...Object.keys(assets), ...snippets, 'aliases.json', 'manifest.json'];
}

/** Absolute paths of the files that a build writes. */
export function outputPaths(metadata: BuildMetadata, command: Command): string[] {
  const canonicalPath = createCanonicalPath(true);
  const { output, report, metafile, graph } = command;
  const besides = [report, metafile, graph].filter((path) => path !== undefined);
  const inOutput = outputNames(metadata).map((name) => join(resolve(output), name));
  return [...inOutput, ...besides.map((path) => resolve(path))].map(canonicalPath);
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
function guardSources(pack: Pack, command: Command): void {
  pack.on('bundled', (metadata) => {
    const sources = new Set(metadata.files);
    const source = outputPaths(metadata, command).find((path) => sources.has(path));
    if (source !== undefined) pack.destroy(overwritesSource(source, command.output));
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
 * Waits for all to be written.
 * @returns the error of what is above its budget, for that is told once the report is written
 */
async function writeAll(
  streams: [Duplex, ...Duplex[]],
  options: { signal?: AbortSignal },
): Promise<DynapackError | undefined> {
  try {
    await pipeline(streams, options);
    return undefined;
  } catch (error) {
    if (error instanceof DynapackError && error.code === 'BUDGET') return error;
    throw error;
  }
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
  const { entries, output, prefix, debug, minify, sourcemaps, releases, budgets, standalone, library } =
    command;
  const updates = releases === undefined ? {} : { updates: 'page' as const };
  const split = { requestCost: command.requestCost };
  // Paths are relative to the working directory, which is the root.
  const pack = createPack(
    { prefix, debug, split, sourcemaps, budgets, standalone, library, ...updates, ...(cache && { cache }) },
    output,
  );
  const stages: [Duplex, ...Duplex[]] = minify ? [pack, pack.minify()] : [pack];
  const built = collect(pack, stages.at(-1) as Duplex);
  guardSources(pack, command);
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
  // Whoever names a script that stands alone by its URL does so in each release.
  const isNamed = (file: File): boolean => names.has(tagOf(file).bundle ?? '');
  // Behind what writes bundles: that adds to their texts where their maps are.
  const patches = releases === undefined ? undefined : pack.patches({ releases });
  const served = patches && collectServed(patches);
  const files = patches ? [createRev(isNamed), written, patches, dest(output)] : [written];
  const report = isReported(command) ? startReport(pack) : undefined;
  const tees = report ? [report.tee] : [];
  const all = [...stages, ...files, ...tees, pack.scripts(), dest(output)];
  const excess = await writeAll(all as [Duplex, ...Duplex[]], options);
  if (excess) return { ...built(), ...(report && reportExcess(await report.data, command, stderr)), excess };
  const reported = report && finishReport(await report.data, command);
  const releaseList = releases === undefined ? undefined : await openReleases(releases).list();
  return {
    ...built(),
    ...reported,
    ...(releaseList && served && { updates: describeUpdates(releaseList, ...served) }),
  };
}

/** Where the report of what is above its budget cannot be written, that is no more than told: the budget is what the build fails by. */
function reportExcess(
  data: ReportData,
  command: Command,
  stderr: Output,
): ReturnType<typeof finishReport> | undefined {
  try {
    return finishReport(data, command);
  } catch (error) {
    stderr.write(`${explain(error)}\n`);
    return undefined;
  }
}

/** Keeps the bundles and the patches that pass. */
function collectServed(stream: Readable): [bundles: MadeText[], patches: MadePatch[]] {
  const served: [MadeText[], MadePatch[]] = [[], []];
  stream.on('data', (file: File) => {
    const { bundle, patch } = tagOf(file);
    const text = String(file.contents);
    if (patch) served[1].push({ bundle: patch.bundle, from: patch.from, text });
    else if (bundle !== undefined && file.extname === extname(bundle)) served[0].push({ bundle, text });
  });
  return served;
}

/**
 * What a first build has made, as a table; of one that is above its budget, what its report tells.
 * @param before what the output directory held
 */
export function describeBuilt(
  built: Built,
  { output, json, report }: Command,
  before?: WrittenBuild,
): string {
  const { metadata, bundles, assets, updates = '', change = '', data, excess } = built;
  if (json) return data === undefined ? '' : `${JSON.stringify(data)}\n`;
  const reported = report === undefined || data === undefined ? [] : [shorten(resolve(report))];
  if (excess) return change + reported.map((place) => `Report written to ${place}\n`).join('');
  const places = [shorten(resolve(output)) || '.', ...reported];
  const changes = changesSince(before, readWritten(output));
  const summary = summarise(metadata, bundles, shorten, changes) + summariseAssets(assets);
  return `${summary}${updates}${change}Written to ${places.join(' and ')}\n`;
}
