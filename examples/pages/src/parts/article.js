import MarkdownIt from 'markdown-it';
import './article.css';

const markdown = new MarkdownIt({ typographer: true });

/** Turns the Markdown in an element into HTML. Doing it twice changes nothing. */
export function show(element) {
  const source = element.querySelector('.markdown');
  if (source) element.innerHTML = markdown.render(source.textContent);
}
