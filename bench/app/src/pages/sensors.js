/** RxJS from its main module: readings that arrive one after the other. */
import { createElement as h, useEffect, useState } from 'react';
import { bufferCount, interval, map, merge, scan, share, startWith, take } from 'rxjs';
import { Page } from '../lib/page.js';

const READINGS = 24;

/** Degrees, as a warm day would give them, hour by hour. */
const readings = () =>
  interval(5).pipe(
    take(READINGS),
    map((hour) => 15 + 10 * Math.sin(((hour - 9) / 12) * Math.PI)),
    share(),
  );

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is known so far, after every reading: how many there were, and the means of every six hours. */
function summaries() {
  const source = readings();
  const counts = source.pipe(map(() => (known) => ({ ...known, count: known.count + 1 })));
  const means = source.pipe(
    bufferCount(6),
    map((six) => (known) => ({ ...known, means: [...known.means, mean(six)] })),
  );
  const start = { count: 0, means: [] };
  return merge(counts, means).pipe(
    scan((known, change) => change(known), start),
    startWith(start),
  );
}

export default function Sensors() {
  const [{ count, means }, setKnown] = useState({ count: 0, means: [] });
  useEffect(() => {
    const subscription = summaries().subscribe(setKnown);
    return () => subscription.unsubscribe();
  }, []);
  return h(
    Page,
    { title: 'Sensors', about: 'The temperature under glass, means of six hours each.' },
    h('p', { id: 'readings' }, `${count} of ${READINGS} readings`),
    h('p', { id: 'means' }, means.map((value) => `${value.toFixed(1)} °C`).join(', ')),
  );
}
