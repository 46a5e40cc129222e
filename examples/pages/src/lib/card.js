import { money } from './money';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What `templates/card.hbs` shows of a seed. The server uses it, too. */
export const toCard = ({ sku, name, kind, note, cents, sow }) => ({
  sku,
  name,
  kind,
  note,
  price: money(cents),
  months: sow.map((month) => monthNames[month - 1]).join(', '),
});
