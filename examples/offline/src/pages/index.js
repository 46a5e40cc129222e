import { KEPT } from '../lib/messages.js';
import { toMorse } from '../lib/morse.js';

const element = (id) => document.getElementById(id);

function show() {
  element('signals').textContent = toMorse(element('text').value);
}

element('text').addEventListener('input', show);
show();

// Loaded by the first click, with a network or without.
element('alphabet').addEventListener('click', async () => {
  const { showTable } = await import('../parts/table.js');
  showTable(element('table'));
});

navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (data === KEPT) element('status').textContent = 'All of it is kept: it works without a network now.';
});

// The URL is that of the script on the site. It holds a module of this page's, too, in a copy of its own.
navigator.serviceWorker?.register('/sw.js');
