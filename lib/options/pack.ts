import { randomUUID } from 'node:crypto';
import { isRegExp } from 'node:util/types';

import { Cache } from '../cache/cache';
import { invalidOptions } from '../errors';
import { defaultBuiltins } from '../fs/builtins';
import { isDirectory, realpathSync } from '../fs/files';
import { type ResolveOptions, resolveSettings } from '../fs/settings';
import { isPath, isReplacement, type Parser, type Provide } from '../parse/parse';
import { isPolicyName } from '../values';
import { type Budgets, budgetForm, isBudget, resolveBudgets } from './budgets';
import { type DotenvOptions, readDotenv } from './dotenv';
import type { ResolvedOptions, StandaloneOption } from './resolved';
import { checkOptions, isBoolean, isRecord, isString, isStringList, type Rules } from './rules';

/** Which bundles are wanted in place of the fewest without waste. */
export interface SplitOptions {
  /**
   * Bytes that a request is worth: bundles are merged where that saves more requests than it makes pages download bytes too early. `metadata.price` tells
   * what that comes to. Default 0: none are.
   */
  requestCost?: number;
  /**
   * Name → which modules are in bundles of their own, whose names begin with it: those whose path from `root` matches, such as
   * `./node_modules/lodash/map.js`. Of several groups the first counts. They are merged with nothing.
   */
  groups?: Readonly<Record<string, RegExp>>;
  /**
   * Name of a page → names of the entries that it holds, all of them at once: `{ home: ['menu', 'home'] }`. An entry of these is on no other pages; one that is not
   * may be on any. What these pages need together shares bundles.
   */
  pages?: Readonly<Record<string, readonly string[]>>;
}

/** What `dynapack(options)` takes. Everything has a default. */
export interface Options {
  /**
   * What URLs of bundles begin with, such as `/js/` or `https://cdn.example/js/`; the name follows it at once, so it
   * ends in `/` or another character that is no letter and no digit. Default `/`.
   */
  prefix?: string;
  /** One bundle per module and readable ids. Default `false`. */
  debug?: boolean;
  /** Other bundles than the fewest with which nothing is downloaded too early. Default: those. Not with `debug`. */
  split?: SplitOptions;
  /** Whether statements of ES modules that nobody needs are left out. Default: not with `debug`. */
  shake?: boolean;
  /** Label or labels that make a string a declared dynamic dependency: `'./big' /*js*\/`. Default `js`. */
  dynamic?: string | readonly string[];
  /** Node builtin name → absolute path of its browser shim. Default: the shims browserify uses. */
  builtins?: Readonly<Record<string, string>>;
  /** Compile-time values of `process.env.X`; branches they prove dead are not followed. `NODE_ENV` has a default. */
  env?: Readonly<Record<string, string>>;
  /**
   * Free names, and members of these or of `import.meta`, such as `VERSION` or `import.meta.env.MODE` → what stands in their place: JSON, or another
   * name. Branches that they prove dead are not followed.
   */
  define?: Readonly<Record<string, string>>;
  /** Whether `import.meta.env` is what `.env` files and the environment say, as Vite documents it, and how. Default `false`. */
  dotenv?: boolean | DotenvOptions;
  /**
   * Free names → the module that stands for each wherever it is free, packages included: its specifier, or `[specifier, name of an export]`. It is looked
   * for from `root`.
   */
  provide?: Provide;
  /** Directory that stable module ids are relative to. Default: the working directory. */
  root?: string;
  resolve?: ResolveOptions;
  /** Specifier → expression of a global that provides it, such as `{ jquery: 'jQuery' }`. */
  external?: Readonly<Record<string, string>>;
  /** A parser to use in place of the built-in ones. */
  parser?: Parser;
  /** `inline`: the loader is part of each snippet. `file`: it is emitted once, beside the bundles. Default `inline`. */
  loader?: 'inline' | 'file';
  /**
   * What pages do to download only what has changed since an earlier visit, see `patches()`. `page`: the loader keeps bundles
   * and makes new ones of them, which run from `blob:` URLs. `worker`: a service worker answers for those, so that scripts
   * have their URLs. Default: nothing.
   */
  updates?: 'page' | 'worker';
  /** With `updates: 'worker'`, the URL of the worker's script, on the host of the pages. Default `/dynapack-worker.js`. */
  worker?: string;
  /**
   * Name of the policy by which the loader makes the URLs of scripts, for pages with `require-trusted-types-for 'script'`. Default:
   * it has none.
   */
  trustedTypes?: string;
  /**
   * Images, fonts and other files of so many bytes or fewer are part of the bundles: their URLs are `data:` URLs, and there are no files
   * of them. Default 0: none are.
   */
  inline?: number;
  /**
   * Entries that no page starts, by their paths relative to `root`: each comes out as one script that holds all that it reaches and runs by itself, such as a
   * service worker. Default: none.
   */
  standalone?: readonly string[];
  /** Entries that stand alone, too, and for each the global that its exports become, such as `{ 'src/widget.js': 'Acme.Widget' }`. */
  library?: Readonly<Record<string, string>>;
  /** Name of the global registry, none that the browser needs. Two packs that share a page need different ones. Default `dynapack`. */
  name?: string;
  /**
   * Whether bundle Files have a `sourceMap`, for `dest('…', { sourcemaps: '.' })` to write. Default: when the File of any
   * module has one.
   */
  sourcemaps?: boolean;
  /**
   * What pages may start with, and requests bring, at most, after brotli: `{ home: '80 kB', './src/map.js': '30 kB', '*': '200 kB' }`. `scripts()` checks it. Default: nothing
   * is too large.
   */
  budgets?: Budgets;
  /** What survives from build to build: `dynapack.cache()`. Default: nothing does. */
  cache?: Cache;
  /**
   * Seconds without any progress after which modules that left `deps()` but did not reach `mods()` fail the
   * build. Default 30. (When nothing else keeps the process alive they fail it at once.) `Infinity`: never.
   */
  timeout?: number;
}

/** Properties of `window` that cannot be replaced, or that pages count on. */
const windowNames = new Set(
  `window self document location top parent opener frames length name status closed origin event history navigator
  undefined NaN Infinity crypto caches indexedDB localStorage sessionStorage customElements`.split(/\s+/),
);

const isRegistryName = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z_$][\w$]*$/.test(value) && !windowNames.has(value);
/** The exports of a library are a global, or a member of one. */
const isLibraryName = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.split('.').every((name) => /^[A-Za-z_$][\w$]*$/.test(name)) &&
  isRegistryName(value.split('.')[0]);
const isPrefix = (value: unknown): boolean => typeof value === 'string' && !/[\p{L}\p{N}]$/u.test(value);
const isLabel = (value: unknown): boolean =>
  typeof value === 'string' && /\S/.test(value) && !value.includes('*/');

const isDefined = (value: unknown): boolean => typeof value === 'string' && isReplacement(value);

const isProvided = (value: unknown): boolean =>
  isString(value) || (Array.isArray(value) && isStringList(value) && value.length === 2);

const optionRules: Rules<Options> = {
  prefix: ["a string that ends in '/', or in another character that is no letter and no digit", isPrefix],
  debug: ['a boolean', isBoolean],
  split: ['an object: { requestCost: 1000 }', isRecord],
  shake: ['a boolean', isBoolean],
  dynamic: [
    'a label or a list of labels',
    (value) => isLabel(value) || (Array.isArray(value) && value.length > 0 && value.every(isLabel)),
  ],
  builtins: ['an object of absolute paths', isRecord, isString],
  env: ['an object of strings', isRecord, isString],
  define: [
    "an object of names, or of paths such as 'import.meta.env.MODE', and for each JSON (JSON.stringify('1.2')), or another name",
    isRecord,
    (value, name) => isPath(name) && isDefined(value),
  ],
  dotenv: ['a boolean or an object', (value) => isBoolean(value) || isRecord(value)],
  provide: [
    "an object of names, and for each the specifier of a module, or [specifier, name of an export]: { jQuery: 'jquery' }",
    isRecord,
    (value, name) => isPath(name) && !name.includes('.') && isProvided(value),
  ],
  root: ['the path of a directory', (value) => typeof value === 'string' && isDirectory(value)],
  resolve: ['an object', (value) => isRecord(value)],
  external: ['an object of global expressions', isRecord, isString],
  parser: ['a function', (value) => typeof value === 'function'],
  loader: ["'inline' or 'file'", (value) => value === 'inline' || value === 'file'],
  updates: ["'page' or 'worker'", (value) => value === 'page' || value === 'worker'],
  trustedTypes: ['a name that the directive trusted-types can have', isPolicyName],
  worker: ['a URL', (value) => typeof value === 'string' && value !== ''],
  inline: ['a number of bytes', (value) => typeof value === 'number' && value >= 0],
  standalone: [
    "a list of entries, by their paths relative to the option 'root'",
    (value) => isStringList(value) && (value as string[]).every((name) => name !== ''),
  ],
  library: [
    "an object of entries, by their paths relative to the option 'root', and for each the name of a global that the browser does not need: { 'src/widget.js': 'Acme.Widget' }",
    isRecord,
    (value, name) => name !== '' && isLibraryName(value),
  ],
  name: ["a JavaScript identifier that is no property of the browser's window", isRegistryName],
  sourcemaps: ['a boolean', isBoolean],
  budgets: [budgetForm, isRecord, isBudget],
  cache: ['made by dynapack.cache()', (value) => value instanceof Cache],
  timeout: ['a positive number of seconds, or Infinity', (value) => typeof value === 'number' && value > 0],
};

const resolveRules: Rules<ResolveOptions> = {
  conditions: ['a list of strings', isStringList],
  mainFields: ['a list of strings', isStringList],
  extensions: [
    "a list of extensions that begin with '.'",
    (value) =>
      Array.isArray(value) && value.every((item) => typeof item === 'string' && item.startsWith('.')),
  ],
  alias: ['an object of strings or false', isRecord, (value) => isString(value) || value === false],
  tsconfig: ['the path of a tsconfig.json', isString],
  symlinks: ['a boolean', isBoolean],
};

const splitRules: Rules<SplitOptions> = {
  pages: [
    "an object of pages, and for each the names of its entries: { home: ['menu', 'home'] }",
    isRecord,
    (value) => isStringList(value) && (value as string[]).length > 0,
  ],
  requestCost: [
    'a number of bytes',
    (value) => typeof value === 'number' && value >= 0 && Number.isFinite(value),
  ],
  groups: [
    'an object of names (letters, digits, _ and -), and for each a regular expression: { vendor: /node_modules/ }',
    (value) => isRecord(value) && !isRegExp(value),
    (value, name) => isRegExp(value) && /^[A-Za-z][\w-]*$/.test(name),
  ],
};

const isNameStart = (value: unknown): boolean => typeof value === 'string' && value !== '';

const dotenvRules: Rules<DotenvOptions> = {
  mode: ['the name of a mode', (value) => typeof value === 'string' && /^[^/\\]+$/.test(value)],
  directory: ['the path of a directory', isString],
  prefix: [
    'what names begin with, or a list of such (an empty one would tell pages everything)',
    (value) => isNameStart(value) || (isStringList(value) && (value as string[]).every(isNameStart)),
  ],
  base: ['a URL', isString],
};

const destination = "Where bundles go is said behind the pack: pack.pipe(dest('public/js')).";

/** What other bundlers have as options. */
const elsewhere = {
  minify: 'To minify is a step behind the pack: pack.pipe(pack.minify()).',
  output: destination,
  outdir: destination,
  outDir: destination,
  entry: 'Entries are written to the pack: src("src/pages/*.js").pipe(pack).',
  input: 'Entries are written to the pack: src("src/pages/*.js").pipe(pack).',
};

/**
 * Fills in the defaults. The cache is nothing that shapes a build: it stays where it was.
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the option and the nearest right one
 */
export function resolveOptions(options: Options = {}): ResolvedOptions {
  if (!isRecord(options)) throw invalidOptions('dynapack()', options, "{ prefix: '/js/' }");
  checkOptions('dynapack()', options, optionRules, { elsewhere });
  checkOptions('dynapack()', options.resolve ?? {}, resolveRules, { prefix: 'resolve.' });
  checkOptions('dynapack()', options.split ?? {}, splitRules, { prefix: 'split.' });
  const { dotenv = false } = options;
  if (typeof dotenv === 'object') checkOptions('dynapack()', dotenv, dotenvRules, { prefix: 'dotenv.' });
  const debug = options.debug ?? false;
  const root = realpathSync(options.root ?? process.cwd());
  const env = { NODE_ENV: process.env.NODE_ENV || (debug ? 'development' : 'production'), ...options.env };
  const told = dotenv
    ? readDotenv(dotenv === true ? {} : dotenv, root, env.NODE_ENV, options.define)
    : undefined;
  const resolve = resolveSettings(options.resolve ?? {}, env.NODE_ENV, root);
  return {
    id: randomUUID(),
    prefix: options.prefix ?? '/',
    debug,
    split: {
      requestCost: options.split?.requestCost ?? 0,
      groups: options.split?.groups ?? {},
      pages: options.split?.pages ?? {},
    },
    shake: options.shake ?? !debug,
    labels: typeof options.dynamic === 'string' ? [options.dynamic] : (options.dynamic ?? ['js']),
    builtins: options.builtins ?? defaultBuiltins(),
    env,
    define: { ...told?.define, ...options.define },
    files: [...(told?.files ?? []), ...(resolve.tsconfig ? [resolve.tsconfig.file] : [])],
    provide: options.provide ?? {},
    root,
    resolve,
    external: options.external ?? {},
    parser: options.parser,
    loader: options.loader ?? 'inline',
    updates: options.updates,
    worker: options.worker ?? '/dynapack-worker.js',
    trustedTypes: options.trustedTypes,
    inline: options.inline ?? 0,
    standalone: standaloneOf(options),
    name: options.name ?? 'dynapack',
    sourcemaps: options.sourcemaps,
    budgets: resolveBudgets(options.budgets),
    timeout: options.timeout ?? 30,
  };
}

/** One that both options name is a library. */
function standaloneOf({ standalone = [], library = {} }: Options): StandaloneOption[] {
  const alone = standalone.filter((entry) => !Object.hasOwn(library, entry));
  return [
    ...[...new Set(alone)].map((entry) => ({ entry, library: undefined })),
    ...Object.entries(library).map(([entry, name]) => ({ entry, library: name })),
  ];
}

/** Stands for everything in the options that shapes what a build makes; functions and regular expressions are known by their text. */
export function signatureOf({
  id: _id,
  timeout: _timeout,
  budgets: _budgets,
  ...shaping
}: ResolvedOptions): string {
  return JSON.stringify(shaping, (_key, value) =>
    typeof value === 'function' || isRegExp(value) ? String(value) : value,
  );
}
