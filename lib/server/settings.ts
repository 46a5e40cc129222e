/** What `globals()` takes, with every default filled in. */
import { join, resolve } from 'node:path';
import { isReleasesPlace } from '../releases/open';
import { isStorage, type Storage } from '../releases/storage';
import { isPolicyName, isTimeout } from '../values';
import { checkOptions, type Rule, type Rules } from './rules';

/** What holds for all assets of an instance. */
export interface Globals {
  /** Directory of the source `asset`, and what other paths are relative to. Default: the working directory. */
  assetsDir?: string;
  /** Where patches, served texts and clones are kept. Default `node_modules/.cache/dynapack/server`. */
  outputDir?: string;
  /** Where patches and served texts are kept instead, for several instances to share: any unstorage `Storage`. */
  store?: Storage;
  /** What `patches()` writes: a directory or a storage. Every bundle of its newest release is an asset. */
  releases?: string | Storage;
  /** Every page load looks at the disk and sends what has changed since that visitor's last one. Default `false`. */
  dev?: boolean;
  /** Name of the cookie that says what a visitor has. Default `_ds`. */
  cookieName?: string;
  /** Seconds that cookies and answers for fixed versions stay valid. Default 30 days. */
  maxAge?: number;
  /** Path of requests for patches. Default `/dynoSrc`. */
  endpoint?: string;
  /** Seconds after which the sources are asked again what HEAD is; with 0, every request waits for that. Default 5. */
  refresh?: number;
  /** How many of the last states of all assets a visitor may have and still get patches. Default 20. */
  keep?: number;
  /** Bytes of a text above which a page refers to the endpoint in place of holding it. Default 512 KB. */
  maxInline?: number;
  /** Seconds that an asset may take to arrive by its URL, before the page goes on without it. Default 120. */
  timeout?: number;
  /** Name of the policy by which pages with `require-trusted-types-for 'script'` run assets. Default: they have none. */
  trustedTypes?: string;
}

/** `Globals` as the rest of the server sees them. */
export interface Settings extends Omit<Required<Globals>, 'store' | 'releases' | 'trustedTypes'> {
  trustedTypes: string | undefined;
  store: Storage | undefined;
  releases: string | Storage | undefined;
}

const isString = (value: unknown): boolean => typeof value === 'string';
const isAmount = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const storage: Rule = ['a storage with getItemRaw, setItemRaw, getKeys and removeItem', isStorage];

const RULES: Rules<Globals> = {
  assetsDir: ['a path', isString],
  outputDir: ['a path', isString],
  store: storage,
  releases: ['a directory or a storage', isReleasesPlace],
  dev: ['true or false', (value) => typeof value === 'boolean'],
  cookieName: [
    'a name of letters, digits, - and _',
    (value) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value),
  ],
  maxAge: ['a number of seconds', (value) => isAmount(value) && Number.isInteger(value)],
  endpoint: [
    "a path such as '/dynoSrc'",
    (value) => typeof value === 'string' && /^(\/[\w.~-]+)+$/.test(value),
  ],
  refresh: ['a number of seconds', isAmount],
  keep: ['a whole number from 1', (value) => Number.isInteger(value) && Number(value) >= 1],
  maxInline: ['a number of bytes', isAmount],
  timeout: ['a positive number of seconds, three weeks at most', isTimeout],
  trustedTypes: ['a name that the directive trusted-types can have', isPolicyName],
};

export const DEFAULTS: Settings = {
  assetsDir: '.',
  outputDir: join('node_modules', '.cache', 'dynapack', 'server'),
  store: undefined,
  releases: undefined,
  dev: false,
  cookieName: '_ds',
  maxAge: 30 * 24 * 60 * 60,
  endpoint: '/dynoSrc',
  refresh: 5,
  keep: 20,
  maxInline: 512 * 1024,
  timeout: 120,
  trustedTypes: undefined,
};

/**
 * The settings with some of them replaced; paths become absolute.
 * @throws UNKNOWN_OPTION or INVALID_OPTION
 */
export function withGlobals(settings: Settings, globals: Globals): Settings {
  checkOptions('globals()', globals, RULES, "{ assetsDir: 'assets' }");
  const given = Object.entries(globals).filter(([, value]) => value !== undefined);
  const merged: Settings = { ...settings, ...Object.fromEntries(given) };
  return { ...merged, assetsDir: resolve(merged.assetsDir), outputDir: resolve(merged.outputDir) };
}
