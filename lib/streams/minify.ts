/** Bundle Files in, the same Files out with each module, or style, minified. Whatever else comes along passes untouched. */
import { objectTransform } from 'through2';
import type File from 'vinyl';
import type { Build } from '../build';
import type { StyleBundle } from '../build-styles';
import { refusalOf } from '../fs/validity';
import { bundleChanged, invalidMinifierMap, streamsNotMinified } from '../minify/failures';
import { type Minifier, type Minify, toMinifier } from '../minify/minifier';
import { type BundledModule, type MinifiedModule, minifyModules } from '../minify/minify';
import { oxcMinifier } from '../minify/oxc';
import { scriptShift } from '../minify/script';
import { canMinifyStyles, minifyStyles } from '../minify/styles';
import type { Bundle, SourceMap } from '../model';
import { shownFile } from '../module-path';
import { renderBundle, renderMinifiedMap, renderMinifiedStyleMap } from '../render/bundle';
import { joinStyles } from '../render/style';
import type { PackContext } from './context';
import { onDestroy } from './forward-errors';
import { tagOf } from './tags';

/** A File with the bundle that it holds. */
interface Held {
  file: File & { contents: Buffer };
  bundle: Bundle;
  modules: BundledModule[];
}

/** Bundles of this pack whose modules are known; maps and compressed copies carry the tag, too. */
function bundleOf(file: File, { bundles }: Build, pack: string, extension = '.js'): Bundle | undefined {
  const tag = tagOf(file);
  if (tag.pack !== pack || file.extname !== extension || file.isNull()) return undefined;
  const bundle = bundles.find(({ name }) => name === tag.bundle);
  return bundle && bundle.modules.length > 0 ? bundle : undefined;
}

function assertUnchanged(file: File, { name, contents }: Bundle): asserts file is Held['file'] {
  if (!file.isBuffer()) throw streamsNotMinified(name);
  if (!file.contents.equals(Buffer.from(contents))) throw bundleChanged(name);
}

function* findBundles(files: readonly File[], build: Build, pack: string): Generator<Held> {
  for (const file of files) {
    const bundle = bundleOf(file, build, pack);
    if (bundle === undefined) continue;
    assertUnchanged(file, bundle);
    yield { file, bundle, modules: bundle.modules.map((path) => moduleOf(path, build)) };
  }
}

function moduleOf(path: string, { rendered, numbers, names }: Build): BundledModule {
  const { module, pieces, text } = rendered[numbers.get(path) as number] as (typeof rendered)[number];
  return { id: names.id(path), module, pieces, text };
}

function composedMap(
  { bundle: { name }, modules }: Held,
  minified: readonly MinifiedModule[],
  registry: string,
  map: SourceMap,
): SourceMap {
  const mapped = modules.map(({ id, text }, index) => {
    const after = minified[index] as MinifiedModule;
    return { before: { text, shift: scriptShift(id) }, after, map: after.map };
  });
  const onDamaged = (index: number, reason: string): Error =>
    invalidMinifierMap(shownFile(modules[index]?.module.path ?? name), reason);
  return renderMinifiedMap(registry, map, mapped, onDamaged);
}

function replaceContents(held: Held, results: ReadonlyMap<string, MinifiedModule>, registry: string): void {
  const { file, modules } = held;
  const minified = modules.map(({ id }) => results.get(id) as MinifiedModule);
  const texts = minified.map(({ text }) => text);
  file.contents = Buffer.from(renderBundle(registry, texts));
  if (file.sourceMap) file.sourceMap = composedMap(held, minified, registry, file.sourceMap as SourceMap);
}

function replaceStyles(files: readonly File[], build: Build, pack: string): void {
  if (build.styleBundles.size === 0 || !canMinifyStyles()) return;
  for (const file of files) {
    const bundle = bundleOf(file, build, pack, '.css');
    if (bundle === undefined) continue;
    assertUnchanged(file, bundle);
    const { rendered, trailer } = build.styleBundles.get(bundle.name) as StyleBundle;
    const minified = minifyStyles(rendered, Boolean(file.sourceMap));
    file.contents = Buffer.from(joinStyles(minified.map(({ text }) => text)) + trailer);
    if (!file.sourceMap) continue;
    const mapped = rendered.map(({ text }, index) => {
      const after = minified[index] as MinifiedModule;
      return { before: { text, shift: 0 }, after, map: after.map };
    });
    file.sourceMap = renderMinifiedStyleMap(file.sourceMap as SourceMap, mapped, (index, reason) =>
      invalidMinifierMap(shownFile(rendered[index]?.module.path ?? bundle.name), reason),
    );
  }
}

async function minifyBundles(
  bundles: readonly Held[],
  build: Build,
  minifier: Minifier,
  { builder, options }: PackContext,
): Promise<void> {
  await minifier.ready?.();
  const hasMap = bundles.some(({ file }) => file.sourceMap);
  const memory = await builder.minified(`${minifier.key} ${hasMap}`, minifier.isKnown);
  const modules = bundles.flatMap((held) => held.modules);
  const isValid = (text: string): boolean => refusalOf(text) === undefined;
  const results = await minifyModules(modules, { minifier, memory, hasMap, isValid });
  for (const held of bundles) replaceContents(held, results, options.name);
  // Nobody waits for it; the process does not end before it is done.
  void memory?.close(new Set(Object.keys(build.metadata.modules)));
}

/**
 * `pack.minify()`.
 * @param minify oxc-minify, if not given
 * @throws INVALID_MINIFIER
 */
export function createMinify(context: PackContext, minify?: Minify) {
  const { builder, built, bundles, delivery, log } = context;
  const { id } = context.options;
  const minifier = minify === undefined ? oxcMinifier() : toMinifier(minify);
  builder.needsModules = true;
  async function minifyFiles(files: File[]): Promise<File[]> {
    await built.promise;
    const build = await builder.whole();
    const start = performance.now();
    await minifyBundles([...findBundles(files, build, id)], build, minifier, context);
    replaceStyles(files, build, id);
    log({ type: 'timing', phase: 'minify', milliseconds: performance.now() - start });
    return files;
  }
  const stream = objectTransform(async function* (source: AsyncIterable<File>) {
    // All that comes at once: several threads are busy to the end, and a module that fails is the same each time.
    let files: File[] = [];
    let count = 0;
    for await (const file of source) {
      files.push(file);
      if (tagOf(file).pack !== id || ++count !== bundles.announced) continue;
      yield* await minifyFiles(files);
      files = [];
    }
    if (files.length > 0) yield* await minifyFiles(files);
  });
  delivery.describe(stream, { label: `minify ${minifier.key}`, isSteady: true });
  // What fails behind the pack fails what waits for it.
  return onDestroy(stream, (error) => error && context.failDependents(error));
}
