import data from '../data/units.json';

/** What units measure. */
export enum Quantity {
  Length,
  Mass,
  Volume,
  Temperature,
  Money,
}

export interface Unit {
  symbol: string;
  quantity: Quantity;
  /** An amount times `factor`, plus `offset`, is the amount in the unit that all others of its quantity refer to. */
  factor: number;
  offset?: number;
}

/** All units that need no exchange rate. */
export const units: readonly Unit[] = Object.entries(data).flatMap(([name, group]) =>
  group.map((unit) => ({ ...unit, quantity: Quantity[name as keyof typeof data] })),
);

/** The unit with a symbol, which must be there. */
export function unitNamed(symbol: string, among: readonly Unit[] = units): Unit {
  const found = among.find((unit) => unit.symbol === symbol);
  if (!found) throw new TypeError(`There is no unit ${symbol}`);
  return found;
}
