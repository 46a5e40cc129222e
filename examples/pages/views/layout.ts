/** Escapes text for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const links = { '/': 'Home', '/catalogue': 'Catalogue', '/basket': 'Basket', '/journal': 'Journal' };

function navigation(current: string): string {
  const items = Object.entries(links).map(([path, title]) => {
    const here = path === current ? ' aria-current="page"' : '';
    return `<li><a href="${path}"${here}>${title}</a></li>`;
  });
  return `<nav aria-label="Pages"><ul>${items.join('')}</ul></nav>`;
}

export interface Page {
  path: string;
  title: string;
  /** HTML of the page's own part. */
  body: string;
  /** HTML for the head: the links of styles and fonts. */
  head: string;
  /** What `pack.scripts()` made for the scripts of the page's entry: HTML, to be used as it is. A page without scripts has none. */
  snippet?: string;
}

/** Where the scripts tell what was fetched. */
const fetched = `<aside id="fetched" aria-labelledby="fetched-title">
  <h2 id="fetched-title">Fetched</h2>
  <ol id="fetched-list" aria-live="polite"></ol>
</aside>`;

/** The whole page. */
export const layout = ({ path, title, body, head, snippet }: Page) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Fennel &amp; Row</title>
<link rel="icon" href="data:,">
${head}</head>
<body>
<header>
  <p class="brand">Fennel &amp; Row</p>
  ${navigation(path)}
</header>
<div class="columns">
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
${snippet === undefined ? '' : fetched}
</div>
${snippet ?? ''}
</body>
</html>
`;
