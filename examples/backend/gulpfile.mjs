import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import dynapack from 'dynapack';
import gulp from 'gulp';

const { dest, series, src } = gulp;

export const clean = () => rm('public', { recursive: true, force: true });

const shortName = (path) => path.replace(/^.*\/(src|node_modules)\//, '');

/** Prints which modules the bundles hold. */
function report({ bundles }) {
  for (const [name, paths] of Object.entries(bundles))
    console.log(`${name}: ${paths.map(shortName).join(', ')}`);
}

/** Every page's entry → bundles in `public/build`, and beside them the manifest that the server reads. */
function scripts() {
  const pack = dynapack({ prefix: '/build/' });
  pack.on('bundled', report);
  return src('src/pages/*.js')
    .pipe(pack)
    .pipe(dest('public/build'))
    .pipe(pack.scripts({ manifest: 'vite' }))
    .pipe(dest('public/build'));
}

/** Serves the site on PORT, by default on any port that is free. */
export async function server() {
  const python = spawn('python3', ['server.py'], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => python.kill(signal));
  try {
    const [code] = await once(python, 'exit');
    if (code) throw new Error(`server.py ended with ${code}`);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(
      'The server of this example needs python3, which is not here (Debian: apt-get install python3)',
    );
  }
}

export const build = series(clean, scripts);
export const serve = series(build, server);
export default build;
