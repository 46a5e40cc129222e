/** Values as expressions. */
import type { Constant } from '../facts';

/** An expression of a value that JSON can have, valid in ES5 too: of a constant wherever a name may stand, of an object in parentheses. */
export function literalOf(value: Constant | object): string {
  if (typeof value === 'number') return value < 0 || Object.is(value, -0) ? `(${value})` : `${value} `;
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The key of a property. An object literal understands `__proto__` otherwise. */
export const keyText = (name: string): string => (name === '__proto__' ? '["__proto__"]' : name);

/** What a name stands in place of. */
export interface NamePlace {
  /** Set where it is key and value of a property. */
  key?: string | undefined;
  /** Whether a statement of a list begins with it. */
  isFirst(): boolean;
}

/** An expression that stands in place of a name. A statement that begins with it neither goes on with the line before, nor is a directive. */
export function textInPlace(text: string, { key, isFirst }: NamePlace): string {
  if (key !== undefined) return `${keyText(key)}:${text}`;
  return /^[("]/.test(text) && isFirst() ? `;${text}` : text;
}
