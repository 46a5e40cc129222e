/** The styles of a plan → their files. */
import { isSameList } from './core/again';
import type { StyleItem } from './core/styles/documents';
import type { Bundle, Module } from './model';
import type { PlannedAsset } from './placing';
import type { Plan } from './plan';
import { textOf } from './render/edits';
import { urlPath } from './render/escape';
import { isRelativePrefix } from './render/loader';
import { renderMap } from './render/maps';
import { joinStyles, type RenderedStyle, relativeUrl, renderStyle } from './render/style';

/** A file of styles, and what it was made of. */
export interface StyleBundle {
  bundle: Bundle;
  inputs: readonly unknown[];
  /** What stands behind the last of the styles. */
  trailer: string;
  rendered: readonly RenderedStyle[];
}

/** What of a plan files are made of. */
interface Context {
  plan: Plan;
  assets: ReadonlyMap<string, PlannedAsset>;
  /** Name of a file → names of the assets that it names. */
  assetsOf: ReadonlyMap<string, string[]>;
  options: StyleOptions;
}

/** What files of styles depend on besides the plan. */
export interface StyleOptions {
  root: string;
  prefix: string;
  /** Pages may have the text of a file from elsewhere, where nothing is relative to it. */
  updates: string | undefined;
  /** Text → base64url of its SHA-256. */
  hash(text: string): string;
}

/** The URL of an asset in a file of styles. */
function urlIn(file: string, path: string, { plan, assets, options }: Context): string | undefined {
  const { dataUrl } = plan.modules[plan.numbers.get(path) as number] as Module;
  if (dataUrl !== undefined) return dataUrl;
  const asset = assets.get(path);
  if (asset === undefined) return undefined;
  const { prefix, updates } = options;
  const isAbsolute = updates !== undefined && !isRelativePrefix(prefix);
  return (isAbsolute ? prefix + urlPath(asset.name) : relativeUrl(file, asset.name)) + asset.suffix;
}

/** All that the text of a file hangs on. */
function inputsOf(name: string, items: readonly StyleItem[], context: Context): unknown[] {
  const { plan } = context;
  const modules = items.map(({ module }) => plan.modules[module] as Module);
  const urls = modules.flatMap(({ facts, targets }) =>
    facts.references.map(({ kind }, index) => {
      const target = targets[index];
      return kind === 'url()' && target !== undefined ? urlIn(name, target, context) : undefined;
    }),
  );
  return [plan.hasMaps, ...items.map(({ piece }) => piece), ...modules, ...urls, ...filesIn(name, context)];
}

/** The modules of the files that a style names. */
const filesIn = (name: string, { plan, assetsOf, assets }: Context): Module[] => {
  const named = new Set(assetsOf.get(name));
  return [...assets.values()]
    .filter((asset) => named.has(asset.name))
    .map(({ path }) => plan.modules[plan.numbers.get(path) as number] as Module);
};

/** Characters of a hash that stands for files. */
const HASH_LENGTH = 8;

/**
 * Stands for what the files hold that a style names, where it names any: plugins name a style by a hash of its text, and then put the hashes of files into it. A
 * text with other files must have another name.
 */
function trailerOf(name: string, context: Context): string {
  const files = filesIn(name, context);
  if (files.length === 0) return '';
  const text = files.map((module) => context.options.hash(module.asset?.bytes ?? '')).join();
  return `/*! ${context.options.hash(text).slice(0, HASH_LENGTH)} */\n`;
}

function makeStyle(name: string, items: readonly StyleItem[], context: Context): Omit<StyleBundle, 'inputs'> {
  const { plan, options } = context;
  const rendered = items.map(({ module: number, piece }): RenderedStyle => {
    const module = plan.modules[number] as Module;
    const pieces = renderStyle(module, piece, (path) => urlIn(name, path, context));
    return { module, pieces, text: textOf(pieces, module.source) };
  });
  const trailer = trailerOf(name, context);
  const contents = joinStyles(rendered.map(({ text }) => text)) + trailer;
  const map = plan.hasMaps ? renderMap(name, '', rendered, options.root) : undefined;
  const modules = [...new Set(rendered.map(({ module }) => module.path))];
  const files = context.assetsOf.get(name) ?? [];
  return { bundle: { name, modules, contents, map, ...(files.length > 0 && { files }) }, rendered, trailer };
}

function groupByStyle(assets: readonly PlannedAsset[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, styles } of assets)
    for (const style of styles) groups.set(style, [...new Set([...(groups.get(style) ?? []), name])]);
  return groups;
}

/**
 * Makes the files of styles; as they were made before, where all that they are made of is what it was.
 * @param before those of an earlier build
 */
export function makeStyles(
  plan: Plan,
  options: StyleOptions,
  before: ReadonlyMap<string, StyleBundle> | undefined,
): ReadonlyMap<string, StyleBundle> {
  const assets = new Map(plan.assets.map((asset) => [asset.path, asset]));
  const context: Context = { plan, assets, assetsOf: groupByStyle(plan.assets), options };
  const { items, files } = plan.styled;
  return new Map(
    plan.styleFiles.map((name, index) => {
      const own = (files[index] as number[]).map((style) => items[style] as StyleItem);
      const inputs = inputsOf(name, own, context);
      const known = before?.get(name);
      const made =
        known && isSameList(known.inputs, inputs) ? known : { ...makeStyle(name, own, context), inputs };
      return [name, made];
    }),
  );
}
