/**
 * Specifier + importer → path. Node's algorithm with a browser's conditions comes from oxc-resolver; what is
 * added here is the order in which externals, virtual modules, builtins and packages are asked.
 */
import { builtinModules } from 'node:module';
import { dirname } from 'node:path';
import { type NapiResolveOptions, ResolverFactory } from 'oxc-resolver';
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

function resolverOptions({ resolve }: ResolverSettings): NapiResolveOptions {
  return {
    conditionNames: [...resolve.conditions],
    mainFields: [...resolve.mainFields],
    extensions: [...resolve.extensions],
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

/**
 * Makes the resolver of one build. It remembers what it has read: make another one for the next build.
 */
export function createResolver(options: ResolverSettings): Resolve {
  const base = resolverOptions(options);
  const plain = new ResolverFactory(base);
  const mapped = new ResolverFactory({ ...base, aliasFields: [['browser']], alias: nativeAlias(options) });

  function ask(resolver: ResolverFactory, directory: string, specifier: string): Resolution {
    const result = resolver.sync(directory, specifier);
    if (result.path !== undefined) return { path: result.path };
    if (result.error?.startsWith('Path is ignored')) return { path: emptyModule };
    return { reason: result.error ?? `Cannot find module '${specifier}'` };
  }

  /** A builtin is its shim, unless the importer's package.json or an alias says otherwise: then the two resolvers differ. */
  function resolveBuiltin(directory: string, name: string): Resolution {
    const viaMap = ask(mapped, directory, name);
    const viaPackages = ask(plain, directory, name);
    if ('path' in viaMap && !('path' in viaPackages && viaPackages.path === viaMap.path)) return viaMap;
    const shim = options.builtins[name];
    if (shim !== undefined) return { path: shim };
    if ('path' in viaMap) return viaMap;
    return { reason: `Node's builtin module '${name}' has no browser shim` };
  }

  return function resolve(specifier, importer) {
    if (Object.hasOwn(options.external, specifier)) return { path: externalModule(specifier) };
    const name = specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
    const directory = dirname(importer);
    const isBuiltin = name !== specifier || nodeBuiltins.has(name) || Object.hasOwn(options.builtins, name);
    return isBuiltin ? resolveBuiltin(directory, name) : ask(mapped, directory, specifier);
  };
}
