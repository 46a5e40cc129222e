const ensure = require('node-ensure');

// The comment declares that these strings name modules, and that they are loaded later.
const b = './b' /*js*/;
const c = './c' /*js*/;

/** Names of the scripts that the page has fetched so far. */
function fetchedScripts() {
  return performance
    .getEntriesByType('resource')
    .filter((entry) => entry.initiatorType === 'script')
    .map((entry) => new URL(entry.name).pathname.slice(1));
}

let listed = 0;

/** Adds an item: what has been fetched since the last one. */
function list(cause, result) {
  const names = fetchedScripts().slice(listed);
  listed += names.length;
  const item = document.createElement('li');
  item.dataset.cause = cause;
  item.dataset.bundles = names.length;
  item.textContent = `${cause}: ${names.join(', ') || 'nothing'}${result ? ` (${result})` : ''}`;
  document.getElementById('fetched').append(item);
}

function onClick(id, action) {
  const button = document.getElementById(id);
  button.addEventListener('click', action);
  button.disabled = false;
}

onClick('load-b', () => {
  ensure([b], (err) => {
    list('load-b', err ? err.message : require(b));
  });
});

onClick('load-c', () => {
  ensure([c], (err) => {
    list('load-c', err ? err.message : require(c));
  });
});

list('start');
