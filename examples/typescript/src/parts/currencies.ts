import { rates } from '../lib/rates.js';
import { Quantity, type Unit } from '../lib/units.js';

/** Currencies as units of money. */
export const currencies: readonly Unit[] = Object.entries(rates).map(([symbol, rate]) => ({
  symbol,
  quantity: Quantity.Money,
  factor: 1 / rate,
}));
