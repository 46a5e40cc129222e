/**
 * Specifier + importer → path. Node's algorithm with a browser's conditions comes from oxc-resolver; what is
 * added here is the order in which externals, virtual modules, builtins and packages are asked.
 */
import { builtinModules } from 'node:module';
import { dirname, resolve as resolvePath } from 'node:path';
import { askOnce } from './circles';
import { canonicalPath, isFile } from './files';
import { type Answer, ask, createResolvers, isCircle, type Resolvers } from './oxc';
import { noShim, type Reason, reasonFor } from './reasons';
import type { ResolveKind, ResolverSettings } from './settings';
import { externalModule } from './virtual';

/**
 * The path a specifier means, or why it means none.
 * `main`: the package's file for `require`, where a field of package.json names another one for `import`.
 */
export type Resolution = { path: string; main?: string } | { reason: Reason };

/** `kind` says how the importer names the module; without it, by `require`. */
export type Resolve = (specifier: string, importer: string, kind?: ResolveKind) => Resolution;

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

/** Whether the specifier is the path of the file but for the extension: then no package.json has named it. */
function isLiteral(path: string, directory: string, specifier: string): boolean {
  if (!/^\.{0,2}\//.test(specifier)) return false;
  const written = resolvePath(directory, specifier);
  return path.startsWith(written) && /^(?:\.[^/]*)?$/.test(path.slice(written.length));
}

function withMain(path: string, directory: string, specifier: string, { forMains }: Resolvers): Resolution {
  if (!forMains || isLiteral(path, directory, specifier)) return { path };
  const main = forMains.sync(directory, specifier).path;
  return main === undefined || main === path ? { path } : { path, main };
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

  /** With aliases and `browser` maps. */
  function askMapped(ofKind: Resolvers, directory: string, specifier: string): Answer {
    const answer = ask(ofKind.mapped, directory, specifier);
    return isCircle(answer) ? askOnce(ofKind, directory, specifier, settings) : answer;
  }

  /** What the importer's package.json or an alias makes of a name: then the two resolvers differ. */
  function askMaps(ofKind: Resolvers, directory: string, name: string): Answer | undefined {
    const viaMap = askMapped(ofKind, directory, name);
    if (!('path' in viaMap)) return undefined;
    const viaPackages = ask(ofKind.plain, directory, name);
    return 'path' in viaPackages && viaPackages.path === viaMap.path ? undefined : viaMap;
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
    const viaPackages = askMapped(ofKind, directory, name);
    return 'path' in viaPackages ? viaPackages : { reason: noShim(name, specifier) };
  }

  function resolveFile(directory: string, specifier: string, kind: ResolveKind): Resolution {
    const ofKind = resolversFor(kind);
    const answer = askMapped(ofKind, directory, specifier);
    if ('path' in answer) return withMain(answer.path, directory, specifier, ofKind);
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
