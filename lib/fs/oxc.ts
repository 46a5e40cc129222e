/** What oxc-resolver is told, and what it answers. It does Node's algorithm; all of its instances share what one has read of the disk. */
import type { NapiResolveOptions, ResolverFactory } from 'oxc-resolver';
import { resolverUnavailable } from '../errors';
import { isFile } from './files';
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

/** The resolvers for one kind of reference. */
export interface Resolvers {
  /** Knows of aliases and `browser` maps. */
  mapped: ResolverFactory;
  plain: ResolverFactory;
  /** As `mapped`, but for the main files of packages, which are those for `require`; absent where those are the same. */
  forMains?: ResolverFactory;
}

function plainOptions({ resolve }: ResolverSettings, kind: ResolveKind): NapiResolveOptions {
  const { extensionAlias } = resolve;
  return {
    conditionNames: [...resolve.conditions[kind]],
    mainFields: [...resolve.mainFields[kind]],
    extensions: kind === 'style' ? ['.css'] : [...resolve.extensions],
    extensionAlias: Object.fromEntries(Object.entries(extensionAlias).map(([from, to]) => [from, [...to]])),
    symlinks: resolve.symlinks,
    nodePath: false,
  };
}

/** oxc spells "ignore" as an absent value. */
function nativeAlias({ resolve }: ResolverSettings): Record<string, (string | undefined)[]> {
  return Object.fromEntries(
    Object.entries(resolve.alias).map(([from, to]) => [from, [to === false ? undefined : to]]),
  );
}

/** Makes those of a kind when somebody asks for them. */
export function createResolvers(settings: ResolverSettings): (kind: ResolveKind) => Resolvers {
  const { ResolverFactory } = oxcResolver();
  const first = new ResolverFactory(plainOptions(settings, 'import'));
  const { mainFields } = settings.resolve;
  const maps = { aliasFields: [['browser']], alias: nativeAlias(settings) };
  const made = new Map<ResolveKind, Resolvers>();
  const make = (kind: ResolveKind): Resolvers => {
    const plain = plainOptions(settings, kind);
    const withMaps = { ...plain, ...maps };
    return {
      plain: first.cloneWithOptions(plain),
      mapped: first.cloneWithOptions(withMaps),
      ...(kind === 'import' &&
        `${mainFields.import}` !== `${mainFields.require}` && {
          forMains: first.cloneWithOptions({ ...withMaps, mainFields: [...mainFields.require] }),
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

/** To Node and others, what ends with one or two dots is a directory; to oxc it is a file first, as if extensions were missing: `src.js` for `..`. */
const asDirectory = (specifier: string): string =>
  specifier.replace(/^((?:[^?#]*\/)?\.\.?)(?=[?#]|$)/, '$1/');

export function ask(resolver: ResolverFactory, directory: string, specifier: string): Answer {
  const { path, error } = resolver.sync(directory, asDirectory(specifier));
  if (path !== undefined && (!hasQuery(path) || isFile(path))) return { path };
  if (error?.startsWith('Path is ignored')) return { path: emptyModule };
  const instance = path === undefined ? undefined : instanceAt(path);
  return { error: error ?? `Cannot find module '${specifier}'`, instance };
}

/** Whether maps lead from one to the next and back. */
export const isCircle = (answer: Answer): boolean =>
  'error' in answer && answer.error === 'Recursion in resolving';
