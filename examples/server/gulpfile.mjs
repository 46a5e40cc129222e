import { rm } from 'node:fs/promises';
import dynapack from 'dynapack';
import gulp from 'gulp';
import { makeRepository } from './tasks/repository.mjs';
import { listen } from './tasks/server.mjs';

const { dest, series, src } = gulp;

export const clean = () =>
  Promise.all(
    ['public', 'scripts', 'releases', 'repository'].map((folder) =>
      rm(folder, { recursive: true, force: true }),
    ),
  );

/** The entry → bundles in `public/js`, a snippet in `scripts`, and the release among those in `releases`. */
export function scripts() {
  const pack = dynapack({ prefix: '/js/' });
  return src('src/pages/*.js')
    .pipe(pack)
    .pipe(pack.patches({ releases: 'releases' }))
    .pipe(dest('public/js'))
    .pipe(pack.scripts())
    .pipe(dest('scripts'));
}

/** The repository that one of the assets comes from. */
export const repository = () => makeRepository('repository');

/** Serves the page on PORT, by default on any port that is free. */
export async function server() {
  console.log(`Serving ${await listen(Number(process.env.PORT ?? 0))}`);
}

export const build = series(scripts, repository);
export const serve = series(build, server);
export default build;
