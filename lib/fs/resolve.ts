/**
 * Specifier + importer → path. Node's algorithm with a browser's conditions comes from oxc-resolver; what is
 * added here is the order in which externals, virtual modules, builtins and packages are asked.
 */
import { builtinModules } from 'node:module';
import { dirname, resolve as resolvePath } from 'node:path';
import { type NapiResolveOptions, ResolverFactory } from 'oxc-resolver';
import { canonicalPath, isFile } from './files';
import { emptyModule, externalModule } from './virtual';

export interface ResolveOptions {
  /** Conditions for `exports` and `imports`. Default `['browser', 'require', 'default']` and the value of `env.NODE_ENV`. */
  conditions?: readonly string[];
  /** Fields of package.json that name its main file. Default `['browser', 'main']`. */
  mainFields?: readonly string[];
  /** Extensions to try, in order. Default `['.js', '.cjs', '.json']`. */
  extensions?: readonly string[];
  /** Specifier or prefix → replacement, `false` for an empty module. */
  alias?: Readonly<Record<string, string | false>>;
  /** Follow symbolic links to the real file, as Node does. Default `true`. */
  symlinks?: boolean;
}

/** What resolution depends on, defaults filled in. */
export interface ResolverSettings {
  resolve: Required<ResolveOptions>;
  /** Node builtin name → absolute path of its browser shim. */
  builtins: Readonly<Record<string, string>>;
  /** Specifier → expression of a global. */
  external: Readonly<Record<string, string>>;
}

/** The path a specifier means, or why it means none. */
export type Resolution = { path: string } | { reason: string };

export type Resolve = (specifier: string, importer: string) => Resolution;

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

function resolverOptions({ resolve }: ResolverSettings): NapiResolveOptions {
  return {
    conditionNames: [...resolve.conditions],
    mainFields: [...resolve.mainFields],
    extensions: [...resolve.extensions],
    symlinks: resolve.symlinks,
    nodePath: false,
  };
}

/** oxc takes what follows these for a query or a fragment, and gives it back at the end of the path; Node does not. */
const hasQuery = (specifier: string): boolean => /[?#]/.test(specifier);

/** oxc spells "ignore" as an absent value. */
function nativeAlias({ resolve }: ResolverSettings): Record<string, (string | undefined)[]> {
  return Object.fromEntries(
    Object.entries(resolve.alias).map(([from, to]) => [from, [to === false ? undefined : to]]),
  );
}

/**
 * Makes the resolver of one build. It remembers what it has read: make another one for the next build.
 */
export function createResolver(options: ResolverSettings): Resolve {
  const base = resolverOptions(options);
  const plain = new ResolverFactory(base);
  const mapped = new ResolverFactory({ ...base, aliasFields: [['browser']], alias: nativeAlias(options) });

  function ask(resolver: ResolverFactory, directory: string, specifier: string): Resolution {
    const result = resolver.sync(directory, specifier);
    if (result.path !== undefined && !(hasQuery(specifier) && !isFile(result.path))) {
      return { path: result.path };
    }
    if (result.error?.startsWith('Path is ignored')) return { path: emptyModule };
    return { reason: result.error ?? `Cannot find module '${specifier}'` };
  }

  /** What the importer's package.json or an alias makes of a name: then the two resolvers differ. */
  function askMaps(directory: string, name: string): Resolution | undefined {
    const viaMap = ask(mapped, directory, name);
    if (!('path' in viaMap)) return undefined;
    const viaPackages = ask(plain, directory, name);
    return 'path' in viaPackages && viaPackages.path === viaMap.path ? undefined : viaMap;
  }

  /** A builtin is its shim, unless a map says otherwise. */
  function resolveBuiltin(directory: string, spellings: readonly string[]): Resolution {
    for (const spelling of spellings) {
      const viaMap = askMaps(directory, spelling);
      if (viaMap !== undefined) return viaMap;
    }
    const shimmed = ownKey(options.builtins, spellings);
    if (shimmed !== undefined) return { path: options.builtins[shimmed] as string };
    const name = (spellings[0] as string).replace(SCHEME, '');
    const viaPackages = ask(mapped, directory, name);
    if ('path' in viaPackages) return viaPackages;
    return { reason: `Node's builtin module '${name}' has no browser shim` };
  }

  /** The file whose name is what the source says, query and all. */
  function findLiterally(directory: string, specifier: string): string | undefined {
    if (!/^\.{0,2}\/.*\?/.test(specifier)) return undefined;
    const path = resolvePath(directory, specifier);
    const found = ['', ...options.resolve.extensions].map((extension) => path + extension).find(isFile);
    return found === undefined ? undefined : canonicalPath(found, options.resolve.symlinks);
  }

  return function resolve(specifier, importer) {
    const spellings = spellingsOf(specifier);
    const external = ownKey(options.external, spellings);
    if (external !== undefined) return { path: externalModule(external) };
    const directory = dirname(importer);
    const isBuiltin = spellings.length > 1 || Object.hasOwn(options.builtins, specifier);
    if (isBuiltin) return resolveBuiltin(directory, spellings);
    const resolution = ask(mapped, directory, specifier);
    const literal = 'reason' in resolution ? findLiterally(directory, specifier) : undefined;
    return literal === undefined ? resolution : { path: literal };
  };
}
