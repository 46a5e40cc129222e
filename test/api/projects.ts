/** Projects of a few pages, built by gulp or by the API and then opened. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import type { Packed } from '../helpers/pack';
import { gulp } from '../helpers/process';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';

export { readFiles };

import { type Visit, visit } from '../helpers/visit';

/** Two pages that share a module; one of them requests another module later. */
export const pages: ProjectFiles = {
  'src/pages/main.js': `var ensure = require('node-ensure'), big = '../big' /*js*/;
    self.main = require('../shared');
    ensure([big], function (err) { self.big = err || require(big); });`,
  'src/pages/admin.js': "self.admin = require('../shared');",
  'src/shared.js': "module.exports = 'shared';",
  'src/big.js': "module.exports = 'big';",
};

export const packages = [
  'gulp',
  'gulp-rename',
  'gulp-rev',
  'gulp-terser',
  'node-ensure',
  'through2',
  'dynapack',
];
export const project = (files: ProjectFiles): Project =>
  new Project({ ...pages, ...files }).link(...packages);

/** Opens the page of an entry as a site would serve it. */
export function open(made: Project, entry: string, js = 'public/js', html = 'views'): Promise<Visit> {
  return visit(readFiles(made.path(js)), [readFiles(made.path(html))[`${entry}.html`] as string]);
}

export async function expectPages(made: Project): Promise<void> {
  expect((await open(made, 'main')).page).to.include({ main: 'shared', big: 'big' });
  expect((await open(made, 'admin')).page).to.include({ admin: 'shared' });
}

export async function runGulp(made: Project): Promise<string> {
  const { code, output } = await gulp(made.directory, 'scripts').finished;
  expect(code, output).to.equal(0);
  return output;
}

export type Served = Record<string, { url: string; integrity: string }>;

export const json = (text: string | undefined): Record<string, string> => JSON.parse(text as string);
export const head = `const { src, dest } = require('gulp'); const dynapack = require('dynapack');
  const { resolve } = require('path'); const rename = require('gulp-rename');
  const rev = require('gulp-rev').default; const terser = require('gulp-terser');
  const { objectTransform } = require('through2');`;

/** A task of the given statements, in a CommonJS gulpfile. */
export const task = (body: string): ProjectFiles => ({
  'gulpfile.js': `${head} exports.scripts = function scripts(done) { ${body} };`,
});

export const plain = `const pack = dynapack({ prefix: '/js/' });
  return src('src/pages/*.js').pipe(pack).pipe(dest('public/js')).pipe(pack.scripts()).pipe(dest('views'));`;

export const make = (files: ProjectFiles): Project => new Project(files).link('node-ensure');

export const rooted = (made: Project, options: dynapack.Options = {}): dynapack.Options => ({
  root: made.directory,
  ...options,
});

export const result = async (packed: Packed): Promise<unknown> => (await packed.visit('main')).page.result;
