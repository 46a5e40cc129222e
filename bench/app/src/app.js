import { createElement as h, Suspense } from 'react';
import { useHash } from './lib/use-hash.js';
import { pages } from './pages.js';

function Navigation({ current }) {
  const links = pages.map(({ name, title }) =>
    h(
      'li',
      { key: name },
      h('a', { href: `#${name}`, 'aria-current': name === current ? 'page' : undefined }, title),
    ),
  );
  return h('nav', { 'aria-label': 'Pages' }, h('ul', null, links));
}

function Welcome() {
  return h('p', null, `An allotment in ${pages.length} pages. Each is fetched when you open it.`);
}

/** The navigation, and below it the page that the URL's hash names. */
export function App() {
  const name = useHash();
  const page = pages.find((candidate) => candidate.name === name);
  return h(
    'div',
    null,
    h(Navigation, { current: name }),
    h(
      'main',
      null,
      page ? h(Suspense, { key: name, fallback: h('p', null, 'Fetching …') }, h(page.Component)) : h(Welcome),
    ),
  );
}
