/** Bundle Files in, the same Files out with each module, or style, minified. Whatever else comes along passes untouched. */
import { objectTransform } from 'through2';
import type File from 'vinyl';
import type { Build } from '../build';
import type { StandaloneScript } from '../build-standalone';
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
import { type MinifyOptions, resolveMinifyOptions } from '../options/minify';
import type { ResolvedOptions } from '../options/resolved';
import {
  type Frame,
  frameOf,
  functionsOf,
  functionText,
  renderBundle,
  renderMinifiedMap,
  renderMinifiedStyleMap,
} from '../render/bundle';
import { joinStyles } from '../render/style';
import type { Rendered } from '../render/texts';
import type { BuildWarning } from '../warnings';
import type { PackContext } from './context';
import { onDestroy } from './forward-errors';
import { tagOf } from './tags';

/** A File with the bundle that it holds, or the script that stands alone. */
interface Held {
  file: File & { contents: Buffer };
  bundle: Bundle;
  modules: BundledModule[];
  frame: Frame;
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

function* findBundles(
  files: readonly File[],
  build: Build,
  { id: pack, name: registry }: ResolvedOptions,
): Generator<Held> {
  for (const file of files) {
    const bundle = bundleOf(file, build, pack);
    if (bundle === undefined) continue;
    assertUnchanged(file, bundle);
    const alone = build.scriptsAlone.get(bundle.name);
    const modules = alone === undefined ? modulesOf(bundle, build) : modulesAlone(alone);
    yield { file, bundle, modules, frame: alone?.frame ?? frameOf(registry) };
  }
}

const modulesOf = (bundle: Bundle, { rendered, numbers, names }: Build): BundledModule[] =>
  functionsOf(bundle.modules.map((path) => rendered[numbers.get(path) as number] as Rendered)).map(
    (members) => {
      const { module } = members.at(-1) as Rendered;
      return { id: names.id(module.path), module, members, text: functionText(members) };
    },
  );

const modulesAlone = ({ rendered, plan: { names } }: StandaloneScript): BundledModule[] =>
  rendered.map((each) => ({
    id: names.id(each.module.path),
    module: each.module,
    members: [each],
    text: each.text,
  }));

function composedMap(
  { bundle: { name }, modules, frame }: Held,
  minified: readonly MinifiedModule[],
  map: SourceMap,
): SourceMap {
  const mapped = modules.map(({ id, text }, index) => {
    const after = minified[index] as MinifiedModule;
    return { before: { text, shift: scriptShift(id) }, after, map: after.map };
  });
  const onDamaged = (index: number, reason: string): Error =>
    invalidMinifierMap(shownFile(modules[index]?.module.path ?? name), reason);
  return renderMinifiedMap(frame, map, mapped, onDamaged);
}

function replaceContents(held: Held, results: ReadonlyMap<string, MinifiedModule>): void {
  const { file, modules, frame } = held;
  const minified = modules.map(({ text }) => results.get(text) as MinifiedModule);
  const texts = minified.map(({ text }) => text);
  file.contents = Buffer.from(renderBundle(frame, texts));
  if (file.sourceMap) file.sourceMap = composedMap(held, minified, file.sourceMap as SourceMap);
}

function replaceStyles(files: readonly File[], build: Build, { builder, options }: PackContext): void {
  if (build.styleBundles.size === 0 || !canMinifyStyles()) return;
  const warnings: BuildWarning[] = [];
  for (const file of files) {
    const bundle = bundleOf(file, build, options.id, '.css');
    if (bundle === undefined) continue;
    assertUnchanged(file, bundle);
    const { rendered, trailer } = build.styleBundles.get(bundle.name) as StyleBundle;
    const minified = minifyStyles(rendered, Boolean(file.sourceMap), (warning) => warnings.push(warning));
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
  if (warnings.length > 0) builder.warn('minified styles', warnings);
}

async function minifyBundles(
  bundles: readonly Held[],
  build: Build,
  minifier: Minifier,
  { builder }: PackContext,
): Promise<void> {
  await minifier.ready?.();
  const hasMap = bundles.some(({ file }) => file.sourceMap);
  const memory = await builder.minified(`${minifier.key} ${hasMap}`, minifier.isKnown);
  const modules = bundles.flatMap((held) => held.modules);
  const isValid = (text: string): boolean => refusalOf(text) === undefined;
  const results = await minifyModules(modules, { minifier, memory, hasMap, isValid });
  for (const held of bundles) replaceContents(held, results);
  // Nobody waits for it; the process does not end before it is done.
  const alone = [...build.scriptsAlone.values()].flatMap(modulesAlone).map(({ id }) => id);
  void memory?.close(new Set([...Object.keys(build.metadata.modules), ...alone]));
}

/**
 * `pack.minify()`.
 * @param first a function, oxc-minify if not given; or options
 * @throws INVALID_MINIFIER, UNKNOWN_OPTION or INVALID_OPTION
 */
export function createMinify(context: PackContext, first?: Minify | MinifyOptions, second?: MinifyOptions) {
  const { builder, built, bundles, delivery, log } = context;
  const { id } = context.options;
  const { minify, keepNames } = resolveMinifyOptions(first, second);
  const minifier = minify === undefined ? oxcMinifier(keepNames) : toMinifier(minify);
  builder.needsModules = true;
  builder.leaveNames(keepNames);
  async function minifyFiles(files: File[]): Promise<File[]> {
    await built.promise;
    const build = await builder.whole();
    const start = performance.now();
    await minifyBundles([...findBundles(files, build, context.options)], build, minifier, context);
    replaceStyles(files, build, context);
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
