/** Tables as Markdown, aligned for reading as they are. */

/** A number of a table, or why there is none. */
export type Cell = number | string;

export interface Column {
  heading: string;
  /** Digits behind the point. */
  digits?: number;
  /** Adds a column of ratios to the least number. */
  ratio?: true;
}

/** Rows of a table by their names, each with a cell per column; or with the reason why there are none. */
export type Rows = Record<string, readonly Cell[] | string>;

function numbersOf(rows: Rows, index: number): number[] {
  return Object.values(rows).flatMap((row) => {
    const cell = typeof row === 'string' ? undefined : row[index];
    return typeof cell === 'number' ? [cell] : [];
  });
}

const format = (cell: Cell, { digits = 0 }: Column): string =>
  typeof cell === 'number' ? cell.toFixed(digits) : cell;

function cellsOf(row: readonly Cell[] | string, columns: readonly Column[], least: number[]): string[] {
  return columns.flatMap((column, index) => {
    const cell = typeof row === 'string' ? '–' : (row[index] as Cell);
    const ratio = typeof cell === 'number' ? `${(cell / (least[index] as number)).toFixed(2)} ×` : '';
    return column.ratio ? [format(cell, column), ratio] : [format(cell, column)];
  });
}

/** Why rows are empty, a line each. */
const reasonsIn = (rows: Rows): string[] =>
  Object.entries(rows).flatMap(([name, row]) => (typeof row === 'string' ? [`${name}: ${row}`] : []));

/** Renders a table whose first column is called `corner`, and below it why rows are empty. */
export function renderTable(corner: string, columns: readonly Column[], rows: Rows): string {
  const least = columns.map((_, index) => Math.min(...numbersOf(rows, index)));
  const headings = columns.flatMap(({ heading, ratio }) => (ratio ? [heading, 'ratio'] : [heading]));
  const names = Object.keys(rows);
  const lines = [
    [corner, ...headings],
    ...names.map((name) => [name, ...cellsOf(rows[name] ?? '', columns, least)]),
  ];
  const widths = [corner, ...headings].map((_, index) =>
    Math.max(...lines.map((line) => (line[index] as string).length)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  const table = [lines[0] as string[], rule, ...lines.slice(1)].map(
    (line) => `| ${line.map((cell, index) => cell.padEnd(widths[index] as number)).join(' | ')} |`,
  );
  const reasons = reasonsIn(rows);
  return [...table, ...(reasons.length > 0 ? ['', reasons.join('  \n')] : [])].join('\n');
}
