/** A hash of a text, of 32 bits, for what has to be spread and not hidden: FNV-1a (https://datatracker.ietf.org/doc/draft-eastlake-fnv/), by UTF-16 code units. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
