/** Specifier + importer → module: what URLs and attributes mean, and everything else by its path or name. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOf } from '../module-path';
import { isDataUrl, isForBrowser } from '../urls';
import { aliasFor } from './aliases';
import { type Attributes, withAttributes } from './attributes';
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

/** What a resolver looks for when a module names another one by a path or a name, and from where. */
export interface Question {
  specifier: string;
  /** None where no files are looked for. */
  directory: string | undefined;
  /** A file is meant by its path: it is no name that options speak of. */
  isFile: boolean;
}

export function questionOf(specifier: string, importer: string, kind: ResolveKind): Question {
  const path = kind === 'import' && /^file:/i.test(specifier) ? pathOfUrl(specifier) : undefined;
  if (path !== undefined) return { specifier: path, directory: dirname(path), isFile: true };
  const directory = isDataUrl(importer) ? undefined : dirname(fileOf(importer));
  return { specifier, directory, isFile: false };
}

/** Is told of what a resolver looks for, each specifier once per directory and kind. */
export interface ResolutionObserver {
  /** Before the disk is looked at. */
  onAsked(specifier: string, directory: string): void;
  onAnswered(specifier: string, directory: string, found: Found): void;
  /** Before all names in a directory are read; or what a name in it leads to, if that is a link. */
  onLookedIn(path: string): void;
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
  function find(question: Question, kind: ResolveKind): Found {
    const { specifier, directory, isFile } = question;
    const key = `${kind} ${isFile} ${specifier}\n${directory ?? ''}`;
    const before = known.get(key);
    if (before) return before;
    const found = observed(question, () =>
      isFile
        ? lookup.findFile(directory as string, specifier, kind)
        : lookup.find(directory, specifier, kind),
    );
    known.set(key, found);
    return found;
  }

  function observed({ specifier, directory }: Question, look: () => Found): Found {
    const told = directory === undefined ? undefined : observer();
    told?.onAsked(specifier, directory as string);
    const found = look();
    told?.onAnswered(specifier, directory as string, found);
    return found;
  }

  const isNamed = (url: string): boolean =>
    Object.hasOwn(settings.external, url) || aliasFor(url, settings.resolve.alias) !== undefined;

  return function resolve(specifier, importer, kind = 'require', { attributes, isDynamic } = {}) {
    if (isDynamic && isForBrowser(specifier) && !isNamed(specifier)) return { isForBrowser: true };
    if (isDataUrl(specifier) && !isNamed(specifier)) return resolveData(specifier, kind, attributes);
    const found = find(questionOf(specifier, importer, kind), kind);
    return attributes ? withAttributes(found, attributes) : found;
  };
}
