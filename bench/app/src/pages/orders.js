/** Ant Design from its main module: a table of orders. */
import { ConfigProvider, DatePicker, Segmented, Space, Statistic, Table, Tag } from 'antd';
import { createElement as h, useState } from 'react';
import { orders } from '../data/orders.js';
import { seeds } from '../data/seeds.js';
import { money } from '../lib/money.js';
import { Page } from '../lib/page.js';

const seedOf = ({ sku }) => seeds.find((seed) => seed.sku === sku);

const rows = orders.map((order) => {
  const { name, kind, cents } = seedOf(order);
  return { key: order.id, customer: order.customer, name, kind, cents: cents * order.packets };
});

const kinds = ['all', ...new Set(rows.map(({ kind }) => kind))];

const columns = [
  { title: 'Customer', dataIndex: 'customer', sorter: (a, b) => a.customer.localeCompare(b.customer) },
  { title: 'Seed', dataIndex: 'name' },
  { title: 'Kind', dataIndex: 'kind', render: (kind) => h(Tag, { color: 'green' }, kind) },
  { title: 'Price', dataIndex: 'cents', render: money },
];

export default function Orders() {
  const [kind, setKind] = useState('all');
  const found = rows.filter((row) => kind === 'all' || row.kind === kind);
  const total = found.reduce((sum, { cents }) => sum + cents, 0);
  return h(
    ConfigProvider,
    { theme: { token: { colorPrimary: '#2f6b3c' } } },
    h(
      Page,
      { title: 'Orders', about: 'Who ordered what this spring.' },
      h(
        Space,
        { size: 'large' },
        h(Segmented, { options: kinds, value: kind, onChange: setKind }),
        h(DatePicker, { placeholder: 'Deliver on' }),
        h(Statistic, { className: 'total', title: 'Total', value: money(total) }),
      ),
      h(Table, { columns, dataSource: found, pagination: false, size: 'small' }),
    ),
  );
}
