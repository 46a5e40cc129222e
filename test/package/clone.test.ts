/** What npm makes of a clone in which nothing was built: never an empty package. What building takes stands in for it. */
import { chmodSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Finished, Running } from '../helpers/process';
import { Project } from '../helpers/project';
import { repository } from './installed';

/** Writes what the real one does, and down what it was asked for. */
const gulp = `#!/usr/bin/env node
  const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
  const { join } = require('node:path');
  const root = join(__dirname, '../../..');
  mkdirSync(join(root, 'dist/lib'), { recursive: true });
  for (const name of ['lib/index.js', 'sources.sha256']) writeFileSync(join(root, 'dist', name), '');
  appendFileSync(join(root, 'asked.txt'), process.argv[2] + '\\n');`;

function clone(): Project {
  const made = new Project({
    'README.md': '',
    'node_modules/.bin/gulp': `#!/bin/sh\nexec node "$(dirname "$0")/../gulp/bin/gulp.js" "$@"`,
  });
  for (const name of ['package.json', 'prepare.js']) copyFileSync(join(repository, name), made.path(name));
  made.write({
    'node_modules/gulp/bin/gulp.js': gulp,
    'node_modules/tsx/cjs.js': '',
    'node_modules/gulp/package.json': { exports: { '.': './index.js' } },
    'node_modules/gulp/index.js': '',
  });
  chmodSync(made.path('node_modules/.bin/gulp'), 0o755);
  return made;
}

const npm = (cwd: string, ...args: string[]): Promise<Finished> =>
  new Running('npm', [...args, '--no-audit', '--no-fund', '--offline'], cwd).finished;

/** Installs a clone into a project, and gives what npm says. */
const install = (made: Project): Promise<Finished> =>
  npm(new Project({ 'package.json': { name: 'consumer' } }).directory, 'install', made.directory);

const asked = (made: Project): string[] => readFileSync(made.path('asked.txt'), 'utf8').trim().split('\n');

describe('a clone without a build', function () {
  this.timeout(60_000);

  it('is built when it is packed, once', async () => {
    const made = clone();
    const { code, output } = await npm(made.directory, 'pack', '--json');
    expect(code, output).to.equal(0);
    expect(output).to.include('dist/lib/index.js');
    expect(asked(made)).to.deep.equal(['built']);
  });

  it('is built when it is installed, unless it is built', async () => {
    const made = clone();
    for (let times = 0; times < 2; times++) {
      const { code, output } = await install(made);
      expect(code, output).to.equal(0);
    }
    expect(asked(made)).to.deep.equal(['build']);
  });

  it('cannot be installed where nothing can build it, and says so', async () => {
    const made = clone();
    rmSync(made.path('node_modules'), { recursive: true });
    const { code, output } = await install(made);
    expect(code).to.equal(1);
    expect(output).to.include(`not built in ${made.directory}`).and.include('npm ci');
  });
});
