/**
 * Specifier + importer → path. Node's algorithm with a browser's conditions comes from oxc-resolver; what is
 * added here is the order in which externals, virtual modules, builtins and packages are asked.
 */
import { builtinModules } from 'node:module';
import { dirname, resolve as resolvePath } from 'node:path';
import type { NapiResolveOptions, ResolverFactory } from 'oxc-resolver';
import { canonicalPath, isFile } from './files';
import { noShim, type Reason, reasonFor } from './reasons';
import type { ResolveKind, ResolverSettings } from './settings';
import { emptyModule, externalModule } from './virtual';

/** Loaded when there is something to resolve: builds from a cache have nothing. */
const oxcResolver = () => require('oxc-resolver') as typeof import('oxc-resolver');

/** The path a specifier means, or why it means none. */
export type Resolution = { path: string } | { reason: Reason };

/** `kind` says how the importer names the module; without it, by `require`. */
export type Resolve = (specifier: string, importer: string, kind?: ResolveKind) => Resolution;

/** What oxc makes of a specifier. */
type Answer = { path: string } | { error: string };

/** The resolvers for one kind of reference. */
interface Resolvers {
  /** Knows of aliases and `browser` maps. */
  mapped: ResolverFactory;
  plain: ResolverFactory;
}

const nodeBuiltins = new Set(builtinModules);

const SCHEME = 'node:';

/** The names by which options and package.json files may speak of a builtin, the one in the source first. */
function spellingsOf(specifier: string): string[] {
  if (specifier.startsWith(SCHEME)) return [specifier, specifier.slice(SCHEME.length)];
  return nodeBuiltins.has(specifier) ? [specifier, SCHEME + specifier] : [specifier];
}

/** The first of the keys an object has. */
const ownKey = (object: object, keys: readonly string[]): string | undefined =>
  keys.find((key) => Object.hasOwn(object, key));

function plainOptions({ resolve }: ResolverSettings, kind: ResolveKind): NapiResolveOptions {
  const { extensionAlias } = resolve;
  return {
    conditionNames: [...resolve.conditions[kind]],
    mainFields: [...resolve.mainFields[kind]],
    extensions: [...resolve.extensions],
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

/** All of them share what one has read of the disk. */
function createResolvers(settings: ResolverSettings): Record<ResolveKind, Resolvers> {
  const { ResolverFactory } = oxcResolver();
  const first = new ResolverFactory(plainOptions(settings, 'import'));
  const ofKind = (kind: ResolveKind): Resolvers => {
    const plain = plainOptions(settings, kind);
    return {
      plain: first.cloneWithOptions(plain),
      mapped: first.cloneWithOptions({ ...plain, aliasFields: [['browser']], alias: nativeAlias(settings) }),
    };
  };
  return { import: ofKind('import'), require: ofKind('require') };
}

/** oxc takes what follows these for a query or a fragment, and gives it back at the end of the path; Node does not. */
const hasQuery = (specifier: string): boolean => /[?#]/.test(specifier);

function ask(resolver: ResolverFactory, directory: string, specifier: string): Answer {
  const { path, error } = resolver.sync(directory, specifier);
  if (path !== undefined && !(hasQuery(specifier) && !isFile(path))) return { path };
  if (error?.startsWith('Path is ignored')) return { path: emptyModule };
  return { error: error ?? `Cannot find module '${specifier}'` };
}

/** What the importer's package.json or an alias makes of a name: then the two resolvers differ. */
function askMaps({ mapped, plain }: Resolvers, directory: string, name: string): Answer | undefined {
  const viaMap = ask(mapped, directory, name);
  if (!('path' in viaMap)) return undefined;
  const viaPackages = ask(plain, directory, name);
  return 'path' in viaPackages && viaPackages.path === viaMap.path ? undefined : viaMap;
}

/** The file whose name is what the source says, query and all. */
function findLiterally(
  directory: string,
  specifier: string,
  { resolve }: ResolverSettings,
): string | undefined {
  if (!/^\.{0,2}\/.*\?/.test(specifier)) return undefined;
  const path = resolvePath(directory, specifier);
  const found = ['', ...resolve.extensions].map((extension) => path + extension).find(isFile);
  return found === undefined ? undefined : canonicalPath(found, resolve.symlinks);
}

/**
 * Makes the resolver of one build. It remembers what it has read: make another one for the next build.
 */
export function createResolver(settings: ResolverSettings): Resolve {
  let made: Record<ResolveKind, Resolvers> | undefined;

  function resolversFor(kind: ResolveKind): Resolvers {
    made ??= createResolvers(settings);
    return made[kind];
  }

  /** A builtin is its shim, unless a map says otherwise. */
  function resolveBuiltin(directory: string, spellings: readonly string[], ofKind: Resolvers): Resolution {
    for (const spelling of spellings) {
      const viaMap = askMaps(ofKind, directory, spelling);
      if (viaMap !== undefined && 'path' in viaMap) return viaMap;
    }
    const shimmed = ownKey(settings.builtins, spellings);
    if (shimmed !== undefined) return { path: settings.builtins[shimmed] as string };
    const specifier = spellings[0] as string;
    const name = specifier.replace(SCHEME, '');
    const viaPackages = ask(ofKind.mapped, directory, name);
    return 'path' in viaPackages ? viaPackages : { reason: noShim(name, specifier) };
  }

  function resolveFile(directory: string, specifier: string, kind: ResolveKind): Resolution {
    const answer = ask(resolversFor(kind).mapped, directory, specifier);
    if ('path' in answer) return answer;
    const path = findLiterally(directory, specifier, settings);
    if (path !== undefined) return { path };
    const { extensions } = settings.resolve;
    const byOtherKind = (): string | undefined => {
      const other = resolversFor(kind === 'import' ? 'require' : 'import').mapped;
      return other.sync(directory, specifier).path;
    };
    return { reason: reasonFor({ specifier, directory, kind, extensions, byOtherKind, ...answer }) };
  }

  function resolveFrom(directory: string, specifier: string, kind: ResolveKind): Resolution {
    const spellings = spellingsOf(specifier);
    const external = ownKey(settings.external, spellings);
    if (external !== undefined) return { path: externalModule(external) };
    const isBuiltin = spellings.length > 1 || Object.hasOwn(settings.builtins, specifier);
    if (isBuiltin) return resolveBuiltin(directory, spellings, resolversFor(kind));
    return resolveFile(directory, specifier, kind);
  }

  const known = new Map<string, Resolution>();

  return function resolve(specifier, importer, kind = 'require') {
    // Files of one directory ask for the same things.
    const directory = dirname(importer);
    const key = `${kind} ${specifier}\n${directory}`;
    const resolution = known.get(key) ?? resolveFrom(directory, specifier, kind);
    known.set(key, resolution);
    return resolution;
  };
}
