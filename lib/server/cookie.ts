/**
 * What a visitor's cookie says: for up to four states of all assets, which of them it has in that state's version.
 *
 *     cookie = "0"                    keeps nothing: texts had better come by URL, for the browser's own cache
 *            | "1" 0*4( "." state "." mask )
 *            | "2" 0*4( "." state "." mask )    keeps this, and nothing more: what is missing had better come by URL
 *     state  = number "-" hash        the id of a recorded release
 *     mask   = *character             base64url, six assets each, the lowest bit first: the assets sorted by name
 *
 * A cookie is a hint. Whoever sends a wrong one gets what does not help him, and a page that then loads the whole text.
 */

export interface Held {
  state: string;
  /** Whether the asset at an index of the state is there. */
  has(index: number): boolean;
}

/** A cookie that was understood. */
export interface Visitor {
  /** The browser keeps nothing for us, or nothing more than it has. */
  isForgetful: boolean;
  held: readonly Held[];
}

const STRANGER: Visitor = { isForgetful: false, held: [] };
const LONGEST = 3_500;
const COOKIE = /^[12](?:\.\d{1,9}-[\w-]{6}\.[\w-]{1,700}){0,4}$/;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BITS = 6;

const hasBit = (mask: string, index: number): boolean =>
  ((DIGITS.indexOf(mask.charAt(Math.floor(index / BITS))) >> (index % BITS)) & 1) === 1 &&
  index < mask.length * BITS;

/** What the value of our cookie says; any other value says nothing. */
export function readCookie(value: string | undefined): Visitor {
  if (value === '0') return { isForgetful: true, held: [] };
  if (value === undefined || value.length > LONGEST || !COOKIE.test(value)) return STRANGER;
  const [kind, ...parts] = value.split('.');
  const held: Held[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const mask = parts[index + 1] as string;
    held.push({ state: parts[index] as string, has: (bit) => hasBit(mask, bit) });
  }
  return { isForgetful: kind === '2', held };
}

/** The value of a cookie in a `Cookie` header, which may be of any shape. */
export function findCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (let at = 0; at < header.length; ) {
    const end = header.indexOf(';', at);
    const pair = header.slice(at, end < 0 ? header.length : end).trim();
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
    if (end < 0) return undefined;
    at = end + 1;
  }
  return undefined;
}
