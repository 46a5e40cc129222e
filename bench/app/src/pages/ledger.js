/** CommonJS packages imported by an ES module: lodash, moment, classnames, prop-types, and a file of the app's own. */
import classNames from 'classnames';
import _ from 'lodash';
import moment from 'moment';
import { checkPropTypes, number, string } from 'prop-types';
import { createElement as h } from 'react';
import { orders } from '../data/orders.js';
import { seeds } from '../data/seeds.js';
import ledger, { linesOf } from '../lib/ledger.cjs';
import { money } from '../lib/money.js';
import { Page } from '../lib/page.js';

const priceOf = _.mapValues(_.keyBy(seeds, 'sku'), 'cents');
const lines = linesOf(orders);
const days = moment.duration(_.last(lines).day - _.first(lines).day, 'days');

const lineTypes = {
  date: string.isRequired,
  customer: string.isRequired,
  packets: number.isRequired,
};

function Line({ line }) {
  checkPropTypes(lineTypes, line, 'line', 'Ledger');
  const cents = priceOf[line.sku] * line.packets;
  const className = classNames('line', { dear: cents > 1000, late: line.day > ledger.seasonEnds });
  return h(
    'tr',
    { className },
    h('td', null, line.date),
    h('td', null, line.customer),
    h('td', null, money(cents)),
  );
}

export default function Ledger() {
  return h(
    Page,
    { title: 'Ledger', about: `All orders, within ${days.humanize()}.` },
    h(
      'table',
      { id: 'lines' },
      h(
        'tbody',
        null,
        lines.map((line) => h(Line, { key: line.id, line })),
      ),
    ),
  );
}
