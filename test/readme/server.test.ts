/** The server of docs/server.md, as it stands there, in Chromium. */
import fs, { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import git from 'isomorphic-git';
import type { BrowserContext, Page } from 'playwright-core';
import { recipe } from '../docs/documents';
import { launch } from '../helpers/chromium';
import { freePort } from '../helpers/ports';
import { gulp, Running } from '../helpers/process';
import { Project } from '../helpers/project';

const table = Array.from({ length: 200 }, (_, index) => (index * 7919) % 10007).join();
const home = (text: string): string =>
  `self.log = [self.greet('you'), require('../lib').length, typeof $, '${text}'];`;
const files = {
  'gulpfile.js': recipe('server-build'),
  'server.js': recipe('server'),
  'src/pages/home.js': home('first'),
  'src/lib.js': `module.exports = [${table}];`,
  'assets/theme/2.1.0.css': 'h1 { color: rgb(1, 2, 3) }',
  'node_modules/jquery/package.json': { name: 'jquery', version: '3.7.1', main: 'dist/jquery.js' },
  'node_modules/jquery/dist/jquery.min.js': `self.$ = function () { return [${table}]; };`,
};

const author = { name: 'A', email: 'a@example.test' };

describe('recipes: the server', function () {
  this.timeout(120_000);
  let project: Project;
  let context: BrowserContext;

  async function commit(words: string): Promise<void> {
    const dir = project.path('greeting');
    project.write({ 'greeting/greeting.js': `self.greet = (name) => '${words}, ' + name; // ${table}` });
    await git.add({ fs, dir, filepath: 'greeting.js' });
    await git.commit({ fs, dir, message: words, author });
  }

  async function build(): Promise<void> {
    const { code, output } = await gulp(project.directory, 'scripts').finished;
    expect(code, output).to.equal(0);
  }

  /** Starts the server, and waits until it answers. */
  async function start(): Promise<{ server: Running; url: string }> {
    const port = await freePort();
    const server = new Running(process.execPath, ['server.js'], project.directory, { PORT: String(port) });
    const url = `http://127.0.0.1:${port}/`;
    while (!(await fetch(url).catch(() => undefined))) await new Promise((next) => setTimeout(next, 20));
    return { server, url };
  }

  interface Seen {
    page: Page;
    log: unknown[];
    html: string;
    scripts: string[];
  }

  /** Opens the page under an origin that stays the same whatever server answers. */
  async function visit(url: string): Promise<Seen> {
    const page = await context.newPage();
    const scripts: string[] = [];
    let html = '';
    await page.route('http://localhost:1/**', async (route) => {
      const request = route.request();
      const { pathname, search } = new URL(request.url());
      if (pathname !== '/' && pathname !== '/favicon.ico') scripts.push(pathname + search);
      const { cookie = '' } = await request.allHeaders();
      const response = await fetch(url.slice(0, -1) + pathname + search, { headers: { cookie } });
      const body = Buffer.from(await response.arrayBuffer());
      if (pathname === '/') html = body.toString();
      await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
    });
    await page.goto('http://localhost:1/');
    await page.waitForFunction('self.log');
    await page.waitForFunction("document.cookie.includes('_ds=1')");
    return { page, log: (await page.evaluate('log')) as unknown[], html, scripts };
  }

  beforeEach(async () => {
    project = new Project(files).link('gulp', 'gulp-rev', 'dynapack', 'express', 'isomorphic-git');
    mkdirSync(project.path('greeting'));
    await git.init({ fs, dir: project.path('greeting'), defaultBranch: 'main' });
    await commit('Hello');
    context = await (await launch()).newContext();
  });

  afterEach(() => context.close());

  it('sends everything at first, then nothing, then what has changed, and never a script', async () => {
    await build();
    const { server, url } = await start();
    expect((await fetch(url)).headers.get('cache-control')).to.equal('private, no-cache');
    const first = await visit(url);
    expect(first.log).to.deep.equal(['Hello, you', 200, 'function', 'first']);
    const color = "getComputedStyle(document.querySelector('h1')).color";
    expect(await first.page.evaluate(color)).to.equal('rgb(1, 2, 3)');
    const again = await visit(url);
    expect(again.log).to.deep.equal(first.log);
    expect(again.html).not.to.include('7919,');
    await server.stop();

    await commit('Welcome');
    project.write({ 'src/pages/home.js': home('second') });
    await build();
    const next = await start();
    const upgraded = await visit(next.url);
    expect(upgraded.log).to.deep.equal(['Welcome, you', 200, 'function', 'second']);
    expect(upgraded.html).to.include('dynoSrc.apply("greeting"');
    expect(upgraded.html).not.to.include('7919,');
    for (const { scripts } of [first, again, upgraded]) expect(scripts).to.deep.equal([]);

    const messages: string[] = [];
    upgraded.page.on('console', (message) => messages.push(message.text()));
    await upgraded.page.evaluate(recipe('server-page'));
    await upgraded.page.waitForFunction("dynoSrc.getVersion('greeting')");
    const [{ oid = '' } = {}] = await git.log({ fs, dir: project.path('greeting') });
    for (let wait = 0; wait < 100 && messages.length < 2; wait++) await upgraded.page.waitForTimeout(20);
    expect(messages).to.deep.equal(['all of the page has run', oid]);
    await next.server.stop();
  });
});
