/** What resolution depends on, with the defaults that today's packages count on. */

import { resolve } from 'node:path';
import { invalidTsconfig } from '../errors';
import type { Reference, ReferenceKind } from '../facts';
import type { Replacements } from './aliases';
import { type NamePaths, readNamePaths } from './tsconfig';

/** How a reference names its module: packages may have a file for each kind. */
export type ResolveKind = 'import' | 'require' | 'style';

const KINDS: Readonly<Record<ReferenceKind, ResolveKind>> = {
  require: 'require',
  declared: 'require',
  'new URL()': 'require',
  import: 'import',
  'new Worker()': 'import',
  'import()': 'import',
  '@import': 'style',
  composes: 'style',
  'url()': 'style',
};

export const resolveKindOf = (kind: ReferenceKind): ResolveKind => KINDS[kind];

/**
 * What a reference may name, the first that is there. In styles all are URLs, and those of workers are, so `x.css` is a file; where there is
 * none, it is a package's. `~` is what older tools write before packages.
 */
export function specifiersOf({ kind, specifier }: Reference): string[] {
  const isUrl = kind === 'new Worker()' || resolveKindOf(kind) === 'style';
  if (!isUrl || /^(?:\.{0,2}\/|$)/.test(specifier)) return [specifier];
  if (kind === 'new Worker()') return [`./${specifier}`, specifier];
  if (specifier.startsWith('#')) return [specifier];
  if (!specifier.startsWith('~')) return [`./${specifier}`, specifier];
  return specifier.startsWith('~/') ? [specifier] : [specifier.slice(1), specifier];
}

export interface ResolveOptions {
  /**
   * Conditions for `exports` and `imports`. `default` and the reference's own kind, `import` or `require`, come with
   * them; a list that names one of the two kinds holds for both as it is. Default `['browser', 'module']` and the
   * value of `env.NODE_ENV`.
   */
  conditions?: readonly string[];
  /**
   * Fields of package.json that name its main file, for both kinds. Default `['browser', 'module', 'main']` for
   * `import`, `['browser', 'main', 'module']` for `require`, where index.js stands before `module`, as in Node.
   */
  mainFields?: readonly string[];
  /** Extensions to try, in order. Default: Node's, then those of ES modules, CommonJS, TypeScript and JSX. */
  extensions?: readonly string[];
  /**
   * Specifier or prefix → replacement, `false` for an empty module: `{ '@': './src' }`. Paths in place of names are relative to
   * `root`.
   */
  alias?: Replacements;
  /**
   * A tsconfig.json whose `paths` and `baseUrl` say what names in the program mean (not in packages), relative to `root`. Aliases
   * come first. Default: none.
   */
  tsconfig?: string;
  /** Follow symbolic links to the real file, as Node does. Default `true`. */
  symlinks?: boolean;
}

type PerKind<T> = Readonly<Record<ResolveKind, T>>;

/** `ResolveOptions` with every default filled in. */
export interface ResolveSettings {
  conditions: PerKind<readonly string[]>;
  mainFields: PerKind<readonly string[]>;
  /** Those that count for `require` before a package's index.js does, and the others behind that. Absent: all count before. */
  nodesMainFields?: readonly string[];
  extensions: readonly string[];
  /** Extension written → extensions of the files it may mean, in order. */
  extensionAlias: Readonly<Record<string, readonly string[]>>;
  alias: Replacements;
  tsconfig: NamePaths | undefined;
  symlinks: boolean;
}

export interface ResolverSettings {
  resolve: ResolveSettings;
  /** Node builtin name → absolute path of its browser shim. */
  builtins: Readonly<Record<string, string>>;
  /** Specifier → expression of a global. */
  external: Readonly<Record<string, string>>;
}

/** Node's own first: packages were written for it, and some have their sources beside what they are compiled to. */
const extensions = ['.js', '.json', '.mjs', '.cjs', '.ts', '.tsx', '.jsx', '.mts', '.cts'];

/** TypeScript's habit: a source names what it will be compiled to. A file of the very name wins. */
const extensionAlias = {
  '.js': ['.js', '.ts', '.tsx'],
  '.jsx': ['.jsx', '.tsx'],
  '.mjs': ['.mjs', '.mts'],
  '.cjs': ['.cjs', '.cts'],
};

function conditionsPerKind(common: readonly string[]): PerKind<readonly string[]> {
  const namesKind = common.includes('import') || common.includes('require');
  const withKind = (kind: ResolveKind): string[] => [
    ...new Set([...common, ...(namesKind ? [] : [kind]), 'default']),
  ];
  const style = ['style', ...common.filter((name) => !/^(?:import|require|module)$/.test(name)), 'default'];
  return { import: withKind('import'), require: withKind('require'), style };
}

const withoutSlash = (name: string): string => (name.length > 1 ? name.replace(/\/$/, '') : name);

/** What a replacement is: paths that stand for names are those of the root. What stands for a path is relative to whoever names that. */
function placed(name: string, value: string, root: string): string {
  const isOfRoot = /^\.\.?(?:[\\/]|$)/.test(value) && !name.startsWith('.');
  return isOfRoot ? resolve(root, value) : value;
}

/** A name stands for what is below it, with or without a slash at its end. */
const placeAlias = (alias: NonNullable<ResolveOptions['alias']>, root: string): ResolveSettings['alias'] =>
  Object.fromEntries(
    Object.entries(alias).map(([key, value]) => {
      const name = withoutSlash(key);
      const own = value !== false && name !== key ? withoutSlash(value) : value;
      return [name, own === false ? own : placed(name, own, root)];
    }),
  );

function namePathsIn(tsconfig: string, root: string): NamePaths {
  const read = readNamePaths(resolve(root, tsconfig));
  if ('problem' in read) throw invalidTsconfig(tsconfig, read.problem);
  return read;
}

/**
 * Fills in the defaults.
 * @param mode value of NODE_ENV, a condition like `production`
 * @param root what paths in `alias`, and that of the tsconfig.json, are relative to
 * @throws INVALID_OPTION where that is no use
 */
export function resolveSettings(options: ResolveOptions, mode: string, root: string): ResolveSettings {
  const { mainFields } = options;
  return {
    // `module`, as other bundlers have it: one file for both kinds, so that there is one instance.
    conditions: conditionsPerKind(options.conditions ?? ['browser', 'module', mode]),
    mainFields: {
      import: mainFields ?? ['browser', 'module', 'main'],
      // Who requires a package expects what `main` exports.
      require: mainFields ?? ['browser', 'main', 'module'],
      style: ['style'],
    },
    ...(!mainFields && { nodesMainFields: ['browser', 'main'] }),
    extensions: options.extensions ?? extensions,
    extensionAlias,
    alias: placeAlias(options.alias ?? {}, root),
    tsconfig: options.tsconfig === undefined ? undefined : namePathsIn(options.tsconfig, root),
    symlinks: options.symlinks ?? true,
  };
}
