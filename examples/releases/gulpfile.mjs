import { rm } from 'node:fs/promises';
import dynapack from 'dynapack';
import gulp from 'gulp';
import rev from 'gulp-rev';
import { listen } from './tasks/server.mjs';

const { dest, series, src } = gulp;

/** Which packages each release has, by the aliases of package.json. */
const releases = [
  { preact: 'preact-10.28', 'chart.js': 'chart.js-4.4' },
  { preact: 'preact-10.29', 'chart.js': 'chart.js-4.5' },
  { preact: 'preact-10.29', 'chart.js': 'chart.js-4.6' },
];

export async function clean() {
  for (const folder of ['public', 'releases', 'snippets']) await rm(folder, { recursive: true, force: true });
}

/**
 * A task that makes a release: bundles and patches in `public/js`, beside those of the releases before, and a snippet in
 * `snippets/<number>`. In a project of yours it is one task, which is run again after each upgrade.
 */
function release(alias, index) {
  const task = () => {
    const pack = dynapack({ prefix: '/js/', updates: 'page', resolve: { alias } });
    return src('src/pages/*.js')
      .pipe(pack)
      .pipe(pack.minify())
      .pipe(rev())
      .pipe(pack.patches({ releases: 'releases' }))
      .pipe(dest('public/js'))
      .pipe(pack.scripts())
      .pipe(dest(`snippets/${index + 1}`));
  };
  task.displayName = `release ${index + 1}`;
  return task;
}

/** Serves what is built on PORT, by default on any port that is free. */
export async function server() {
  const url = await listen(Number(process.env.PORT ?? 0));
  console.log(`Serving ${url}`);
}

export const build = series(clean, ...releases.map(release));
export const serve = series(build, server);
export default build;
