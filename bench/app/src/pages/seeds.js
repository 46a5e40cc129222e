/** lodash-es from its main module: the catalogue, grouped and searched. */
import { groupBy, mapValues, maxBy, meanBy, orderBy, startCase, toPairs } from 'lodash-es';
import { createElement as h, useState } from 'react';
import { seeds } from '../data/seeds.js';
import { money } from '../lib/money.js';
import { Page } from '../lib/page.js';

const meansByKind = mapValues(groupBy(seeds, 'kind'), (list) => money(meanBy(list, 'cents')));

export default function Seeds() {
  const [text, setText] = useState('');
  const found = seeds.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return h(
    Page,
    { title: 'Seeds', about: `The dearest is ${maxBy(seeds, 'cents').name}.` },
    h('input', { id: 'search', value: text, onChange: ({ target }) => setText(target.value) }),
    h(
      'ol',
      { id: 'found' },
      orderBy(found, ['cents', 'name'], ['desc', 'asc']).map(({ sku, name, cents }) =>
        h('li', { key: sku }, `${name} ${money(cents)}`),
      ),
    ),
    h(
      'ul',
      { id: 'means' },
      toPairs(meansByKind).map(([kind, price]) => h('li', { key: kind }, `${startCase(kind)} ${price}`)),
    ),
  );
}
