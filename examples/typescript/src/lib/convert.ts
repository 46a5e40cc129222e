import type { Unit } from './units.js';
import { Quantity } from './units.js';

/**
 * Converts an amount from one unit to another of the same quantity.
 * @throws RangeError for a temperature that cannot be
 */
export function convert(amount: number, from: Unit, to: Unit): number {
  const base = amount * from.factor + (from.offset ?? 0);
  if (from.quantity === Quantity.Temperature && base < 0) {
    throw new RangeError('Nothing is colder than absolute zero');
  }
  return (base - (to.offset ?? 0)) / to.factor;
}

/** A number as people write it. */
export const format = (amount: number): string =>
  amount.toLocaleString('en', { maximumSignificantDigits: 6 });
