import { rm } from 'node:fs/promises';
import dynapack from 'dynapack';
import gulp from 'gulp';
import rev from 'gulp-rev';
import revRewrite from 'gulp-rev-rewrite';
import { listen } from './server';
import { handlebars } from './tasks/handlebars';
import { printReport } from './tasks/report';

const { dest, series, src } = gulp;

let build: dynapack.BuildMetadata;

/** Every page's entry → minified, revved bundles in `public/js`, and the HTML that a page needs for them in `views/scripts`. */
function scripts() {
  const pack = dynapack({ prefix: '/js/' });
  pack.on('bundled', (metadata) => {
    build = metadata;
  });
  pack.deps().pipe(handlebars()).pipe(pack.mods());
  return src('src/pages/*.{js,css}')
    .pipe(pack)
    .pipe(pack.minify())
    .pipe(rev())
    .pipe(revRewrite()) // styles name images and fonts
    .pipe(dest('public/js'))
    .pipe(pack.scripts())
    .pipe(dest('views/scripts'));
}

/** Prints what the pages start with, and what is in the bundles. */
const report = () => printReport(build);

export async function clean() {
  await rm('public/js', { recursive: true, force: true });
  await rm('views/scripts', { recursive: true, force: true });
}

/** Serves the site on PORT, by default on any port that is free. */
export async function server() {
  const url = await listen(Number(process.env.PORT ?? 0));
  console.log(`Serving ${url}`);
}

export const serve = series(clean, scripts, report, server);
export default series(clean, scripts, report);
