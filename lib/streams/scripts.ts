/** Aliases, manifests and renamed bundle Files in; a snippet per entry, `aliases.json` and `manifest.json` out. */
import { join } from 'node:path';
import type { Transform } from 'readable-stream';
import { objectTransform } from 'through2';

import File = require('vinyl');

import type { Outcome } from '../build';
import type { ServedKnown } from '../cache/scripts-memory';
import { integrityUnknown } from '../errors';
import { sha256 } from '../hash';
import { loaderTextsFor, worker } from '../loaders';
import type { ResolvedOptions } from '../options/resolved';
import { resolveScriptsOptions, type ScriptsOptions } from '../options/scripts';
import { pathFrom } from '../relative-path';
import type { Served } from '../render/aliases';
import { renderSymfony, renderVite } from '../render/backends';
import { renderManifest } from '../render/manifest';
import { integrityOf, patchesTo } from '../render/served';
import {
  bundlesOf,
  renderHead,
  renderSnippet,
  type ServedBundle,
  type SnippetContext,
} from '../render/snippet';
import { checkBudgets } from './budgets';
import type { PackContext } from './context';
import { assertRewritten, findMisgiven } from './given';
import { collectInputs } from './inputs';
import { outputId, setTag } from './tags';

/** Bundle name → what it is served as, the loader's own file included; asset name → likewise. */
function servedNames(
  { metadata, loaderName, workerLoaderName }: Outcome,
  { aliases }: ServedKnown,
): ServedNames {
  const bundles = Object.keys(metadata.bundles);
  for (const loader of [loaderName, workerLoaderName]) if (loader !== undefined) bundles.push(loader);
  const assets = Object.keys(metadata.assets);
  const alone = Object.keys(metadata.standalone);
  const all = new Set([...bundles, ...assets, ...alone]);
  const serve = (names: readonly string[]): ReadonlyMap<string, Served> =>
    new Map(names.map((name) => [name, aliases.served(name, (other) => all.has(other))]));
  return { bundles: serve(bundles), assets: serve(assets), alone: serve(alone) };
}

/** By name, what is served as what. */
interface ServedNames {
  bundles: ReadonlyMap<string, Served>;
  assets: ReadonlyMap<string, Served>;
  /** Of scripts that stand alone. */
  alone: ReadonlyMap<string, Served>;
}

/** What is asked of `scripts()`. */
interface Settings {
  pack: ResolvedOptions;
  options: ScriptsOptions;
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

/** Characters of a bundle that may be more than what a browser's cache in memory takes as one. */
const LONG = 4_000_000;

function snippetContext(
  build: Outcome,
  names: ServedNames,
  known: ServedKnown,
  { pack, options }: Settings,
): SnippetContext {
  const { updates, prefix, name: registry } = pack;
  const urlOf = (bundle: string): string => (names.bundles.get(bundle) as Served).url;
  const serve = (bundle: string): ServedBundle =>
    options.integrity ? withIntegrity(bundle, urlOf(bundle), known) : { served: urlOf(bundle) };
  const serveBundle = (bundle: string): ServedBundle =>
    updates === undefined ? serve(bundle) : withUpdate(bundle, urlOf(bundle), known);
  const { metadata, next, entryIds, bundleIds, loaderName, assets, styles, alone } = build;
  const { workers, workerLoaderName } = build;
  const serveAlone = (name: string): ServedBundle => {
    const integrity = known.integrity.get(name);
    return { served: (names.alone.get(name) as Served).url, ...(integrity !== undefined && { integrity }) };
  };
  return {
    metadata,
    served: new Map(Object.keys(metadata.bundles).map((name) => [name, serveBundle(name)])),
    next,
    entryIds,
    bundleIds,
    assets: assets.map((each) => ({ ...each, url: (names.assets.get(each.name) as Served).url })),
    styles,
    workers,
    long: new Set(build.bundles.flatMap(({ name, contents }) => (contents.length > LONG ? [name] : []))),
    workerLoader: workerLoaderName === undefined ? undefined : urlOf(workerLoaderName),
    alone: alone.map(({ name, entry, path }) => ({ name, entry, path, ...serveAlone(name) })),
    prefix,
    worker: updates === 'worker' ? pack.worker : undefined,
    registry,
    loader: loaderName === undefined ? loaderTextsFor(pack, hasStyles(styles)) : serve(loaderName),
    options,
  };
}

/** A file that is given out. */
interface Script {
  name: string;
  contents: string;
}

/** Those that other frameworks print tags by. */
function renderBackend(context: SnippetContext, { pack, options }: Settings): Script[] {
  if (options.manifest === undefined) return [];
  const sourceOf = (path: string): string => pathFrom(pack.root, path);
  const backend = {
    snippets: context,
    texts: loaderTextsFor(pack, hasStyles(context.styles)),
    sourceOf,
    hash: sha256,
  };
  return options.manifest === 'vite' ? renderVite(backend) : renderSymfony(backend);
}

/** Whether any page has styles. */
const hasStyles = (styles: SnippetContext['styles']): boolean =>
  [...styles.values()].some((names) => names.length > 0);

/** All of them. */
function render(context: SnippetContext, names: ServedNames, settings: Settings): Script[] {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const entries = Object.keys(context.metadata.entries);
  const aliases = [...context.served.keys(), ...names.assets.keys(), ...names.alone.keys()].map((name) => [
    name,
    (names.bundles.get(name) ?? names.assets.get(name) ?? names.alone.get(name))?.name,
  ]);
  const hasScripts = (entry: string): boolean => bundlesOf(entry, context).length > 0;
  // An entry without scripts is a style: its page includes a head, be it that of an empty style.
  const hasHeads = hasStyles(context.styles) || !entries.every(hasScripts);
  const heads = hasHeads ? entries : [];
  return [
    ...entries.filter(hasScripts).map((entry) => ({
      name: `${entry}.html`,
      contents: renderSnippet(entry, context),
    })),
    ...heads.map((entry) => ({ name: `${entry}.head.html`, contents: renderHead(entry, context) })),
    { name: 'aliases.json', contents: json(Object.fromEntries(aliases)) },
    { name: 'manifest.json', contents: json(renderManifest(context)) },
    ...(context.worker === undefined ? [] : [{ name: 'dynapack-worker.js', contents: worker }]),
    ...renderBackend(context, settings),
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

/**
 * `pack.scripts()`. Each call gives out what it has not given out before to the same place.
 * @throws UNKNOWN_OPTION or INVALID_OPTION
 */
export function createScripts(context: PackContext, userOptions?: ScriptsOptions) {
  const { options: pack, builder, built, bundles, calls, delivery } = context;
  const options = resolveScriptsOptions(pack, userOptions);
  const settings = { pack, options: withCrossorigin(options, pack) };
  const checked = pack.budgets.size > 0 ? ['budgets'] : [];
  const call = JSON.stringify([calls.length, options, ...checked]);
  calls.push(call);
  const finish = context.expectScripts();
  let isPiped = false;
  const stream: Transform = objectTransform(async function* (source: AsyncIterable<unknown>) {
    const inputs = await collectInputs(source, {
      pack: pack.id,
      hasIntegrity: options.integrity ?? false,
      hasUpdates: pack.updates !== undefined,
      hasBudgets: pack.budgets.size > 0,
    });
    const build = await built.promise;
    // It has failed with another stream, and was not given all.
    if (stream.destroyed) return;
    const memory = (await bundles.destination).scriptsOf(call);
    memory.learn(inputs);
    const names = servedNames(build, memory);
    assertRewritten(inputs.styles, build.assets, names.assets);
    const assets = [...names.assets.keys()];
    const given = { root: pack.root, strangers: inputs.strangers, isPiped, assets };
    await checkBudgets(context, build, memory.contents);
    // A stream before this one may have failed.
    if (!stream.destroyed) builder.warn(call, findMisgiven(names.bundles, memory.aliases, given));
    const scripts = memory.scriptsFor(build.metadata, () =>
      render(snippetContext(build, names, memory, settings), names, settings),
    );
    for await (const script of emission.emit(scripts))
      yield toFile(script, pack, outputId(call, script.name));
    await finish();
  });
  const emission = context.emissionOf<Script>(call, () => stream);
  stream.once('pipe', () => (isPiped = true));
  delivery.describe(stream, { label: call, isEnd: true });
  context.addDependent(stream);
  return stream;
}

function toFile({ name, contents }: Script, { root, id }: ResolvedOptions, output: string): File {
  const file = new File({ cwd: root, base: root, path: join(root, name), contents: Buffer.from(contents) });
  return setTag(file, { script: output, pack: id });
}
