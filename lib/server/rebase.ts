/**
 * Styles that mean the same wherever they stand. A page may hold a style, or name it by URL; what a relative reference means would
 * depend on that, so there is none in what is served.
 */
import type { Asset } from './assets';
import { relativeReference } from './failures';
import { findStyleReferences, isRelative, type StyleReference } from './style-references';

/** Stands for the site's own address while URLs are resolved. */
const SITE = 'http://site.invalid';

/**
 * The style with all references that are relative resolved against the asset's `base`.
 * @param version what the text is called
 * @throws RELATIVE_REFERENCE when there are some, and the asset has no base
 */
export function rebaseStyle(
  asset: Pick<Asset, 'id' | 'source' | 'base'>,
  version: string,
  text: string,
): string {
  const relative = findStyleReferences(text).filter(({ url }) => isRelative(url));
  const [first] = relative;
  if (first === undefined) return text;
  const { base } = asset;
  if (base === undefined)
    throw relativeReference(asset, version, text, first.start, text.slice(first.start, first.end));
  const parts = relative.map(
    (reference, index) =>
      text.slice(relative[index - 1]?.end ?? 0, reference.start) +
      write(reference, resolve(reference.url, base)),
  );
  return parts.join('') + text.slice(relative.at(-1)?.end);
}

function resolve(url: string, base: string): string {
  const { href } = new URL(url, new URL(base, SITE));
  return href.startsWith(`${SITE}/`) && !base.startsWith(SITE) ? href.slice(SITE.length) : href;
}

function write({ isString }: StyleReference, url: string): string {
  const string = `"${url.replace(/["\\]/g, '\\$&')}"`;
  return isString ? string : `url(${string})`;
}
