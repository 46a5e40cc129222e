/**
 * The path or name in a specifier → a file. Node's algorithm with a browser's conditions comes from oxc-resolver; what is added here
 * is the order in which externals, builtins, files and packages are asked.
 */
import { builtinModules } from 'node:module';
import { dirname, resolve as resolvePath } from 'node:path';
import { fileOf, withQuery } from '../module-path';
import { isPath } from './candidates';
import { askOnce } from './circles';
import { canonicalPath, isFile } from './files';
import { type Answer, ask, createResolvers, isCircle, type Resolvers } from './oxc';
import { instanceAt, meaningOf, splitQuery } from './queries';
import { noShim, reasonFor, unplaced } from './reasons';
import { renamingOf } from './renaming';
import type { Found } from './resolution';
import type { ResolveKind, ResolverSettings } from './settings';
import { externalModule } from './virtual';

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

/** The name outside of the package that `imports` of its package.json makes of a name with #. */
const nameOutside = (specifier: string, error: string): string | undefined =>
  specifier.startsWith('#') ? /^Cannot find module '([^#].*)'$/.exec(error)?.[1] : undefined;

const pathIn = (answer: Answer): string | undefined => ('path' in answer ? answer.path : answer.instance);

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

/** The instance of a file whose very name holds a sign of queries: the query begins at another one. */
const instanceOfSuch = (directory: string, specifier: string): string | undefined =>
  /^\.{0,2}\/.*[?#].*[?#]/.test(specifier) ? instanceAt(resolvePath(directory, specifier)) : undefined;

/** The first of the paths at which there is a module. */
function askPaths({ mapped }: Resolvers, paths: readonly string[]): Found | undefined {
  for (const path of paths) {
    const answer = ask(mapped, dirname(path), path);
    if ('path' in answer) return { path: answer.path };
    if (answer.instance !== undefined) return meaningOf(answer.instance);
  }
  return undefined;
}

/** The paths and names of one build. */
export class Lookup {
  private resolvers: ReturnType<typeof createResolvers> | undefined;
  /** By specifier and file, the package's file for `require`. */
  private readonly mains = new Map<string, string | undefined>();

  constructor(private readonly settings: ResolverSettings) {}

  /** @param directory of the importer; none of a module that is on no disk, which finds no files */
  find(directory: string | undefined, specifier: string, kind: ResolveKind): Found {
    const { external, builtins } = this.settings;
    const spellings = spellingsOf(specifier);
    const named = ownKey(external, spellings);
    if (named !== undefined) return { path: externalModule(named) };
    const isBuiltin = spellings.length > 1 || Object.hasOwn(builtins, specifier);
    if (isBuiltin) return this.findBuiltin(directory ?? '/', spellings, this.resolversFor(kind));
    return directory === undefined
      ? { reason: unplaced(specifier) }
      : this.findFile(directory, specifier, kind);
  }

  private resolversFor(kind: ResolveKind): Resolvers {
    this.resolvers ??= createResolvers(this.settings);
    return this.resolvers(kind);
  }

  /** A builtin is its shim, unless a map says otherwise. */
  private findBuiltin(directory: string, spellings: readonly string[], ofKind: Resolvers): Found {
    for (const spelling of spellings) {
      const viaMap = this.askMaps(ofKind, directory, spelling);
      if (viaMap !== undefined) return { path: viaMap };
    }
    const { builtins } = this.settings;
    const shimmed = ownKey(builtins, spellings);
    if (shimmed !== undefined) return { path: builtins[shimmed] as string };
    const specifier = spellings[0] as string;
    const name = specifier.replace(SCHEME, '');
    const viaPackages = this.askMapped(ofKind, directory, name);
    return 'path' in viaPackages ? { path: viaPackages.path } : { reason: noShim(name, specifier) };
  }

  /** What is a path, or the name of a package. */
  findFile(directory: string, specifier: string, kind: ResolveKind): Found {
    const ofKind = this.resolversFor(kind);
    const paths = this.pathsFor(specifier, directory);
    const placed = askPaths(ofKind, paths);
    if (placed) return placed;
    const answer = this.askMapped(ofKind, directory, specifier);
    if ('path' in answer) return this.withMain(answer.path, directory, specifier, ofKind);
    const path = findLiterally(directory, specifier, this.settings);
    if (path !== undefined) return { path };
    const instance = answer.instance ?? instanceOfSuch(directory, specifier);
    if (instance !== undefined) {
      const found = meaningOf(instance);
      return 'path' in found ? this.withMain(found.path, directory, specifier, ofKind) : found;
    }
    const outside = nameOutside(specifier, answer.error);
    if (outside !== undefined && spellingsOf(outside).length > 1) return this.find(directory, outside, kind);
    const { extensions } = this.settings.resolve;
    const meant = renamingOf(specifier, directory, this.settings.resolve);
    const byOtherKind = (): string | undefined => {
      const other = this.resolversFor(kind === 'import' ? 'require' : 'import').mapped;
      return other.sync(directory, specifier).path;
    };
    return { reason: reasonFor({ specifier, directory, kind, extensions, meant, byOtherKind, ...answer }) };
  }

  /** What the tsconfig.json makes of a name. */
  private pathsFor(specifier: string, directory: string): readonly string[] {
    const { resolve } = this.settings;
    if (resolve.tsconfig === undefined || isPath(specifier)) return [];
    const renaming = renamingOf(specifier, directory, resolve);
    return renaming?.by === 'resolve.tsconfig' ? renaming.names : [];
  }

  private withMain(path: string, directory: string, specifier: string, { forMains }: Resolvers): Found {
    if (!forMains || isLiteral(fileOf(path), directory, splitQuery(specifier)[0])) return { path };
    // The same specifier has led to the same package.
    const key = `${specifier}\n${path}`;
    if (!this.mains.has(key)) this.mains.set(key, pathIn(ask(forMains, directory, specifier)));
    const main = this.mains.get(key);
    return main === undefined || main === path ? { path } : { path, main };
  }

  /** With aliases and `browser` maps. */
  private askMapped(ofKind: Resolvers, directory: string, specifier: string): Answer {
    const answer = ask(ofKind.mapped, directory, specifier);
    if (!isCircle(answer)) return answer;
    const [name, query] = splitQuery(specifier);
    const once = askOnce(ofKind, directory, name, this.settings);
    return query === '' || !('path' in once) ? once : { error: '', instance: withQuery(once.path, query) };
  }

  /** What the importer's package.json or an alias makes of a name: then the two resolvers differ. */
  private askMaps(ofKind: Resolvers, directory: string, name: string): string | undefined {
    const placed = askPaths(ofKind, this.pathsFor(name, directory));
    if (placed && 'path' in placed) return placed.path;
    const viaMap = this.askMapped(ofKind, directory, name);
    if (!('path' in viaMap)) return undefined;
    const viaPackages = ask(ofKind.plain, directory, name);
    return 'path' in viaPackages && viaPackages.path === viaMap.path ? undefined : viaMap.path;
  }
}
