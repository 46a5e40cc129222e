/** *Folded* texts: each short name is one unit, the same for all, so that texts are equal where only names differ. */
import { visitNames } from './names';

export interface Folded {
  units: Uint16Array;
  /** By unit: the name that stands there, as a number; NO_NAME for others. */
  names: Uint16Array;
}

export const NO_NAME = 0;
/** More than any name's number. */
export const NAME_LIMIT = 1 << 14;
/** No character, so hardly any text has it. Where one has, `names` tells. */
const FOLDED = 0xffff;
const BITS = 7;

export function foldNames(text: string): Folded {
  const units = new Uint16Array(text.length);
  const names = new Uint16Array(text.length);
  let size = 0;
  let from = 0;
  const copyUntil = (end: number): void => {
    for (let at = from; at < end; at++) units[size++] = text.charCodeAt(at);
  };
  visitNames(text, (name, at) => {
    copyUntil(at);
    names[size] = numberOf(name);
    units[size++] = FOLDED;
    from = at + name.length;
  });
  copyUntil(text.length);
  return { units: units.subarray(0, size), names: names.subarray(0, size) };
}

/** Names have one unit or two, all of ASCII. */
const numberOf = (name: string): number =>
  name.charCodeAt(0) | (name.length === 1 ? 0 : name.charCodeAt(1) << BITS);

export function nameOf(number: number): string {
  const second = number >> BITS;
  const first = String.fromCharCode(number & ((1 << BITS) - 1));
  return second === 0 ? first : first + String.fromCharCode(second);
}
