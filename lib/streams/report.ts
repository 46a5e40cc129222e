/** The finished Files of bundles in, with patches if there are any; the report out. */
import { extname, join } from 'node:path';
import type { Transform } from 'readable-stream';
import { objectTransform } from 'through2';

import File = require('vinyl');

import type { ReportMemory } from '../cache/report-memory';
import { deferred } from '../deferred';
import { sha256 } from '../hash';
import { type ReportOptions, resolveReportOptions } from '../options/report';
import { openReleases } from '../releases/open';
import type { Storage } from '../releases/storage';
import { type KnownPatch, patchesTo } from '../render/served';
import { createMeasure, type ServedFile, type ServedPatch } from '../report/contents';
import type { ReportData, Sizes } from '../report/data';
import { sizeUnknown } from '../report/failures';
import { makeReport } from '../report/make';
import { renderReport } from '../report/page';
import { readEarlier } from '../report/read';
import { describeReleases } from '../report/releases';
import { rawSizeOf, sizesOf } from '../report/sizes';
import type { Finished } from '../run';
import { arrivalOf } from './arrival';
import type { PackContext } from './context';
import { tagOf } from './tags';

const versionOf = (): string => (require('dynapack/package.json') as { version: string }).version;

/** What came by in this build. */
interface Came {
  files: Map<string, { served: string; contents: Buffer }>;
  patches: { patch: KnownPatch & { bundle: string }; contents: Buffer }[];
}

/** Copies for other uses have other extensions; see `inputs.ts`. */
function note({ files, patches }: Came, input: unknown, pack: string): void {
  if (!File.isVinyl(input)) return;
  const { bundle, asset, patch, pack: from } = tagOf(input);
  if (from !== pack) return;
  const name = bundle ?? asset;
  if (patch !== undefined && input.isBuffer()) patches.push({ patch, contents: input.contents });
  else if (name !== undefined && input.extname === extname(name) && input.isBuffer())
    files.set(name, { served: input.relative.replaceAll('\\', '/'), contents: input.contents });
}

/** Notes what came by, and takes the sizes of what is new. */
async function learn(
  memory: ReportMemory,
  { files, patches }: Came,
  build: Finished,
  measureText: (bytes: Buffer) => Promise<Sizes>,
): Promise<void> {
  const made = await Promise.all(
    patches.map(async ({ patch, contents }) => ({
      ...patch,
      brotli: (await measureText(contents)).brotli ?? patch.size,
    })),
  );
  for (const bundle of new Set(made.map((patch) => patch.bundle)))
    memory.patches.set(
      bundle,
      made.filter((patch) => patch.bundle === bundle),
    );
  const measure = createMeasure(build);
  const measured = [...files].map(async ([name, { served, contents }]): Promise<[string, ServedFile]> => {
    const version = sha256(contents);
    const known = memory.served.get(name);
    const sizes = known?.version === version ? known.sizes : await measureText(contents);
    return [name, { served, version, sizes, parts: measure(name, String(contents)) }];
  });
  for (const [name, file] of await Promise.all(measured)) memory.served.set(name, file);
}

async function makeData(
  build: Finished,
  { served, patches }: ReportMemory,
  { options, builder, releases: own, release }: PackContext,
  releases: string | Storage | undefined,
): Promise<ReportData> {
  const names = [...build.bundles, ...build.assetFiles].map(({ name }) => name);
  const missing = names.find((name) => !served.has(name));
  if (missing !== undefined) throw sizeUnknown(missing, 'report');
  const {
    root,
    split: { groups },
  } = options;
  const { packageOf } = builder;
  const data = makeReport({ build, served, packageOf, root, version: versionOf(), groups });
  if (releases === undefined) return data;
  const store = openReleases(releases);
  const kept = await (release && releases === own
    ? store.listWith(release.content, release.keep)
    : store.list());
  const patchesOf = (name: string): ServedPatch[] =>
    patchesTo((served.get(name) as ServedFile).version, patches.get(name) ?? []);
  return { ...data, releases: describeReleases(data, kept, { served, patchesOf }) };
}

/**
 * `pack.report()`. It gives its File out in each build.
 * @throws UNKNOWN_OPTION or INVALID_OPTION
 */
export function createReport(context: PackContext, userOptions?: ReportOptions) {
  const { options: pack, builder, built, bundles, calls, delivery } = context;
  const { file: name, json, compare, releases, compress } = resolveReportOptions(userOptions);
  const call = JSON.stringify(['report', calls.length, name, json, compare, compress]);
  calls.push(call);
  builder.needsModules = true;
  const done = deferred<void>();
  const stream: Transform = objectTransform(async function* (source: AsyncIterable<unknown>) {
    const came: Came = { files: new Map(), patches: [] };
    for await (const input of source) {
      note(came, input, pack.id);
      if (came.files.size === 1) context.reports.add(done.promise);
    }
    await built.promise;
    const build = await builder.whole();
    const memory = (await bundles.destination).reportOf(call);
    await learn(memory, came, build, compress === false ? rawSizeOf : sizesOf);
    const kept = compress === false ? undefined : (releases ?? context.releases);
    const data = await makeData(build, memory, context, kept);
    const before = compare === undefined ? undefined : readEarlier(compare);
    const contents = json ? `${JSON.stringify(data)}\n` : renderReport(data, before);
    const path = join(pack.root, name);
    yield new File({ cwd: pack.root, base: pack.root, path, contents: Buffer.from(contents) });
    // Of a stream that nobody reads, there is no end.
    if (!stream.readableFlowing) done.resolve();
  });
  void arrivalOf(stream).then(done.resolve);
  delivery.describe(stream, { label: call, isEnd: true });
  context.addDependent(stream);
  return stream;
}
