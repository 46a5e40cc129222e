/** What several messages say. */

/** Of files that have a URL. */
export const COPIED =
  'Check the path, in which URLs have %23 for #, and %3F for ?. Copy the file to the site with gulp, and name the URL it has there, if another task makes it.';

/** Of scripts that have one. */
export const ALONE =
  "Name the script in the option 'standalone', which makes one file of it and all it needs, and give the URL that it has on the site: '/sw.js'.";

/** Of scripts that need no others. */
export const AS_IS =
  "A script that asks for no other file is given out as it is by its URL: import url from './script.js?url'. If a package names it so, copy it with gulp, and tell the package where it is.";

/** Of scripts that may be workers. */
export const WORKER =
  "A worker is started by new Worker(new URL('./worker.js', import.meta.url)), in one expression and with a string.";

const MOST_NAMES = 5;

/** Names in words, not too many of them. */
export function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `'${name}'`);
  const rest = names.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
