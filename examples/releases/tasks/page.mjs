import { readdir, readFile } from 'node:fs/promises';
import { fileOf } from './files.mjs';

const readSnippet = (number, name) => readFile(`snippets/${number}/${name}`, 'utf8');

/** URL → bytes of each bundle of a release, as a browser would download it. */
async function sizesOf(number, encoding) {
  const { bundles } = JSON.parse(await readSnippet(number, 'manifest.json'));
  const sizes = Object.values(bundles).map(async ({ url }) => {
    const { body } = await fileOf('public', url, encoding);
    return [url, body.length];
  });
  return Object.fromEntries(await Promise.all(sizes));
}

/** The page of a release; of the first one for a number that is none. */
export async function renderPage(wanted, encoding) {
  const numbers = (await readdir('snippets')).sort();
  const number = numbers.includes(wanted) ? wanted : numbers[0];
  const release = { number: Number(number), bundles: await sizesOf(number, encoding) };
  const parts = {
    links: numbers
      .map(
        (each) => `<a href="/?release=${each}"${each === number ? ' aria-current="page"' : ''}>${each}</a>`,
      )
      .join(' '),
    release: `<script type="application/json" id="release">${JSON.stringify(release)}</script>`,
    scripts: await readSnippet(number, 'index.html'),
  };
  const page = await readFile('site/index.html', 'utf8');
  return page.replace(/<!-- (\w+) -->/g, (_, name) => parts[name]);
}
