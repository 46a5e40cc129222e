/** date-fns from its main module; all its languages are fetched when somebody asks for them. */
import { addDays, differenceInCalendarWeeks, format, setDayOfYear } from 'date-fns';
import { createElement as h, useState } from 'react';
import { seeds } from '../data/seeds.js';
import { Page } from '../lib/page.js';

const newYear = new Date(2027, 0, 1);

const dates = seeds.map(({ sku, name, sow, days }) => {
  const sown = setDayOfYear(newYear, sow);
  const ready = addDays(sown, days);
  return { sku, name, sown, ready, weeks: differenceInCalendarWeeks(ready, sown) };
});

function Languages() {
  const [locales, setLocales] = useState();
  const onClick = () => import('date-fns/locale').then(setLocales);
  if (!locales) return h('button', { id: 'languages', type: 'button', onClick }, 'In all languages');
  const names = Object.keys(locales).filter((name) => locales[name].code);
  return h(
    'ul',
    { id: 'days' },
    names.map((name) =>
      h(
        'li',
        { key: name, lang: locales[name].code },
        format(dates[0].sown, 'PPPP', { locale: locales[name] }),
      ),
    ),
  );
}

export default function Calendar() {
  return h(
    Page,
    { title: 'Calendar', about: 'When to sow, and when to reap.' },
    h(
      'table',
      { id: 'dates' },
      h(
        'tbody',
        null,
        dates.map(({ sku, name, sown, ready, weeks }) =>
          h(
            'tr',
            { key: sku },
            h('th', { scope: 'row' }, name),
            h('td', null, format(sown, 'd MMMM')),
            h('td', null, format(ready, 'd MMMM')),
            h('td', null, `${weeks} weeks`),
          ),
        ),
      ),
    ),
    h(Languages),
  );
}
