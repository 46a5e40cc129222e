/** Recipes of development and of backends: live reload, transforms of anything, and where snippets go. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { recipe } from '../docs/documents';
import { freePort } from '../helpers/ports';
import { gulp, Running, saveUntil } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';
import { visitDirectory } from '../helpers/visit';

const site: ProjectFiles = {
  'src/pages/home.js': "self.result = require('../lib');",
  'src/lib.js': "module.exports = 'lib';",
};

/** What browser-sync has of what recipes call; it tells what it is asked for. */
const browserSync = `
exports.create = () => ({
  init: (options) => console.log('browser-sync serves ' + JSON.stringify(options)),
  reload: () => console.log('browser-sync reloads'),
});`;

describe('recipes of development', () => {
  it('live-reload: a save builds, then pages are loaded anew; templates load them anew at once', async () => {
    const project = new Project({
      ...site,
      'gulpfile.js': recipe('live-reload'),
      'views/home.ejs': '<h1>Home</h1>',
      'node_modules/browser-sync/index.js': browserSync,
    }).link('gulp', 'dynapack');
    const serving = gulp(project.directory, 'serve');
    await serving.next(/browser-sync serves {"proxy":"localhost:3000"}/);
    await saveUntil(
      serving,
      project,
      { 'src/lib.js': "module.exports = 'changed';" },
      /browser-sync reloads/,
    );
    expect(readFileSync(project.path('public/js/home.js'), 'utf8')).to.include('changed');
    await saveUntil(serving, project, { 'views/home.ejs': '<h1>Welcome</h1>' }, /browser-sync reloads/);
    await serving.stop();
  });

  it('event-stream: pages are told', async () => {
    const project = new Project({ 'reload.js': recipe('event-stream') });
    const { listen, reload, snippet } = createRequire(project.path('index.js'))('./reload.js');
    const port = await freePort();
    const server = listen(port);
    const [, url] = /EventSource\('(.*?)'\)/.exec(snippet(port)) as unknown as [string, string];
    const response = await fetch(url);
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
    reload();
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value as Uint8Array).toString()).to.equal('data: changed\n\n');
    await reader.cancel();
    server.close();
    server.closeAllConnections();
  });

  it('transform-any: a file is the script that the transform makes of it', async () => {
    const gulpfile = recipe('transform')
      .replace(
        /const typescript = [\s\S]*?\n {2}\}\);\n/,
        `const render = async (text) => \`<p>\${text.trim()}</p>\`;\n${recipe('transform-any')}`,
      )
      .replace('.pipe(typescript())', '.pipe(markdown())')
      .replace('*.ts', '*.js');
    const project = new Project({
      'gulpfile.js': gulpfile,
      'src/pages/home.js': "import text from '../about.md'; self.result = text;",
      'src/about.md': 'About us\n',
    }).link('gulp', 'through2', 'esbuild', 'dynapack');
    const { code, output } = await gulp(project.directory, 'scripts').finished;
    expect(code, output).to.equal(0);
    const html = readFileSync(project.path('views/scripts/home.html'), 'utf8');
    const visitor = await visitDirectory(project.path('public/js'), html);
    expect(visitor.page.result).to.equal('<p>About us</p>');
  });
});

/** What is special in templates of EJS and ERB, Django, Nunjucks and Twig, Handlebars, Blade. */
const TEMPLATES = /<%|\{\{|\{%|\{#|\{!!|@(?:if|include|php)\b/;

describe('recipes of backends', () => {
  it('express: the template has the snippet, and bundles are where it says', async () => {
    const project = new Project({
      ...site,
      'gulpfile.js': recipe('minimal'),
      'server.js': recipe('express'),
      'views/home.ejs': "<head><%- include('scripts/home.html') %></head>",
      // What EJS does of what the page uses, as Express calls it.
      'node_modules/ejs/index.js': `
        const { readFileSync } = require('node:fs');
        exports.__express = (path, options, done) => done(null, readFileSync(path, 'utf8')
          .replace(/<%- include\\('(.*?)'\\) %>/g, (_, name) => readFileSync(path.replace(/[^/]*$/, name), 'utf8')));`,
    }).link('gulp', 'express', 'dynapack');
    const { code, output } = await gulp(project.directory, 'scripts').finished;
    expect(code, output).to.equal(0);
    const port = await freePort();
    const server = new Running(process.execPath, ['server.js'], project.directory, {
      PORT: String(port),
      // Express looks for it from where it is, which is not in the project.
      NODE_PATH: project.path('node_modules'),
    });
    const url = `http://127.0.0.1:${port}`;
    const ask = (path: string): Promise<Response | undefined> => fetch(url + path).catch(() => undefined);
    let answer = await ask('/');
    for (; !answer; answer = await ask('/')) await new Promise((next) => setTimeout(next, 20));
    const html = await answer.text();
    expect(html).to.include(readFileSync(project.path('views/scripts/home.html'), 'utf8'));
    const [, path] = /<script[^>]* src="([^"]+)"/.exec(html) as unknown as [string, string];
    expect(await (await ask(path))?.text()).to.equal(readFileSync(project.path('public/js/home.js'), 'utf8'));
    await server.stop();
  });

  it('eleventy: scripts are copied, and snippets watched', () => {
    const project = new Project({ 'eleventy.config.js': recipe('eleventy') });
    const asked: unknown[] = [];
    createRequire(project.path('index.js'))('./eleventy.config.js')({
      addPassthroughCopy: (map: unknown) => asked.push(map),
      addWatchTarget: (path: string) => asked.push(path),
    });
    expect(asked).to.deep.equal([{ 'public/js': 'js' }, '_includes/scripts']);
  });

  it('snippets hold nothing that templates would read', async () => {
    const options = [
      "{ prefix: '/js/' }",
      "{ prefix: '/js/', updates: 'page' }",
      "{ prefix: '/js/', loader: 'file' }",
    ];
    for (const each of options) {
      const project = new Project({
        'gulpfile.js': recipe('minimal').replace("{ prefix: '/js/' }", each),
        'src/pages/home.js':
          "import './home.css'; import('../lib'); new Worker(new URL('../worker.js', import.meta.url));",
        'src/pages/home.css': 'p { margin: 0 }',
        'src/lib.js': "export default 'lib';",
        'src/worker.js': 'postMessage(1);',
      }).link('gulp', 'dynapack');
      const { code, output } = await gulp(project.directory, 'scripts').finished;
      expect(code, output).to.equal(0);
      for (const name of ['home.html', 'home.head.html'])
        expect(readFileSync(project.path(`views/scripts/${name}`), 'utf8')).to.not.match(TEMPLATES);
    }
  });
});
