/** Entry → the HTML that starts it: the loader, tags for its bundles, and hints where asked for. */
import { isStyleName } from '../core/styles/names';
import type { SplitMetadata } from '../model';
import type { ScriptsOptions } from '../options/scripts';
import { escapeAttribute, escapeSingleQuoted } from './escape';
import { isRelativePrefix, type LoaderTexts, loaderCall } from './loader';
import { type KnownPatch, type ServedText, shortVersion } from './served';
import { type ServedWorker, type WorkerConfig, workerConfigs } from './workers';

/** Where a bundle is served, and what a browser may check it against. */
export interface ServedBundle {
  /** File name as served, without the prefix. */
  served: string;
  /** `sha384-…`, when integrity is on; `sha256-…` with updates. */
  integrity?: string;
  /** With updates. */
  update?: BundleUpdate;
}

/** Where an asset is served. */
export interface ServedAsset {
  name: string;
  /** Id of its module. */
  id: string;
  /** Name of the bundle of its module; none where only styles name it. */
  bundle: string | undefined;
  /** Names of the styles that name it. */
  styles: readonly string[];
  /** Without the prefix. */
  url: string;
  /** What the module has behind it. */
  suffix: string;
}

/** Where a script is served that stands alone. */
export interface ServedScript extends ServedBundle {
  name: string;
  /** Name of the entry, and the path of its module. */
  entry: string;
  path: string;
}

/** What is known of a bundle whose older versions visitors may have. */
export interface BundleUpdate extends ServedText {
  /** The smallest first. */
  patches: KnownPatch[];
}

/** What all snippets of a pack share. */
export interface SnippetContext {
  metadata: SplitMetadata;
  /** Bundle name → where it is served. Complete. */
  served: ReadonlyMap<string, ServedBundle>;
  /** Root id → ids of the roots that may be requested once it is loaded. */
  next: ReadonlyMap<string, readonly string[]>;
  /** Entry name → root id. */
  entryIds: ReadonlyMap<string, string>;
  /** Bundle name → id of one of its modules. */
  bundleIds: ReadonlyMap<string, string>;
  assets: readonly ServedAsset[];
  /** Entry name → names of the styles of its page, in their order. */
  styles: ReadonlyMap<string, readonly string[]>;
  workers: readonly ServedWorker[];
  /** Names of bundles that workers cannot ask for before their turn. */
  long: ReadonlySet<string>;
  /** Where the loader of workers is served, without the prefix. */
  workerLoader: string | undefined;
  /** The scripts that stand alone. */
  alone: readonly ServedScript[];
  prefix: string;
  /** URL of the service worker, if pages have one. */
  worker: string | undefined;
  registry: string;
  /** The loader, or where its file is served. */
  loader: LoaderTexts | ServedBundle;
  options: ScriptsOptions;
}

/** What the loader is called with; `client/config.ts` documents the keys. */
export interface LoaderConfig {
  n: string;
  p: string;
  b: (
    | [module: string, served: string]
    | [module: string, served: string, integrity: string, ...patches: string[]]
  )[];
  r: Record<string, number[]>;
  e: string;
  c?: string;
  t?: number;
  u?: number;
  d?: number;
  w?: string;
  a?: Record<string, string>;
  y?: number;
  k?: Record<string, WorkerConfig>;
  l?: string;
  h?: Record<string, 1>;
}

/** Every root a visit that starts with `entry` can come to, `entry` first, then as found. */
function reachableRoots(entry: string, next: SnippetContext['next']): string[] {
  const found = new Set([entry]);
  for (const root of found) for (const following of next.get(root) ?? []) found.add(following);
  return [...found];
}

/** What tells a patch from the others of its bundle: the texts it is made of. */
const patchName = ({ from }: KnownPatch): string => from.map(shortVersion).join('.');

function bundleRow(name: string, context: SnippetContext): LoaderConfig['b'][number] {
  const { served, integrity, update } = context.served.get(name) as ServedBundle;
  const module = context.bundleIds.get(name) as string;
  // A style with relative URLs means something only where it is served, so its text is never had from elsewhere.
  const isBound = update !== undefined && isStyleName(name) && isRelativePrefix(context.prefix);
  if (integrity === undefined || isBound) return [module, served];
  return [module, served, integrity, ...(update?.patches ?? []).map(patchName)];
}

/** Snippets and the manifest ask for the same ones. */
const configs = new WeakMap<SnippetContext, Map<string, LoaderConfig>>();

/** What the loader must know to serve every request a visit of this entry can make. */
export function loaderConfig(entryName: string, context: SnippetContext): LoaderConfig {
  const known = configs.get(context) ?? new Map<string, LoaderConfig>();
  const config = known.get(entryName) ?? makeConfig(entryName, context);
  configs.set(context, known.set(entryName, config));
  return config;
}

function makeConfig(entryName: string, context: SnippetContext): LoaderConfig {
  const entry = context.entryIds.get(entryName) as string;
  const indices = new Map<string, number>();
  const index = (bundle: string): number => {
    if (!indices.has(bundle)) indices.set(bundle, indices.size);
    return indices.get(bundle) as number;
  };
  const tagged = taggedBundles(entryName, context);
  // Those that have tags are the first ones, and styles the last, in the order of the page.
  tagged.map(index);
  const reachable = reachableRoots(entry, context.next);
  const loads = (root: string): readonly string[] => context.metadata.roots[root] as string[];
  for (const root of reachable) scriptsIn(loads(root)).map(index);
  const own = indices.size;
  const known = {
    ...context,
    rootsFrom: (root: string) => reachableRoots(root, context.next),
    loads: (root: string) => scriptsIn(loads(root)),
  };
  const workers = workerConfigs([...indices.keys()], known, index);
  const scripts = indices.size;
  const styles = context.styles.get(entryName) ?? [];
  styles.map(index);
  const roots: LoaderConfig['r'] = {};
  for (const root of reachable) roots[root] = loads(root).map(index);
  const config: LoaderConfig = {
    n: context.registry,
    p: context.prefix,
    b: [...indices].map(([bundle, at]) =>
      // What is but for workers has neither integrity nor patches.
      at < own || at >= scripts
        ? bundleRow(bundle, context)
        : (bundleRow(bundle, context).slice(0, 2) as [string, string]),
    ),
    r: roots,
    e: entry,
  };
  const { crossorigin, timeout, patchTimeout } = context.options;
  if (crossorigin !== undefined) config.c = crossorigin;
  if (timeout !== undefined) config.t = timeout;
  if (patchTimeout !== undefined) config.u = patchTimeout;
  if (isDeferred(context.options)) config.d = tagged.length;
  if (context.worker !== undefined) config.w = context.worker;
  if (styles.length > 0) config.y = scripts;
  if (context.workerLoader !== undefined && Object.keys(workers).length > 0) {
    config.k = workers;
    config.l = context.workerLoader;
    const long = [...indices.keys()].filter((bundle) => context.long.has(bundle));
    const served = long.map((bundle) => [context.served.get(bundle)?.served, 1] as const);
    if (long.length > 0) config.h = Object.fromEntries(served);
  }
  const assets = context.assets.filter(({ bundle }) => indices.has(bundle ?? ''));
  if (assets.length > 0)
    config.a = Object.fromEntries(assets.map(({ id, url, suffix }) => [id, url + suffix]));
  return config;
}

const attribute = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`;

/** As the user has written it: it may be what his templates replace. */
const nonceAttribute = ({ nonce }: ScriptsOptions): string =>
  nonce === undefined ? '' : ` nonce="${nonce.replaceAll('"', '&quot;')}"`;

function securityAttributes(integrity: string | undefined, options: ScriptsOptions): string {
  return (
    attribute('integrity', integrity) +
    attribute('crossorigin', options.crossorigin) +
    nonceAttribute(options)
  );
}

/** The scripts that the page starts with. */
export const bundlesOf = (entryName: string, { metadata }: SnippetContext): string[] =>
  scriptsIn(metadata.entries[entryName] as string[]);

/** The styles that the page starts with, in its order. */
export function stylesOf(entryName: string, { metadata, styles }: SnippetContext): string[] {
  const own = new Set(metadata.entries[entryName]);
  return (styles.get(entryName) ?? []).filter((style) => own.has(style));
}

const scriptsIn = (bundles: readonly string[]): string[] => bundles.filter((name) => !isStyleName(name));

/** Whether the entry waits for the tags of its page. */
const isDeferred = ({ mode }: ScriptsOptions): boolean => mode !== 'async';

/** Without the loader, nobody knows whether a visitor has what a patch is for. */
const hasPatches = (bundle: string, { served }: SnippetContext): boolean =>
  (served.get(bundle)?.update?.patches.length ?? 0) > 0;

/** What the entry needs and every visitor downloads as a whole. */
export const taggedBundles = (entryName: string, context: SnippetContext): string[] =>
  isDeferred(context.options)
    ? bundlesOf(entryName, context).filter((bundle) => !hasPatches(bundle, context))
    : [];

function bundleElement(bundle: string, context: SnippetContext): string {
  const { served, integrity } = context.served.get(bundle) as ServedBundle;
  const src = attribute('src', context.prefix + served);
  // With updates, the loader asks so, too.
  const crossorigin = integrity === undefined ? {} : ({ crossorigin: 'anonymous' } as const);
  const security = securityAttributes(integrity, { ...crossorigin, ...context.options });
  return `<script defer=""${src}${security} fetchpriority="high"></script>`;
}

function link(relation: string, bundle: string, context: SnippetContext): string {
  const { served, integrity } = context.served.get(bundle) as ServedBundle;
  const href = attribute('href', context.prefix + served);
  return `<link rel="${relation}"${href}${securityAttributes(integrity, context.options)} />`;
}

const hint = (relation: 'preload' | 'prefetch', bundle: string, context: SnippetContext): string =>
  link(`${relation}" as="${isStyleName(bundle) ? 'style' : 'script'}`, bundle, context);

/** What belongs into the head of the page of an entry: its styles, in order, so that nothing is shown before they are there. */
export function renderHead(entryName: string, context: SnippetContext): string {
  const { options } = context;
  const preloads = options.preload && !isDeferred(options) ? bundlesOf(entryName, context) : [];
  const lines = [
    ...stylesOf(entryName, context).map((style) => link('stylesheet', style, context)),
    ...preloads.map((bundle) => hint('preload', bundle, context)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Values of `Link` headers for what the page of an entry is sure to need, so that a server can send them before the page (RFC 8297, 103 Early Hints).
 * They say how the page asks, or browsers would ask twice.
 */
export function earlyHints(entryName: string, context: SnippetContext): string[] {
  const { options } = context;
  const hintOf = (bundle: string): string => {
    const { served, integrity } = context.served.get(bundle) as ServedBundle;
    // As for tags: with updates, these ask so, too.
    const isChecked = integrity !== undefined && !isStyleName(bundle);
    const crossorigin = options.crossorigin ?? (isChecked ? 'anonymous' : undefined);
    const parameters = [
      'rel=preload',
      `as=${isStyleName(bundle) ? 'style' : 'script'}`,
      ...(crossorigin === undefined ? [] : [`crossorigin=${crossorigin}`]),
      ...(integrity === undefined ? [] : [`integrity="${integrity}"`]),
    ];
    return [`<${context.prefix}${served}>`, ...parameters].join('; ');
  };
  const scripts = isDeferred(options) ? taggedBundles(entryName, context) : bundlesOf(entryName, context);
  return [...stylesOf(entryName, context), ...scripts].map(hintOf);
}

/** What can be requested first once the entry runs, without what it has by then. */
function prefetched(entryName: string, context: SnippetContext): string[] {
  const { roots } = context.metadata;
  const following = context.next.get(context.entryIds.get(entryName) as string) ?? [];
  const held = new Set(context.metadata.entries[entryName]);
  return [...new Set(following.flatMap((root) => roots[root] as string[]))].filter(
    (bundle) => !held.has(bundle),
  );
}

/** @param isAwaited it has nothing to fetch itself, so it may run with the tags behind it */
function loaderElement(config: LoaderConfig, isAwaited: boolean, context: SnippetContext): string {
  const { loader, options } = context;
  if ('findScript' in loader) {
    const call = loaderCall(loader, config, options.nonce !== undefined);
    return `<script${nonceAttribute(options)}>${call}</script>`;
  }
  const src = attribute('src', context.prefix + loader.served);
  const attributes = `${src}${securityAttributes(loader.integrity, options)} fetchpriority="high"`;
  const data = escapeSingleQuoted(JSON.stringify(config));
  return `<script ${isAwaited ? 'defer' : 'async'}=""${attributes} data-dynapack='${data}'></script>`;
}

/**
 * The snippet of one entry: put it into the page's HTML as it is. With the loader in a file, it is well-formed XML as well.
 * @param entryName a name of `context.metadata.entries`
 */
export function renderSnippet(entryName: string, context: SnippetContext): string {
  const { options } = context;
  const bundles = bundlesOf(entryName, context);
  const tagged = taggedBundles(entryName, context);
  const isAwaited = isDeferred(options) && tagged.length === bundles.length;
  const preloads = options.preload && !isDeferred(options) ? bundles : [];
  const prefetches = options.prefetch ? prefetched(entryName, context) : [];
  const lines = [
    ...preloads.map((bundle) => hint('preload', bundle, context)),
    loaderElement(loaderConfig(entryName, context), isAwaited, context),
    ...tagged.map((bundle) => bundleElement(bundle, context)),
    ...prefetches.map((bundle) => hint('prefetch', bundle, context)),
  ];
  return `${lines.join('\n')}\n`;
}
