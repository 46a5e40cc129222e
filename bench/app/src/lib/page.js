import { createElement as h } from 'react';

/** What all pages look like: a heading, a sentence, and whatever the page is about. */
export function Page({ title, about, children }) {
  return h('section', null, h('h1', null, title), h('p', null, about), children);
}
