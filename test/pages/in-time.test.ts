/** Entries run where pages expect them to: behind the document, before `DOMContentLoaded`, in the order of the page. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import type { Tab, Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import { hush } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { type Reply, type Site, startSite } from '../helpers/site';
import { html, htmlWithHead } from './pages';
import { packFiles } from './sources';

/** What tests see of a page, whose timers never fire. */
const WATCH = `<script nonce="abc">
  self.log = []; self.uncaught = [];
  addEventListener('error', function (event) { if (event.error) uncaught.push(event.error.message); });
  document.addEventListener('DOMContentLoaded', function () { log.push('parsed'); });
  addEventListener('load', function () { log.push('loaded'); });
  self.later = setTimeout;
  self.setTimeout = self.setInterval = self.requestIdleCallback = self.requestAnimationFrame = function () {};
</script>`;

const entry = (name: string): string => `require('./lib');
log.push('${name} ' + document.readyState + ' ' + document.querySelectorAll('footer').length);
document.addEventListener('DOMContentLoaded', function () { log.push('${name} sees parsed'); });
addEventListener('load', function () { log.push('${name} sees loaded'); });\n`;

const FILES = { 'one.js': entry('one'), 'two.js': entry('two'), 'lib.js': "log.push('lib');\n" };

const IN_TIME = [
  'lib',
  'two interactive 1',
  'one interactive 1',
  'parsed',
  'two sees parsed',
  'one sees parsed',
  'loaded',
  'two sees loaded',
  'one sees loaded',
];

const PAGES: Record<string, [options: dynapack.Options, scripts: dynapack.ScriptsOptions, policy?: string]> =
  {
    'as it is': [{}, {}],
    'with a nonce': [{}, { nonce: 'abc' }, "script-src 'nonce-abc'"],
    'with the loader in a file': [{ loader: 'file' }, {}],
    'with integrity': [{}, { integrity: true }],
    'with all of that': [
      { loader: 'file' },
      { nonce: 'abc', integrity: true, crossorigin: 'anonymous' },
      "script-src 'nonce-abc' 'strict-dynamic'",
    ],
    'with updates, before there are patches': [{ updates: 'page' }, {}],
  };

const UPDATING: Record<string, dynapack.Options> = {
  'as it is': { updates: 'page' },
  'with the loader in a file': { updates: 'page', loader: 'file' },
  'in mode worker': { updates: 'worker' },
};

/** Milliseconds for which what a page waits for waits for bundles. */
const LONGEST_WAIT = 6000;

const STYLE = '<link rel="stylesheet" href="/slow.css">';

/** What builds have written: bundles and patches, and snippets. */
interface Written {
  bundles: Record<string, string>;
  scripts: Record<string, string>;
}

const snippets = ({ scripts }: Written, entries: readonly string[]): string[] =>
  entries.map((name) => scripts[`${name}.html`] as string);

/** A page whose second entry may come late. */
interface LatePage {
  sources: typeof FILES;
  /** Elements above the snippets. */
  before: string;
  order: string[];
}

/** Builds two releases, of which the second has patches to bundles of the first: to those of the given files, by default all. */
async function packReleases(
  options: dynapack.Options,
  changed: readonly string[] = Object.keys(FILES),
  sources: ProjectFiles = FILES,
): Promise<Written> {
  const files = (release: number): ProjectFiles =>
    Object.fromEntries(
      Object.entries(sources).map(([name, text]) => [
        name,
        changed.includes(name) ? `${text}${FILLING}self.release = ${release};\n` : text,
      ]),
    );
  const project = new Project({});
  const written: Written = { bundles: {}, scripts: {} };
  for (const release of [1, 2]) {
    project.write(files(release));
    const pack = hush(dynapack({ root: project.directory, ...options }));
    for (const name of ['one.js', 'two.js']) pack.write(project.path(name));
    pack.end();
    const scripts = pack.scripts();
    const patches = pack.patches({ releases: project.path('releases') });
    for await (const file of pack.pipe(patches as never) as unknown as AsyncIterable<WrittenFile>) {
      written.bundles[file.relative] = String(file.contents);
      scripts.write(file as never);
    }
    scripts.end();
    for await (const file of scripts as unknown as AsyncIterable<WrittenFile>)
      written.scripts[file.relative] = String(file.contents);
  }
  return written;
}

interface WrittenFile {
  relative: string;
  contents: Buffer;
}

/** So much that patches are worth it. */
const FILLING = `self.filling = [${Array.from({ length: 300 }, (_, index) => (index * 7919) % 10007)}];\n`;

describeInEngines('pages: entries in time', (engine) => {
  let visitor: Visitor;
  let site: Site;

  beforeEach(async () => {
    site = await startSite();
    visitor = await engine.visitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  const open = (): Promise<Tab> => visitor.open(`${site.url}/`);

  function serve({ bundles }: Written, page: string, headers: Record<string, string> = {}): void {
    for (const [name, body] of Object.entries(bundles))
      site.set(`/${name}`, { body, headers: { 'cache-control': 'max-age=600' } });
    site.set('/', { body: page, headers });
  }

  /** Opens the page, whose stylesheet is answered when all its bundles have been asked for: if they are, it waits for nothing else. */
  async function openWithSlowStyle(names: readonly string[]): Promise<Tab> {
    const missing = new Set(names);
    let timer: NodeJS.Timeout | undefined;
    const until = new Promise<void>((resolve) => {
      site.watch(({ path }) => {
        if (path === '/slow.css') timer = setTimeout(resolve, LONGEST_WAIT);
        missing.delete(path.slice(1));
        if (missing.size === 0) resolve();
      });
    });
    site.set('/slow.css', { body: 'p { color: red }', until });
    const tab = await open();
    clearTimeout(timer);
    const answered = site.requests.find(({ path }) => path === '/slow.css')?.answered as number;
    const asked = site.requests.filter(({ arrived }) => arrived < answered).map(({ path }) => path.slice(1));
    expect(asked).to.include.members([...names]);
    return tab;
  }

  for (const [name, [options, scripts, policy]] of Object.entries(PAGES)) {
    it(`run, and are asked for before the stylesheet above them is there, ${name}`, async () => {
      const packed = await packFiles(FILES, ['one.js', 'two.js'], options, scripts);
      const page = html(WATCH, STYLE, ...snippets(packed, ['two', 'one']), '<footer></footer>');
      serve(packed, page, policy === undefined ? {} : { 'content-security-policy': policy });
      for (const visit of ['cold', 'warm']) {
        const tab = visit === 'cold' ? await openWithSlowStyle(Object.keys(packed.bundles)) : await open();
        await tab.until('log.includes("one sees loaded")');
        expect(await tab.evaluate('log'), visit).to.deep.equal(IN_TIME);
      }
    });
  }

  for (const [name, options, place] of [
    ['whose snippets are above the stylesheet', { updates: 'page' }, 'above'],
    ['whose loader is in a file', { updates: 'page', loader: 'file' }, 'below'],
    ['in mode worker, whose loader is in a file', { updates: 'worker', loader: 'file' }, 'below'],
  ] as const) {
    it(`are asked for before the stylesheet is there with patches, ${name}`, async () => {
      const written = await packReleases(options);
      const names = Object.keys(written.bundles).filter((file) => /^(?!dynapack-).*\.js$/.test(file));
      const both = snippets(written, ['two', 'one']).join('');
      const elements = place === 'above' ? [both, STYLE] : [STYLE, both];
      const watch = `<title>Page</title>${WATCH}<script>self.setTimeout = later;</script>`;
      // In the body, Chromium would not even look at what is below a stylesheet.
      serve(
        written,
        `<!doctype html><html><head>${watch}${elements.join('')}</head><body><footer></footer></body></html>`,
      );
      expect(both).not.to.match(/<script defer/);
      const tab = await openWithSlowStyle(names);
      await tab.until('log.includes("lib") && log.join().includes("one ") && log.join().includes("two ")');
    });
  }

  /** Of what a page says, the modules that have run. */
  const ran = (log: string[]): string[] =>
    log.filter((entry) => /^lib$| 1$/.test(entry)).map((entry) => entry.split(' ')[0] as string);

  /** What has run in the page of a second release, which has a patch to the entry `two` alone. */
  async function runLate(
    options: dynapack.Options,
    reply: Reply,
    { sources = FILES, before = '', order = ['two', 'one'] }: Partial<LatePage> = {},
  ): Promise<string[]> {
    const written = await packReleases(options, ['two.js'], sources);
    const later = '<script>self.setTimeout = later;</script>';
    const elements = snippets(written, order);
    expect(elements.join()).to.include('src="/one').and.not.to.include('src="/two');
    serve(written, htmlWithHead([WATCH, later, before, ...elements].join(''), '<footer></footer>'));
    site.set('/two.js', { body: written.bundles['two.js'] as string, ...reply });
    const tab = await open();
    await tab.until(`log.some(function (entry) { return entry.startsWith("${order[1]} "); })`);
    return ran(await tab.evaluate('log'));
  }

  for (const [name, options] of Object.entries(UPDATING)) {
    it(`run in the order of the page where the first one has a patch and comes late, ${name}`, async () => {
      expect(await runLate(options, { delay: 300 })).to.deep.equal(['lib', 'two', 'one']);
    });
  }

  it('run in the order of the page where the loader knows of the last one first', async () => {
    site.set('/slow.css', { body: '', delay: 500 });
    // It needs nothing that has a tag, and tags wait for the stylesheet.
    const sources = { ...FILES, 'two.js': FILES['two.js'].replace(/^.*\n/, '') };
    const page = { sources, before: STYLE, order: ['one', 'two'] };
    const log = await runLate({ updates: 'page', loader: 'file' }, {}, page);
    expect(log).to.deep.equal(['lib', 'one', 'two']);
  });

  it('run in the order of the page where the first one waits for a style that the page does not have', async () => {
    const files = {
      ...FILES,
      'two.js': `import './two.css';\n${FILES['two.js']}`,
      'two.css': 'p { color: red }',
    };
    const packed = await packFiles(files, ['one.js', 'two.js']);
    const later = '<script>self.setTimeout = later;</script>';
    serve(packed, html(WATCH, later, ...snippets(packed, ['two', 'one']), '<footer></footer>'));
    site.set('/two.css', { body: 'p { color: red }', delay: 300 });
    const tab = await open();
    await tab.until('log.some(function (entry) { return entry.startsWith("one "); })');
    expect(ran(await tab.evaluate('log'))).to.deep.equal(['lib', 'two', 'one']);
  });

  it('do not wait for one with a patch that cannot be had', async () => {
    expect(await runLate({ updates: 'page' }, { status: 404 })).to.deep.equal(['lib', 'one']);
  });

  it('do not wait for one with a patch that has thrown', async () => {
    const sources = { ...FILES, 'two.js': `${FILES['two.js']}throw Error('from two');\n` };
    expect(await runLate({ updates: 'page' }, { delay: 300 }, { sources })).to.deep.equal([
      'lib',
      'two',
      'one',
    ]);
  });

  it('run one by one: what one of them throws is uncaught, and the others run', async () => {
    const files = { ...FILES, 'two.js': "throw Error('from two');\n" };
    const packed = await packFiles(files, ['one.js', 'two.js']);
    serve(packed, html(WATCH, ...snippets(packed, ['two', 'one']), '<footer></footer>'));
    const tab = await open();
    await tab.until('log.includes("one sees loaded")');
    expect(await tab.evaluate('uncaught')).to.deep.equal(['from two']);
    expect((await tab.evaluate<string[]>('log')).slice(0, 3)).to.deep.equal([
      'lib',
      'one interactive 1',
      'parsed',
    ]);
  });

  it('do not wait for one whose bundle has failed, which is fetched again when the page is parsed', async () => {
    const packed = await packFiles(FILES, ['one.js', 'two.js']);
    serve(
      packed,
      html(
        WATCH,
        '<script>self.setTimeout = later;</script>',
        ...snippets(packed, ['two', 'one']),
        '<footer></footer>',
      ),
    );
    const body = packed.bundles['two.js'] as string;
    site.set('/two.js', (time) => (time === 1 ? { status: 503 } : { body }));
    const tab = await open();
    await tab.until('log.some(function (entry) { return entry.startsWith("two"); })');
    const log = await tab.evaluate<string[]>('log');
    expect(log.slice(0, 4)).to.deep.equal(['lib', 'one interactive 1', 'parsed', 'one sees parsed']);
    expect(site.paths('two.js')).to.have.lengthOf(2);
    expect(site.paths('one.js')).to.have.lengthOf(1);
  });

  it('run as soon as they are there in mode async', async () => {
    const packed = await packFiles(FILES, ['one.js'], {}, { mode: 'async' });
    const look = `self.setTimeout = later;
      (function look() { if (log.length > 1) fetch('/ran'); else later(look, 10); })();`;
    const slow = '<script src="/slow.js"></script>';
    serve(packed, html(WATCH, `<script>${look}</script>`, ...snippets(packed, ['one']), slow));
    // The page goes on being parsed when the entry has run.
    const until = new Promise<void>((resolve) => {
      site.watch(({ path }) => path === '/ran' && resolve());
      setTimeout(resolve, LONGEST_WAIT).unref();
    });
    site.set('/ran', { body: '' });
    site.set('/slow.js', { body: '', until });
    const tab = await open();
    await tab.until('log.includes("one sees loaded")');
    expect((await tab.evaluate<string[]>('log')).indexOf('parsed')).to.equal(2);
  });
});
