const hljs = require('highlight.js/lib/core');
const article = require('./article');

hljs.registerLanguage('bash', require('highlight.js/lib/languages/bash'));
hljs.registerLanguage('js', require('highlight.js/lib/languages/javascript'));

/** Colours the code of an article, which it renders first unless that has been done. */
exports.show = (element) => {
  article.show(element);
  for (const code of element.querySelectorAll('pre code:not([data-highlighted])'))
    hljs.highlightElement(code);
};
