const dayjs = require('dayjs');
const mustache = require('mustache');
const money = require('../lib/money');

const template = `Fennel & Row, {{date}}
{{#lines}}
{{count}} × {{seed.name}}  {{price}}
{{/lines}}
Total: {{total}}`;

/** The receipt as text. */
exports.write = (lines, total) =>
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
