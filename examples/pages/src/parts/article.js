const MarkdownIt = require('markdown-it');

const markdown = new MarkdownIt({ typographer: true });

/** Turns the Markdown in an element into HTML. Doing it twice changes nothing. */
exports.show = (element) => {
  const source = element.querySelector('.markdown');
  if (source) element.innerHTML = markdown.render(source.textContent);
};
