import { convert, format } from '../lib/convert.js';
import { byId } from '../lib/page.js';
import { unitNamed } from '../lib/units.js';

const cups = [0.25, 0.5, 1, 2, 4];
const columns = ['cup', 'tbsp', 'ml'].map((symbol) => unitNamed(symbol));
const [cup] = columns;

const body = byId('measures', HTMLTableElement).createTBody();
for (const amount of cups) {
  const row = body.insertRow();
  for (const unit of columns)
    row.insertCell().textContent = `${format(convert(amount, cup, unit))} ${unit.symbol}`;
}
