/** What a visitor does on the pages of `bench/app`, and what must be there then. */

/** What an element shows: a text somewhere in it, or how many elements the selector finds. */
export type Shown = Record<string, string | number>;

export interface Step {
  /** What is clicked first. */
  click?: string;
  /** What is typed first, and where. */
  type?: { into: string; text: string };
  shows: Shown;
}

/** Name of a page → its steps. */
export const PAGES: Record<string, Step[]> = {
  beds: [
    { shows: { '#rows': '2 beds, 6 rows', 'main tbody tr': 5, '.MuiTableRow-root:last-of-type': 'Leek2' } },
    { click: '#add-bed', shows: { '#rows': '3 beds, 9 rows', '.MuiChip-label': 5 } },
  ],
  orders: [
    { shows: { '.total': '€52.70', 'main .ant-table-row': 5, '.ant-table-cell': 'Customer' } },
    { click: '.ant-segmented-item:has-text("herb")', shows: { '.total': '€4.80', '.ant-table-row': 1 } },
    { click: '.ant-picker', shows: { '.ant-picker-cell-in-view': '28' } },
  ],
  harvest: [
    {
      shows: {
        '#chart rect[height]': 10,
        '#chart .tick': 'Marigold',
        '#kilos': 'herb: 9.0 kg, vegetable: 91.0 kg, flower: 2.0 kg',
      },
    },
  ],
  greenhouse: [{ shows: { '#measures': '30.0 m³, 15 edges, three.js r187', '#drawing line[x1]': 15 } }],
  sensors: [{ shows: { '#readings': '24 of 24 readings', '#means': '6.0 °C, 13.8 °C, 24.0 °C, 16.2 °C' } }],
  seeds: [
    { shows: { '#found li': 10, '#means': 'Herb €2.30Vegetable €3.04Flower €2.40' } },
    { type: { into: '#search', text: 'LE' }, shows: { '#found': 'Leek €3.40Parsley €2.30' } },
  ],
  calendar: [
    { shows: { '#dates': 'Leek11 March8 August22 weeks' } },
    { click: '#languages', shows: { '#days li': 95, '#days [lang=ja]': '2027年4月15日木曜日' } },
  ],
  ledger: [
    {
      shows: {
        h1: 'Ledger',
        section: 'within 6 months',
        '#lines tr:first-child.dear': '10 February 2027Grace€14.50',
      },
    },
    { shows: { '#lines tr:last-child.late': '1 August 2027Donald€3.20' } },
  ],
  basket: [
    { click: '#add-lee', shows: { '#total': '€3.40' } },
    { click: '#add-bas', shows: { '#total': '€5.80' } },
  ],
};
