/** Values that sources may have as they are. */
export type Constant = string | number | boolean | null;

/** An expression of the value, wherever a name may stand, valid in ES5 too. */
export function literalOf(value: Constant): string {
  if (typeof value === 'number') return value < 0 || Object.is(value, -0) ? `(${value})` : `${value} `;
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
