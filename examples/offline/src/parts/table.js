import { SIGNALS } from '../lib/morse.js';

/** Shows all letters. */
export function showTable(table) {
  table.replaceChildren(
    ...Object.entries(SIGNALS).map(([letter, signal]) => {
      const row = document.createElement('tr');
      for (const text of [letter, signal]) row.insertCell().textContent = text;
      return row;
    }),
  );
}
