import { readFile, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import dynapack from 'dynapack';
import gulp from 'gulp';
import rev from 'gulp-rev';
import { listen } from './tasks/server.mjs';

const { dest, series, src } = gulp;

export async function clean() {
  for (const folder of ['public', 'snippets']) await rm(folder, { recursive: true, force: true });
}

/** The entry of the page → bundles with hashes in their names, and its snippet. */
function scripts() {
  const pack = dynapack({ prefix: '/js/' });
  return src('src/pages/*.js')
    .pipe(pack)
    .pipe(pack.minify())
    .pipe(rev())
    .pipe(dest('public/js'))
    .pipe(pack.scripts())
    .pipe(dest('snippets'));
}

/** `src/sw.js` → `public/sw.js`, one script with all that it imports, which knows what there is to keep. */
async function worker() {
  const { bundles } = JSON.parse(await readFile('snippets/manifest.json', 'utf8'));
  const files = ['/', '/style.css', ...Object.values(bundles).map(({ url }) => url)];
  const pack = dynapack({ standalone: ['src/sw.js'], define: { FILES: JSON.stringify(files) } });
  await pipeline(src('src/sw.js'), pack, pack.minify(), dest('public'));
}

/** The page with its snippet, and its style. */
async function site() {
  const html = await readFile('site/index.html', 'utf8');
  const snippet = await readFile('snippets/index.html', 'utf8');
  await writeFile(
    'public/index.html',
    html.replace('<!-- scripts -->', () => snippet),
  );
  await pipeline(src('site/style.css'), dest('public'));
}

/** Serves `public` on PORT, by default on any port that is free. */
export async function server() {
  console.log(`Serving ${await listen('public', Number(process.env.PORT ?? 0))}`);
}

export const build = series(clean, scripts, worker, site);
export const serve = series(build, server);
export default build;
