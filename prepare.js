/**
 * npm runs this in a clone: at the end of `npm ci`, and before it packs or links the clone for somebody. What a package holds
 * is built then, so that nobody gets an empty one.
 */
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** The path of what a specifier means here, if it is installed. */
function find(specifier) {
  try {
    return require.resolve(specifier);
  } catch {
    return undefined;
  }
}

/** Gives the exit code. */
function prepare() {
  if (existsSync(join(__dirname, 'dist/sources.sha256'))) return 0;
  const gulp = find('gulp');
  if (gulp === undefined || find('tsx/cjs') === undefined) {
    console.error(
      `dynapack is not built in ${__dirname}, and what builds it is not installed: run npm ci there, with development dependencies.`,
    );
    return 1;
  }
  const command = join(dirname(gulp), 'bin/gulp.js');
  return spawnSync(process.execPath, [command, 'build'], { cwd: __dirname, stdio: 'inherit' }).status ?? 1;
}

process.exitCode = prepare();
