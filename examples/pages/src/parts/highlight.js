import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import * as article from './article';
import './highlight.css';

hljs.registerLanguage('bash', bash);
hljs.registerLanguage('js', javascript);

/** Colours the code of an article, which it renders first unless that has been done. */
export function show(element) {
  article.show(element);
  for (const code of element.querySelectorAll('pre code:not([data-highlighted])'))
    hljs.highlightElement(code);
}
