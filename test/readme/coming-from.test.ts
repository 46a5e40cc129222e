/** The programs of docs/coming-from.md, as they stand there: sources of other tools, built and run in Chromium. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { recipe } from '../docs/documents';
import { CHROMIUM } from '../helpers/engines';
import { gulp, saveUntil } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';
import { type Replies, startSite } from '../helpers/site';

/** Builds with gulp, opens the page in Chromium, and gives what its entry has come to. */
async function resultOf(
  gulpfile: string,
  files: ProjectFiles,
  before = '',
  after = '',
): Promise<{ result: unknown; paths: string[] }> {
  const project = new Project({ ...files, 'gulpfile.js': gulpfile }).link('gulp', 'dynapack');
  const { code, output } = await gulp(project.directory, 'scripts').finished;
  expect(code, output).to.equal(0);
  const names = readdirSync(project.path('public/js'), { recursive: true, withFileTypes: true }).filter(
    (each) => each.isFile(),
  );
  const served = names.map(({ parentPath, name }): [string, Replies] => {
    const path = join(parentPath, name);
    return [path.slice(project.path('public').length), { body: readFileSync(path) }];
  });
  const snippet = readFileSync(project.path('views/main.html'), 'utf8');
  const html = `<!doctype html><meta charset="utf-8"><body>${before}${snippet}${after}</body>`;
  const site = await startSite({ '/': html, ...Object.fromEntries(served) });
  const guest = await CHROMIUM.visitor();
  try {
    const tab = await guest.open(`${site.url}/`);
    await tab.until('self.result');
    return { result: await tab.evaluate('result'), paths: site.paths() };
  } finally {
    await guest.leave();
    await site.close();
  }
}

describe('coming from', () => {
  it('Vite: sources with its globs, queries, environment and workers', async () => {
    const { result, paths } = await resultOf(recipe('vite-gulpfile'), {
      'src/main.js': recipe('vite-main'),
      'src/lib/greet.js': 'export const greet = ({ hello }) => hello;',
      'src/license.txt': 'MIT\n',
      'src/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'src/adder.js': 'onmessage = ({ data: [a, b] }) => postMessage(a + b);',
      'src/pages/home.js': "export const render = () => 'home';",
      'src/pages/other.js': "export const render = () => 'other';",
      'src/texts/a.json': '"a text"',
      'src/words/de.js': "export default { hello: 'Hallo' };",
      'src/words/en.js': "export default { hello: 'Hello' };",
      '.env': 'VITE_LANGUAGE=de',
    });
    expect(result).to.deep.equal(['Hallo', 'home', 'a text', 'MIT', '/js/assets/src/logo.svg', 3, '1.2']);
    expect(paths.join()).to.not.match(/other|en\.js/);
  });

  it('webpack: sources with contexts, chunk names, and names of its plugins', async () => {
    const { result, paths } = await resultOf(
      recipe('webpack-gulpfile'),
      {
        'src/main.js': recipe('webpack-main'),
        'src/utils/upper.js': 'exports.upper = (text) => text.toUpperCase();',
        'src/math.js': 'export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));',
        'src/fields/date.js': "exports.name = 'date';",
        'src/fields/text.js': "exports.name = 'text';",
        'src/late/a.js': "exports.text = 'late';",
        'src/late/b.js': "exports.text = 'never';",
        'node_modules/tiny-query/index.js':
          'module.exports = (selector) => document.querySelector(selector).id;',
      },
      '<h1 id="title"></h1><script>self.Legacy = { page: "a" };</script>',
    );
    expect(result).to.deep.equal(['LATE', 'title', 5, ['date', 'text'], 'https://api.example', '1.2']);
    expect(paths.join()).to.not.include('late-b');
  });

  it('browserify: sources with shims, externals and texts, and a library beside', async () => {
    const { result } = await resultOf(
      recipe('browserify-gulpfile'),
      {
        'src/main.js': recipe('browserify-main'),
        'src/api.js': recipe('browserify-api'),
        'src/template.html': '<b>hi</b>\n',
        'src/parts/one.js': "exports.name = 'one';",
        'src/parts/two.js': "exports.name = 'two';",
      },
      '<h1 id="title"></h1><script>self.jQuery = (selector) => document.querySelector(selector).id;</script><script src="/js/api.js"></script>',
      '<script>addEventListener("load", () => self.result.push(Api.double(21)));</script>',
    );
    expect((result as unknown[]).slice(0, 6)).to.deep.equal([
      'one',
      'b.js',
      'title',
      '<b>hi</b>',
      '3',
      '6869',
    ]);
  });

  it('browserify in gulp: values of the environment, minified, with maps', async () => {
    const { result, paths } = await resultOf(recipe('browserify-after'), {
      'src/main.js':
        "var path = require('path'); self.result = [process.env.API, path.join('a', 'b')]; require('./lib');",
      'src/lib.js': 'self.result.push(global === self);',
    });
    expect(result).to.deep.equal(['/v1', 'a/b', true]);
    expect(paths).to.include('/js/main.js');
  });

  it('browserify in gulp: watching goes on behind a build that fails', async () => {
    const files = { 'src/main.js': "require('./lib');", 'src/lib.js': 'syntax error' };
    const project = new Project({ ...files, 'gulpfile.js': recipe('browserify-after') }).link(
      'gulp',
      'dynapack',
    );
    const watching = gulp(project.directory, 'watch');
    await watching.next(/SYNTAX_ERROR/);
    await saveUntil(watching, project, { 'src/lib.js': '1;' }, /Finished 'scripts'/);
    await watching.stop();
  });
});
