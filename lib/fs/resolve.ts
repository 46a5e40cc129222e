/** Specifier + importer → module: what URLs and attributes mean, and everything else by its path or name. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOf } from '../module-path';
import { isDataUrl, isForBrowser } from '../urls';
import { type Attributes, withAttributes } from './attributes';
import { aliasFor } from './circles';
import { resolveData } from './data-urls';
import { Lookup } from './lookup';
import type { Found } from './resolution';
import type { ResolveKind, ResolverSettings } from './settings';

/** What a specifier means. `isForBrowser`: what the browser loads, when the page runs. */
export type Resolution = Found | { isForBrowser: true };

/** How an importer names a module, besides the specifier. */
export interface Naming {
  attributes?: Attributes | undefined;
  /** By `import()`. */
  isDynamic?: boolean;
}

/** `kind` says how the importer names the module; without it, by `require`. */
export type Resolve = (
  specifier: string,
  importer: string,
  kind?: ResolveKind,
  naming?: Naming,
) => Resolution;

/** The path and query in a `file:` URL, by which `import` may name a file in Node; `undefined` where it is none of this machine. */
function pathOfUrl(specifier: string): string | undefined {
  try {
    const url = new URL(specifier);
    return fileURLToPath(url) + url.search + url.hash;
  } catch {
    return undefined;
  }
}

/** Is told of what a resolver looks for, each specifier once per directory and kind. */
export interface ResolutionObserver {
  /** Before the disk is looked at. */
  onAsked(specifier: string, directory: string): void;
  onAnswered(specifier: string, directory: string, found: Found): void;
}

/**
 * Makes the resolver of one build. It remembers what it has read: make another one for the next build.
 * @param observer gives who is told, if anybody
 */
export function createResolver(
  settings: ResolverSettings,
  observer: () => ResolutionObserver | undefined = () => undefined,
): Resolve {
  const lookup = new Lookup(settings);
  const known = new Map<string, Found>();

  /** Files of one directory ask for the same things. */
  function find(specifier: string, directory: string | undefined, kind: ResolveKind): Found {
    const key = `${kind} ${specifier}\n${directory ?? ''}`;
    const before = known.get(key);
    if (before) return before;
    const found = observed(specifier, directory, () => lookup.find(directory, specifier, kind));
    known.set(key, found);
    return found;
  }

  /** @param directory none where no files are looked for */
  function observed(specifier: string, directory: string | undefined, look: () => Found): Found {
    const told = directory === undefined ? undefined : observer();
    told?.onAsked(specifier, directory as string);
    const found = look();
    told?.onAnswered(specifier, directory as string, found);
    return found;
  }

  const findFile = (path: string, kind: ResolveKind): Found =>
    observed(path, dirname(path), () => lookup.findFile(dirname(path), path, kind));

  const isNamed = (url: string): boolean =>
    Object.hasOwn(settings.external, url) || aliasFor(url, settings.resolve.alias) !== undefined;

  return function resolve(specifier, importer, kind = 'require', { attributes, isDynamic } = {}) {
    if (isDynamic && isForBrowser(specifier) && !isNamed(specifier)) return { isForBrowser: true };
    if (isDataUrl(specifier) && !isNamed(specifier)) return resolveData(specifier, kind, attributes);
    const path = kind === 'import' && /^file:/i.test(specifier) ? pathOfUrl(specifier) : undefined;
    const directory = isDataUrl(importer) ? undefined : dirname(fileOf(importer));
    const found = path === undefined ? find(specifier, directory, kind) : findFile(path, kind);
    return attributes ? withAttributes(found, attributes) : found;
  };
}
