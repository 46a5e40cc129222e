/** Values as expressions. */
import type { Constant } from '../facts';

/** An expression of a value that JSON can have, valid in ES5 too: of a constant wherever a name may stand, of an object in parentheses. */
export function literalOf(value: Constant | object): string {
  if (typeof value === 'number') return value < 0 || Object.is(value, -0) ? `(${value})` : `${value} `;
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
