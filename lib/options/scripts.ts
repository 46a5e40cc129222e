import { hintWithUpdates, invalidOptions } from '../errors';
import { isTimeout } from '../values';
import type { ResolvedOptions } from './resolved';
import { checkOptions, isBoolean, isRecord, isString, type Rules } from './rules';

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
  /**
   * A manifest as other frameworks read it, and for each entry a script that starts it: `vite` writes `.vite/manifest.json`, `symfony` writes
   * `entrypoints.json`. Both name files beside the bundles, so what comes out belongs there. Default: none.
   */
  manifest?: 'vite' | 'symfony';
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
  manifest: ["'vite' or 'symfony'", (value) => value === 'vite' || value === 'symfony'],
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
  if (!isRecord(options)) throw invalidOptions('scripts()', options, "{ mode: 'async' }");
  checkOptions('scripts()', options, scriptsRules);
  for (const name of ['preload', 'prefetch'] as const) {
    if (updates !== undefined && options[name]) throw hintWithUpdates(name);
  }
  return options;
}
