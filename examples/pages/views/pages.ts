import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import seeds from '../src/data/seeds.json';
import { toCard } from '../src/lib/card';
import { escapeHtml, layout } from './layout';

const read = (...path: string[]) => readFileSync(join(__dirname, ...path), 'utf8');

/** The template that the browser uses, too. */
const card = Handlebars.compile(read('../src/templates/card.hbs'));

/** The article as it was written; the browser makes HTML of it when it is asked to. */
const markdown = (name: string) =>
  `<div id="article"><pre class="markdown">${escapeHtml(read('../content', `${name}.md`))}</pre></div>`;

/** Buttons can do nothing until the page's script gives them something to do. */
const button = (id: string, text: string) => `<button type="button" id="${id}" disabled>${text}</button>`;

const home = () => `
<p class="lead">Seeds that were grown, dried and packed by people who eat what they sow.</p>
<h2 id="season-title">In season</h2>
<div id="season" class="cards"></div>
<h2>Through the year</h2>
<p>${button('show-calendar', 'Show the calendar')}</p>
<canvas id="calendar" role="img" hidden></canvas>
<h2>From the journal</h2>
<p>${button('read-article', 'Lay it out nicely')}</p>
${markdown('frost')}`;

function catalogue(query: URLSearchParams): string {
  const text = query.get('text') ?? '';
  const kinds = query.getAll('kind');
  const found = seeds.filter(
    ({ name, kind }) =>
      name.toLowerCase().includes(text.toLowerCase()) && (kinds.length === 0 || kinds.includes(kind)),
  );
  const checkbox = (kind: string) => {
    const checked = kinds.includes(kind) ? ' checked' : '';
    return `<label><input type="checkbox" name="kind" value="${kind}"${checked}> ${kind}s</label>`;
  };
  return `
<form id="filter" role="search">
  <label>Name <input type="search" name="text" value="${escapeHtml(text)}"></label>
  ${['vegetable', 'herb', 'flower'].map(checkbox).join('\n  ')}
  <button>Find</button>
  <output id="count">${found.length} of ${seeds.length}</output>
</form>
<p>${button('compare-prices', 'Compare prices')} ${button('open-basket', 'Open the basket')}
  ${button('fill-basket', 'Fill the basket for €20')} <output id="filled"></output></p>
<canvas id="prices" role="img" hidden></canvas>
<div id="basket"></div>
<div id="seeds" class="cards">${found.map((seed) => card(toCard(seed))).join('')}</div>`;
}

const basket = () => `
<p>What you put into it in the <a href="/catalogue">catalogue</a> stays here until you come back.</p>
<div id="basket"></div>`;

const journal = () => `
<p class="byline">Published <time datetime="2026-05-04">2026-05-04</time></p>
<p>${button('read-article', 'Lay it out nicely')} ${button('colour-code', 'Colour the code')}</p>
${markdown('watering')}`;

/** A page's path → its entry in `src/pages`, its title and its own part. */
const pages: Record<string, { entry: string; title: string; render: (query: URLSearchParams) => string }> = {
  '/': { entry: 'home', title: 'Sow what you like to eat', render: home },
  '/catalogue': { entry: 'catalogue', title: 'Catalogue', render: catalogue },
  '/basket': { entry: 'basket', title: 'Your basket', render: basket },
  '/journal': { entry: 'journal', title: 'Journal', render: journal },
};

/** What `pack.scripts()` has written. */
const written = (name: string) => readFile(join(__dirname, 'scripts', name), 'utf8');

/** The links of an entry's styles, and of the fonts that these name: so they are there for the first letters that are shown. */
async function headOf(entry: string): Promise<string> {
  const { assets }: { assets: Record<string, { url: string }> } = JSON.parse(await written('manifest.json'));
  const fonts = Object.values(assets).filter(({ url }) => url.endsWith('.woff2'));
  const preload = ({ url }: { url: string }) =>
    `<link rel="preload" as="font" type="font/woff2" href="${url}" crossorigin>\n`;
  return fonts.map(preload).join('') + (await written(`${entry}.head.html`));
}

/** The HTML of the page at a path, if there is one. */
export async function renderPage(path: string, query: URLSearchParams): Promise<string | undefined> {
  if (!Object.hasOwn(pages, path)) return undefined;
  const { entry, title, render } = pages[path];
  const head = await headOf(entry);
  const snippet = await written(`${entry}.html`);
  return layout({ path, title, body: render(query), head, snippet });
}

/** The HTML of the page for all other paths. Its entry is a style. */
export async function renderNotFound(): Promise<string> {
  const body = '<p>There is no such page.</p>';
  const head = await headOf('not-found');
  return layout({ path: '', title: 'Nothing grows here', body, head });
}
