/** What oxc-resolver is told, and what it answers. It does Node's algorithm; all of its instances share what one has read of the disk. */
import { dirname, extname } from 'node:path';
import type { NapiResolveOptions } from 'oxc-resolver';
import { resolverUnavailable } from '../errors';
import { isPath } from './candidates';
import { isFile } from './files';
import { createNullTargets } from './null-targets';
import { instanceAt } from './queries';
import type { ResolveKind, ResolverSettings } from './settings';
import { emptyModule } from './virtual';

/** Loaded when there is something to resolve: builds from a cache have nothing. @throws RESOLVER_UNAVAILABLE */
function oxcResolver(): typeof import('oxc-resolver') {
  try {
    return require('oxc-resolver');
  } catch (error) {
    throw resolverUnavailable(error);
  }
}

/** What oxc makes of a specifier. `instance`: the module that it means if what follows a `?` or `#` is no part of a file's name. */
export type Answer = { path: string } | { error: string; instance?: string | undefined };

/** One of oxc's resolvers, or some that are asked one after the other. */
export interface Resolver {
  sync(directory: string, specifier: string): { path?: string; error?: string };
}

/** The resolvers for one kind of reference. */
export interface Resolvers {
  /** Knows of aliases and `browser` maps. */
  mapped: Resolver;
  plain: Resolver;
  /** As `mapped`, but for the main files of packages, which are those for `require`; absent where those are the same. */
  forMains?: Resolver;
}

/** All but the main fields. */
function plainOptions({ resolve }: ResolverSettings, kind: ResolveKind): NapiResolveOptions {
  const { extensionAlias } = resolve;
  return {
    conditionNames: [...resolve.conditions[kind]],
    extensions: kind === 'style' ? ['.css'] : [...resolve.extensions],
    extensionAlias: Object.fromEntries(Object.entries(extensionAlias).map(([from, to]) => [from, [...to]])),
    symlinks: resolve.symlinks,
    nodePath: false,
  };
}

/** A name that no module has. */
const IGNORED = 'dynapack:ignored';

/**
 * oxc spells "ignore" as an absent value. With a key that has a star, it ignores all that begins with the same character:
 * such a key leads to one without.
 */
function nativeAlias({ resolve }: ResolverSettings): Record<string, (string | undefined)[]> {
  const aliases = Object.entries(resolve.alias).map(([from, to]): [string, (string | undefined)[]] => [
    from,
    [to === false ? (from.includes('*') ? IGNORED : undefined) : to],
  ]);
  return Object.fromEntries([[IGNORED, [undefined]], ...aliases]);
}

const INDEX = /[\\/]index\.[^\\/.]+$/;

/** By which names Node finds a package's file that its package.json does not name, when it is required. */
const NODES_INDEX = /[\\/]index\.(?:js|json)$/;

/** What is at none of the fields that Node knows is at one of all. A file of other tools beside a field is not meant. */
const inTurn = (nodes: Resolver, all: Resolver): Resolver => ({
  sync(directory, specifier) {
    const found = nodes.sync(directory, specifier);
    if (isIgnored(found.error)) return found;
    const isMeant = found.path !== undefined && (!INDEX.test(found.path) || NODES_INDEX.test(found.path));
    return isMeant ? found : all.sync(directory, specifier);
  },
});

/** A `browser` map may call the file of a directory `./lib/index`, which oxc compares with what is written alone. */
const withIndexInMaps = (resolver: Resolver): Resolver => ({
  sync(directory, specifier) {
    const found = resolver.sync(directory, specifier);
    if (found.path === undefined || !INDEX.test(found.path) || /\bindex\b[^/]*$/.test(specifier))
      return found;
    const mapped = resolver.sync(dirname(found.path), './index');
    if (mapped.path === undefined) return isIgnored(mapped.error) ? mapped : found;
    const stem = found.path.slice(0, -extname(found.path).length);
    const isBeside = mapped.path.startsWith(stem) && /^\.[^/.]+$/.test(mapped.path.slice(stem.length));
    return isBeside ? found : mapped;
  },
});

/** What an alias or a map has led elsewhere is no target of the package. */
const withNullTargets = (
  resolver: Resolver,
  plain: Resolver,
  refusal: ReturnType<typeof createNullTargets>,
  conditions: readonly string[],
): Resolver => ({
  sync(directory, specifier) {
    const found = resolver.sync(directory, specifier);
    if (found.path === undefined) return found;
    const error = refusal(specifier, directory, found.path, conditions);
    return error === undefined || plain.sync(directory, specifier).path !== found.path ? found : { error };
  },
});

/** Makes those of a kind when somebody asks for them. */
export function createResolvers(settings: ResolverSettings): (kind: ResolveKind) => Resolvers {
  const { ResolverFactory } = oxcResolver();
  const first = new ResolverFactory(plainOptions(settings, 'import'));
  const { mainFields, nodesMainFields } = settings.resolve;
  const maps = { aliasFields: [['browser']], alias: nativeAlias(settings) };
  const made = new Map<ResolveKind, Resolvers>();
  const refusal = createNullTargets();
  const make = (kind: ResolveKind): Resolvers => {
    const plain = plainOptions(settings, kind);
    const withMaps = { ...plain, ...maps };
    const create = (options: NapiResolveOptions, fields: ResolveKind): Resolver => {
      const all = first.cloneWithOptions({ ...options, mainFields: [...mainFields[fields]] });
      if (fields !== 'require' || !nodesMainFields) return all;
      return inTurn(first.cloneWithOptions({ ...options, mainFields: [...nodesMainFields] }), all);
    };
    const direct = create(plain, kind);
    const mapped = withIndexInMaps(create(withMaps, kind));
    const obeying = (resolver: Resolver): Resolver =>
      withNullTargets(resolver, direct, refusal, settings.resolve.conditions[kind]);
    return {
      plain: obeying(direct),
      mapped: obeying(mapped),
      ...(kind === 'import' &&
        `${mainFields.import}` !== `${mainFields.require}` && {
          forMains: withIndexInMaps(create(withMaps, 'require')),
        }),
    };
  };
  return (kind) => {
    const known = made.get(kind) ?? make(kind);
    made.set(kind, known);
    return known;
  };
}

/** oxc takes what follows these for a query or a fragment, and gives it back at the end of the path. */
const hasQuery = (path: string): boolean => /[?#]/.test(path);

const isIgnored = (error: string | undefined): boolean => error?.startsWith('Path is ignored') ?? false;

/** To Node and others, what ends with one or two dots is a directory; to oxc it is a file first, as if extensions were missing: `src.js` for `..`. */
const asDirectory = (specifier: string): string =>
  specifier.replace(/^((?:[^?#]*\/)?\.\.?)(?=[?#]|$)/, '$1/');

/** Where Node never looks for packages, but oxc does: what is there was put there by mistake. */
const INNER = /^(.*?)[\\/]node_modules[\\/]node_modules[\\/]/s;

/** What is installed once more in `node_modules/node_modules` is not meant, unless by who is there. */
function lookFor(resolver: Resolver, directory: string, specifier: string): ReturnType<Resolver['sync']> {
  const found = resolver.sync(directory, specifier);
  if (found.path === undefined || specifier.startsWith('#') || isPath(specifier)) return found;
  const [inner, outer] = INNER.exec(found.path) ?? [];
  return inner === undefined || directory.startsWith(inner) ? found : resolver.sync(outer || '/', specifier);
}

export function ask(resolver: Resolver, directory: string, specifier: string): Answer {
  const { path, error } = lookFor(resolver, directory, asDirectory(specifier));
  if (path !== undefined && (!hasQuery(path) || isFile(path))) return { path };
  if (isIgnored(error)) return { path: emptyModule };
  const instance = path === undefined ? undefined : instanceAt(path);
  return { error: error ?? `Cannot find module '${specifier}'`, instance };
}

/** Whether maps lead from one to the next and back. */
export const isCircle = (answer: Answer): boolean =>
  'error' in answer && answer.error === 'Recursion in resolving';
