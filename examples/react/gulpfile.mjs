import { rm } from 'node:fs/promises';
import dynapack from 'dynapack';
import gulp from 'gulp';
import { jsx } from './tasks/jsx.mjs';
import { listen } from './tasks/server.mjs';
import { includeSnippets } from './tasks/snippets.mjs';

const { dest, series, src } = gulp;

export async function clean() {
  await rm('public', { recursive: true, force: true });
  await rm('scripts', { recursive: true, force: true });
}

/** Every page's entry → minified bundles and their source maps in `public/js`, and a snippet per page in `scripts`. */
function scripts() {
  const pack = dynapack({ prefix: '/js/' });
  pack.deps().pipe(jsx()).pipe(pack.mods());
  return src('src/pages/*.jsx')
    .pipe(pack)
    .pipe(pack.minify())
    .pipe(dest('public/js', { sourcemaps: '.' }))
    .pipe(pack.scripts())
    .pipe(dest('scripts'));
}

/** The site's other files, and in each HTML page its snippet. */
function site() {
  return src('site/*').pipe(includeSnippets('scripts')).pipe(dest('public'));
}

/** Serves what is built on PORT, by default on any port that is free. */
export async function server() {
  const url = await listen('public', Number(process.env.PORT ?? 0));
  console.log(`Serving ${url}`);
}

/** Builds now, and again at each save. */
function onSave() {
  gulp.watch(['src/**', 'site/*'], { ignoreInitial: false }, series(scripts, site));
}

export const build = series(clean, scripts, site);
export const serve = series(build, server);
export const watch = series(clean, server, onSave);
export default build;
