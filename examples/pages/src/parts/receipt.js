import dayjs from 'dayjs';
import mustache from 'mustache';
import { money } from '../lib/money';
import './receipt.css';

const template = `Fennel & Row, {{date}}
{{#lines}}
{{count}} × {{seed.name}}  {{price}}
{{/lines}}
Total: {{total}}`;

/** The receipt as text. */
export const write = (lines, total) =>
  mustache.render(
    template,
    {
      date: dayjs().format('D MMMM YYYY'),
      lines: lines.map((line) => ({ ...line, price: money(line.cents) })),
      total: money(total),
    },
    {},
    { escape: String },
  );
