/** Tables: sorted by a click on a title, and drawn in parts, since nobody reads thousands of rows. */
import { type Child, h } from './dom';
import { counted, number, size } from './format';

export interface Column<Row> {
  title: string;
  cell(row: Row): Child;
  /** What rows are sorted by; numbers come with the largest first. */
  value?(row: Row): number | string;
  /** The cell names its row. */
  isName?: boolean;
  isNumber?: boolean;
}

/** A column of sizes. */
export const sizes = <Row>(title: string, value: (row: Row) => number): Column<Row> => ({
  title,
  cell: (row) => size(value(row)),
  value,
  isNumber: true,
});

/** A column of counts. */
export const counts = <Row>(title: string, value: (row: Row) => number): Column<Row> => ({
  title,
  cell: (row) => number(value(row)),
  value,
  isNumber: true,
});

const PART = 50;

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? b - a : String(a) < String(b) ? -1 : 1;

export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  part = PART,
): HTMLElement {
  const body = h('tbody');
  const more = h('button', { type: 'button', class: 'more-rows', onclick: () => showMore() });
  let ordered = rows;
  let shown = 0;

  const showMore = (): void => {
    const next = ordered.slice(shown, shown + part);
    const added = next.map((row) => h('tr', {}, ...columns.map((column) => cellOf(column, row))));
    body.append(...added);
    // The button goes with the last part: the focus moves on to what it has brought.
    const isLast = shown + part >= rows.length;
    if (isLast && document.activeElement === more) added[0]?.querySelector<HTMLElement>('a, button')?.focus();
    shown += next.length;
    more.hidden = isLast;
    more.textContent = `Show more: ${counted(rows.length - shown, 'row')} left`;
  };

  const sort = (column: Column<Row>, header: HTMLElement): void => {
    const { value } = column;
    if (value === undefined) return;
    const isUp = header.getAttribute('aria-sort') === 'descending';
    for (const other of head.children) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
    ordered = [...rows].sort((a, b) => compare(value(a), value(b)) * (isUp ? -1 : 1));
    body.replaceChildren();
    shown = 0;
    showMore();
  };

  const head = h('tr', {}, ...columns.map((column) => titleOf(column, sort)));
  showMore();
  return h(
    'div',
    { class: 'scroll' },
    h('table', {}, h('caption', {}, caption), h('thead', {}, head), body),
    more,
  );
}

function titleOf<Row>(
  column: Column<Row>,
  sort: (column: Column<Row>, header: HTMLElement) => void,
): HTMLElement {
  const header = h('th', { scope: 'col', class: column.isNumber && 'number' });
  if (column.value === undefined) header.append(column.title);
  else header.append(h('button', { type: 'button', onclick: () => sort(column, header) }, column.title));
  return header;
}

const cellOf = <Row>(column: Column<Row>, row: Row): HTMLElement =>
  column.isName
    ? h('th', { scope: 'row' }, column.cell(row))
    : h('td', { class: column.isNumber && 'number' }, column.cell(row));
