/**
 * What two texts have in common, at a glance. A *fingerprint* is the hash of WINDOW units in a row; of all in a text, one of
 * RATE is kept, chosen by the hash itself, so that the same passage gives the same fingerprints wherever it stands
 * (Manber, "Finding similar files in a large file system", 1994).
 */

/** Distinct fingerprints of a text, ascending. */
export type Fingerprints = Uint32Array;

/** Shorter passages than this go unseen: two names and a call. */
const WINDOW = 24;
/** A power of 2. */
export const RATE = 16;
const MULTIPLIER = 0x01000193;
const SPREAD = 0x9e3779b1;
const RATE_BITS = 31 - Math.clz32(RATE);

export function fingerprint(text: string): Fingerprints {
  const found: number[] = [];
  let power = 1;
  for (let times = 0; times < WINDOW; times++) power = Math.imul(power, MULTIPLIER);
  let hash = 0;
  for (let end = 0; end < text.length; end++) {
    hash = (Math.imul(hash, MULTIPLIER) + text.charCodeAt(end)) | 0;
    if (end >= WINDOW) hash = (hash - Math.imul(text.charCodeAt(end - WINDOW), power)) | 0;
    const mixed = Math.imul(hash ^ (hash >>> 15), SPREAD) >>> 0;
    if (end >= WINDOW - 1 && mixed >>> (32 - RATE_BITS) === 0) found.push(mixed);
  }
  return Uint32Array.from(new Set(found)).sort();
}

/** Indices of the fingerprints of `text` that `other` has, too. */
export function common(text: Fingerprints, other: Fingerprints): Uint32Array {
  const found: number[] = [];
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const wanted = text[index] as number;
    while (at < other.length && (other[at] as number) < wanted) at++;
    if (other[at] === wanted) found.push(index);
  }
  return Uint32Array.from(found);
}
