import { randomUUID } from 'node:crypto';

import type File = require('vinyl');

import { Cache } from './cache/cache';
import { hintWithUpdates, invalidOption, unknownOption } from './errors';
import { defaultBuiltins } from './fs/builtins';
import { isDirectory, realpathSync } from './fs/files';
import { type ResolveOptions, type ResolverSettings, resolveSettings } from './fs/settings';
import type { Parser } from './parse/facts';
import { isReleasesPlace } from './releases/open';
import type { Storage } from './releases/storage';
import { isPolicyName, isTimeout } from './values';

/** What `dynapack(options)` takes. Everything has a default. */
export interface Options {
  /**
   * What URLs of bundles begin with, such as `/js/` or `https://cdn.example/js/`; the name follows it at once, so it
   * ends in `/` or another character that is no letter and no digit. Default `/`.
   */
  prefix?: string;
  /** One bundle per module and readable ids. Default `false`. */
  debug?: boolean;
  /** Label or labels that make a string a declared dynamic dependency: `'./big' /*js*\/`. Default `js`. */
  dynamic?: string | readonly string[];
  /** Node builtin name → absolute path of its browser shim. Default: the shims browserify uses. */
  builtins?: Readonly<Record<string, string>>;
  /** Compile-time values of `process.env.X`; branches they prove dead are not followed. `NODE_ENV` has a default. */
  env?: Readonly<Record<string, string>>;
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
  /** Name of the global registry, none that the browser needs. Two packs that share a page need different ones. Default `dynapack`. */
  name?: string;
  /**
   * Whether bundle Files have a `sourceMap`, for `dest('…', { sourcemaps: '.' })` to write. Default: when the File of any
   * module has one.
   */
  sourcemaps?: boolean;
  /** What survives from build to build: `dynapack.cache()`. Default: nothing does. */
  cache?: Cache;
  /**
   * Seconds without any progress after which modules that left `deps()` but did not reach `mods()` fail the
   * build. Default 30. (When nothing else keeps the process alive they fail it at once.) `Infinity`: never.
   */
  timeout?: number;
}

/** `Options` with every default filled in; the rest of the library sees only this. */
export interface ResolvedOptions extends ResolverSettings {
  /** Unlike that of any other pack. In no output. */
  id: string;
  prefix: string;
  debug: boolean;
  labels: readonly string[];
  env: Readonly<Record<string, string>>;
  root: string;
  parser: Parser | undefined;
  loader: 'inline' | 'file';
  updates: 'page' | 'worker' | undefined;
  worker: string;
  trustedTypes: string | undefined;
  name: string;
  /** `undefined`: when a module has one. */
  sourcemaps: boolean | undefined;
  cache: Cache | undefined;
  timeout: number;
}

/** What is right for each option, in words for the message, and how to tell. */
type Rules<T> = { [Name in keyof Required<T>]: [expected: string, accepts: (value: unknown) => boolean] };

const isString = (value: unknown): boolean => typeof value === 'string';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isStringList = (value: unknown): boolean => Array.isArray(value) && value.every(isString);

/** Properties of `window` that cannot be replaced, or that pages count on. */
const windowNames = new Set(
  `window self document location top parent opener frames length name status closed origin event history navigator
  undefined NaN Infinity crypto caches indexedDB localStorage sessionStorage customElements`.split(/\s+/),
);

const isRegistryName = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z_$][\w$]*$/.test(value) && !windowNames.has(value);
const isPrefix = (value: unknown): boolean => typeof value === 'string' && !/[\p{L}\p{N}]$/u.test(value);
const isLabel = (value: unknown): boolean =>
  typeof value === 'string' && /\S/.test(value) && !value.includes('*/');

function isRecord(value: unknown, accepts: (value: unknown) => boolean = () => true): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(accepts)
  );
}

const optionRules: Rules<Options> = {
  prefix: ["a string that ends in '/', or in another character that is no letter and no digit", isPrefix],
  debug: ['a boolean', isBoolean],
  dynamic: [
    'a label or a list of labels',
    (value) => isLabel(value) || (Array.isArray(value) && value.length > 0 && value.every(isLabel)),
  ],
  builtins: ['an object of absolute paths', (value) => isRecord(value, isString)],
  env: ['an object of strings', (value) => isRecord(value, isString)],
  root: ['the path of a directory', (value) => typeof value === 'string' && isDirectory(value)],
  resolve: ['an object', (value) => isRecord(value)],
  external: ['an object of global expressions', (value) => isRecord(value, isString)],
  parser: ['a function', (value) => typeof value === 'function'],
  loader: ["'inline' or 'file'", (value) => value === 'inline' || value === 'file'],
  updates: ["'page' or 'worker'", (value) => value === 'page' || value === 'worker'],
  trustedTypes: ['a name that the directive trusted-types can have', isPolicyName],
  worker: ['a URL', (value) => typeof value === 'string' && value !== ''],
  name: ["a JavaScript identifier that is no property of the browser's window", isRegistryName],
  sourcemaps: ['a boolean', isBoolean],
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
  alias: [
    'an object of strings or false',
    (value) => isRecord(value, (item) => isString(item) || item === false),
  ],
  symlinks: ['a boolean', isBoolean],
};

/**
 * Checks option names and values; `undefined` counts as absent.
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the option
 */
function checkOptions<T extends object>(options: T, rules: Rules<T>, prefix = ''): void {
  const table = rules as Record<string, [string, (value: unknown) => boolean]>;
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!rule)
      throw unknownOption(
        prefix + name,
        Object.keys(table).map((known) => prefix + known),
      );
    if (value !== undefined && !rule[1](value)) throw invalidOption(prefix + name, rule[0], value);
  }
}

/**
 * Fills in the defaults.
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the option and the nearest right one
 */
export function resolveOptions(options: Options = {}): ResolvedOptions {
  if (!isRecord(options)) throw invalidOption('options', 'an object', options);
  checkOptions(options, optionRules);
  checkOptions(options.resolve ?? {}, resolveRules, 'resolve.');
  const debug = options.debug ?? false;
  const env = { NODE_ENV: process.env.NODE_ENV || (debug ? 'development' : 'production'), ...options.env };
  return {
    id: randomUUID(),
    prefix: options.prefix ?? '/',
    debug,
    labels: typeof options.dynamic === 'string' ? [options.dynamic] : (options.dynamic ?? ['js']),
    builtins: options.builtins ?? defaultBuiltins(),
    env,
    root: realpathSync(options.root ?? process.cwd()),
    resolve: resolveSettings(options.resolve ?? {}, env.NODE_ENV),
    external: options.external ?? {},
    parser: options.parser,
    loader: options.loader ?? 'inline',
    updates: options.updates,
    worker: options.worker ?? '/dynapack-worker.js',
    trustedTypes: options.trustedTypes,
    name: options.name ?? 'dynapack',
    sourcemaps: options.sourcemaps,
    cache: options.cache,
    timeout: options.timeout ?? 30,
  };
}

/** Stands for everything in the options that shapes what a build makes; functions are known by their text. */
export function signatureOf({
  id: _id,
  cache: _cache,
  timeout: _timeout,
  ...shaping
}: ResolvedOptions): string {
  return JSON.stringify(shaping, (_key, value) => (typeof value === 'function' ? String(value) : value));
}

/** What `pack.scripts(options)` takes. */
export interface ScriptsOptions {
  /** Text for the `nonce` attribute of the snippet's scripts, such as a template tag: `<%= nonce %>`. */
  nonce?: string;
  /** Subresource integrity: `true` for SHA-384 of the Files piped in. Default `false`. */
  integrity?: boolean;
  /** Value for the `crossorigin` attribute. Default: `anonymous` with `integrity`, and with updates from another host, else none. */
  crossorigin?: 'anonymous' | 'use-credentials';
  /**
   * How an entry starts. `defer`: the snippet has script tags for its bundles; it runs behind all of the page, before
   * `DOMContentLoaded`, the entries of a page in their order. `async`: the loader fetches the bundles, and the entry runs as
   * soon as they are there. Default `defer`.
   */
  mode?: 'defer' | 'async';
  /** With mode `async`, `<link rel="preload">` for the bundles the entry starts with; not with `updates`. Default `false`. */
  preload?: boolean;
  /** `<link rel="prefetch">` for the bundles of what the entry may request next; not with `updates`. Default `false`. */
  prefetch?: boolean;
  /** Seconds that a bundle may take to arrive, before the page asks for it again, and then gives up. Default 120. */
  timeout?: number;
  /** With `updates`: seconds without a byte of a patch, after which the page downloads the whole bundle. Default 5. */
  patchTimeout?: number;
}

const TIMEOUT = 'a positive number of seconds, three weeks at most';

const scriptsRules: Rules<ScriptsOptions> = {
  nonce: ['a string', isString],
  integrity: ['a boolean', isBoolean],
  crossorigin: [
    "'anonymous' or 'use-credentials'",
    (value) => value === 'anonymous' || value === 'use-credentials',
  ],
  mode: ["'defer' or 'async'", (value) => value === 'defer' || value === 'async'],
  preload: ['a boolean', isBoolean],
  prefetch: ['a boolean', isBoolean],
  timeout: [TIMEOUT, isTimeout],
  patchTimeout: [TIMEOUT, isTimeout],
};

/**
 * Checks what `scripts()` of a pack was given. Hints for browsers do not go with updates: nobody knows before the page runs
 * which bundles it will download.
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the option and the nearest right one
 */
export function resolveScriptsOptions(
  { updates }: ResolvedOptions,
  options: ScriptsOptions = {},
): ScriptsOptions {
  if (!isRecord(options)) throw invalidOption('scripts options', 'an object', options);
  checkOptions(options, scriptsRules);
  for (const name of ['preload', 'prefetch'] as const) {
    if (updates !== undefined && options[name]) throw hintWithUpdates(name);
  }
  return options;
}

/** What `pack.patches(options)` takes. */
export interface PatchesOptions {
  /** Where releases are kept: a directory, or a `Storage` of unstorage. */
  releases: string | Storage;
  /** How many earlier releases patches are made from. Default 5. */
  keep?: number;
  /** What a patch and its request may cost at most, as a share of the full text, both after compression. Default 0.7. */
  minGain?: number;
}

/** What `dynapack.patches(options)` takes. */
export interface LonePatchesOptions extends PatchesOptions {
  /**
   * What a File is known by from release to release: the same for each of its versions. Default: its path relative to
   * its base, as it was before gulp-rev.
   */
  name?: (file: File) => string;
}

const patchesRules: Rules<PatchesOptions> = {
  releases: ['a directory or a Storage of unstorage', isReleasesPlace],
  keep: ['a whole number, 0 or more', (value) => Number.isSafeInteger(value) && (value as number) >= 0],
  minGain: ['a number above 0, 1 at most', (value) => typeof value === 'number' && value > 0 && value <= 1],
};

const lonePatchesRules: Rules<LonePatchesOptions> = {
  ...patchesRules,
  name: ['a function', (value) => typeof value === 'function'],
};

/**
 * Checks what `patches()` was given, and fills in the defaults.
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the option and the nearest right one
 */
export function resolvePatchesOptions<Options extends PatchesOptions>(
  options: Options,
  isAlone: boolean,
): Options & Required<PatchesOptions> {
  if (!isRecord(options)) throw invalidOption('patches options', 'an object', options);
  checkOptions<LonePatchesOptions>(
    options,
    isAlone ? lonePatchesRules : (patchesRules as Rules<LonePatchesOptions>),
  );
  if (options.releases === undefined)
    throw invalidOption('releases', patchesRules.releases[0], options.releases);
  return { ...options, keep: options.keep ?? 5, minGain: options.minGain ?? 0.7 };
}
