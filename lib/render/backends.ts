/**
 * Manifests that frameworks of other languages read to print the tags of a page: Vite's (https://vite.dev/guide/backend-integration) and
 * Symfony's (`entrypoints.json` of Webpack Encore). They know script tags and nothing of our loader, so each entry has a script of its own that starts
 * it: the loader, called with the entry's config. Its name holds a hash of it, since servers let browsers keep what such manifests name.
 */
import { isStyleName } from '../core/styles/names';
import { urlPath } from './escape';
import { type LoaderTexts, loaderCall } from './loader';
import {
  bundlesOf,
  loaderConfig,
  type ServedAsset,
  type ServedBundle,
  type SnippetContext,
  stylesOf,
  taggedBundles,
} from './snippet';

/** A file to be written beside the bundles, or as what a manifest is expected to be called. */
interface WrittenFile {
  name: string;
  contents: string;
}

export interface BackendContext {
  snippets: SnippetContext;
  texts: LoaderTexts;
  /** Absolute path of a file → its path in the project, with slashes. */
  sourceOf(path: string): string;
  /** Text → base64url of its SHA-256. */
  hash(text: string): string;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Characters of the hash in a name. */
const HASH_LENGTH = 10;

/** The script that starts an entry. */
function startOf(entry: string, { snippets, texts, hash }: BackendContext): WrittenFile {
  const contents = `${loaderCall(texts, loaderConfig(entry, snippets), false)};\n`;
  return { name: `start/${entry}-${hash(contents).slice(0, HASH_LENGTH)}.js`, contents };
}

/** Entry name → its script, if it runs anything. */
const startsOf = (context: BackendContext): Map<string, WrittenFile> =>
  new Map(
    Object.keys(context.snippets.metadata.entries)
      .filter((entry) => bundlesOf(entry, context.snippets).length > 0)
      .map((entry) => [entry, startOf(entry, context)]),
  );

/** A chunk of Vite's manifest. Paths are relative to the directory of the bundles. */
interface ViteChunk {
  file: string;
  name?: string;
  src: string;
  isEntry?: true;
  isDynamicEntry?: true;
  dynamicImports?: string[];
  /** Styles, in their order. */
  css?: string[];
  assets?: string[];
}

/** The name of a file whose URL this is, without the query of a map. */
const fileIn = (url: string): string => decodeURIComponent(url.replace(/\?.*$/s, ''));

/**
 * `.vite/manifest.json`, and the scripts that it names. An entry is its script: that asks for the bundles, all at once, so there are no
 * `imports`, which others would ask for as modules.
 */
export function renderVite(context: BackendContext): WrittenFile[] {
  const { sourceOf } = context;
  // No tags of the bundles are in the page.
  const snippets = { ...context.snippets, options: { ...context.snippets.options, mode: 'async' as const } };
  const starts = startsOf({ ...context, snippets });
  const { metadata, next, entryIds, assets } = snippets;
  // A style that has names is in a script, too.
  const bundleOf = new Map(
    Object.entries(metadata.bundles)
      .sort(([a], [b]) => Number(isStyleName(b)) - Number(isStyleName(a)))
      .flatMap(([bundle, paths]) => paths.map((path) => [path, bundle])),
  );
  const pathOf = (root: string): string => metadata.modules[root] as string;
  const followingOf = (root: string): Pick<ViteChunk, 'dynamicImports'> => {
    const following = (next.get(root) ?? []).map((each) => sourceOf(pathOf(each)));
    return following.length === 0 ? {} : { dynamicImports: following.sort() };
  };
  const servedAs = (bundle: string): string => fileIn((snippets.served.get(bundle) as ServedBundle).served);
  const assetsOf = (bundles: readonly string[]): Pick<ViteChunk, 'assets'> => {
    const isNamed = ({ bundle, styles }: ServedAsset): boolean =>
      [bundle, ...styles].some((name) => name !== undefined && bundles.includes(name));
    const found = new Set(assets.filter(isNamed).map(({ url }) => fileIn(url)));
    return found.size === 0 ? {} : { assets: [...found] };
  };
  const stylesIn = (bundles: readonly string[]): Pick<ViteChunk, 'css'> =>
    bundles.length === 0 ? {} : { css: bundles.map(servedAs) };
  const chunks: Record<string, ViteChunk> = {};
  for (const [root, bundles] of Object.entries(metadata.roots)) {
    const src = sourceOf(pathOf(root));
    const own = bundleOf.get(pathOf(root)) as string;
    const file = servedAs(own);
    const styles = bundles.filter((name) => isStyleName(name) && name !== own);
    const rest = { ...followingOf(root), ...stylesIn(styles), ...assetsOf(bundles) };
    chunks[src] = { file, src, isDynamicEntry: true, ...rest };
  }
  for (const [name, root] of entryIds) {
    const src = sourceOf(pathOf(root));
    const bundles = metadata.entries[name] as string[];
    const styles = stylesOf(name, snippets);
    // Of an entry that is a style, the last one stands for all.
    const file = starts.get(name)?.name ?? servedAs(styles.pop() as string);
    const rest = { ...followingOf(root), ...stylesIn(styles), ...assetsOf(bundles) };
    chunks[src] = { file, name, src, isEntry: true, ...rest };
  }
  for (const { entry: name, path, served } of snippets.alone) {
    const src = sourceOf(path);
    // Where pages ask for the module later as well, the chunk of its bundle gives way: scripts that stand alone are asked for by name.
    chunks[src] = { file: fileIn(served), name, src, isEntry: true };
  }
  for (const { name, url } of assets) {
    const src = sourceOf(metadata.assets[name] as string);
    chunks[src] ??= { file: fileIn(url), src };
  }
  const sorted = Object.fromEntries(Object.entries(chunks).sort(([a], [b]) => (a < b ? -1 : 1)));
  return [{ name: '.vite/manifest.json', contents: json(sorted) }, ...starts.values()];
}

/** `entrypoints.json`, and the scripts that it names: of each entry, the scripts of its page in order. */
export function renderSymfony(context: BackendContext): WrittenFile[] {
  const { snippets } = context;
  const starts = startsOf(context);
  const integrity: Record<string, string> = {};
  const urlOf = (bundle: string): string => {
    const { served, integrity: value } = snippets.served.get(bundle) as ServedBundle;
    const url = snippets.prefix + served;
    if (value !== undefined) integrity[url] = value;
    return url;
  };
  const entrypoints = Object.keys(snippets.metadata.entries).map((entry) => {
    const start = starts.get(entry);
    const js = start && [...taggedBundles(entry, snippets).map(urlOf), snippets.prefix + urlPath(start.name)];
    const css = stylesOf(entry, snippets).map(urlOf);
    return [entry, { ...(js && { js }), ...(css.length > 0 && { css }) }] as const;
  });
  const alone = snippets.alone.map(({ entry, served, integrity: value }) => {
    const url = snippets.prefix + served;
    if (value !== undefined) integrity[url] = value;
    return [entry, { js: [url] }] as const;
  });
  const contents = {
    entrypoints: Object.fromEntries([...entrypoints, ...alone]),
    ...(Object.keys(integrity).length > 0 && { integrity }),
  };
  return [{ name: 'entrypoints.json', contents: json(contents) }, ...starts.values()];
}
