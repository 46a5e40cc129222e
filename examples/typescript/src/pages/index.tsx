import { convert, format } from '../lib/convert.js';
import { byId } from '../lib/page.js';
import type { Unit } from '../lib/units.js';
import { Quantity, unitNamed, units } from '../lib/units.js';

const amount = byId('amount', HTMLInputElement);
const from = byId('from', HTMLSelectElement);
const to = byId('to', HTMLSelectElement);
const result = byId('result', HTMLOutputElement);
const addCurrencies = byId('add-currencies', HTMLButtonElement);

/** The units that the form offers. */
let offered = units;

const options = (of: readonly Unit[]) => of.map(({ symbol }) => <option value={symbol}>{symbol}</option>);

/** A group of options for each quantity that is among the units. */
function groups(of: readonly Unit[]) {
  return [...new Set(of.map(({ quantity }) => quantity))].map((quantity) => (
    <optgroup label={Quantity[quantity]}>{options(of.filter((unit) => unit.quantity === quantity))}</optgroup>
  ));
}

function offer(all: readonly Unit[]): void {
  const { value } = from;
  offered = all;
  from.replaceChildren(...groups(all));
  if (value) from.value = value;
  offerTargets();
}

/** Offers what the chosen unit can be converted to. */
function offerTargets(): void {
  const chosen = unitNamed(from.value, offered);
  const others = offered.filter((unit) => unit.quantity === chosen.quantity && unit !== chosen);
  to.replaceChildren(...options(others));
  show();
}

function show(): void {
  const given = amount.valueAsNumber || 0;
  const converted = convert(given, unitNamed(from.value, offered), unitNamed(to.value, offered));
  result.value = `${format(given)} ${from.value} = ${format(converted)} ${to.value}`;
}

amount.addEventListener('input', show);
from.addEventListener('change', offerTargets);
to.addEventListener('change', show);

addCurrencies.addEventListener('click', async () => {
  const { currencies } = await import('../parts/currencies.js');
  addCurrencies.hidden = true;
  offer([...units, ...currencies]);
});

// The visitor sees what went wrong; the console says where, in TypeScript's lines.
addEventListener('error', ({ error }) => {
  result.value = error.message;
});

offer(units);
