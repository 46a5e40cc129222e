/** Pages of a dynapack site that come of two releases: whose snippet is another one's, or that are brought into an older page. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import dynosrc from 'dynapack/server';
import { createRev } from '../../lib/streams/rev';
import { launch } from '../helpers/chromium';
import { Project, type ProjectFiles } from '../helpers/project';
import { listen, type Served } from './serve';

/** Milliseconds in which a page is not parsed to its end. */
const SLOW = 400;

/** A shared module that says in which release it is, and is long enough for a bundle of its own. */
const lib = (release: number): string =>
  `log.push('lib ${release}'); module.exports = [${Array.from({ length: 100 }, (_, index) => (index * 7919) % 10007)}];`;

const entry = (name: string, release: number): string => `require('./lib'); log.push('${name} ${release}');`;

const files = (release: number, shared = release): ProjectFiles => ({
  'src/home.js': entry('home', release),
  'src/about.js': entry('about', release),
  'src/lib.js': lib(shared),
});

const WATCH = `<script>
  self.log = []; self.told = []; self.uncaught = [];
  addEventListener('dynapack:failure', (event) => told.push(event.detail.code + ' ' + event.detail.bundle.replace(/(?:-\\w+)+\\.js/, '.js')));
  addEventListener('error', (event) => uncaught.push(event.message.replace(/(?:-\\w+)+\\.js/, '.js').replace(/http.*\\//, '')));
</script>`;

/** Builds a release of the project, with hashes in names, and gives what it has written by path. */
async function build(project: Project, loader: 'inline' | 'file'): Promise<Record<string, string>> {
  const pack = dynapack({ root: project.path('src'), prefix: '/js/', loader });
  const written: Record<string, string> = {};
  const rev = createRev();
  const patches = pack.patches({ releases: project.path('releases') });
  pack.pipe(rev as unknown as NodeJS.WritableStream);
  rev.pipe(patches as unknown as NodeJS.WritableStream);
  const scripts = pack.scripts();
  patches.on('data', (file: { relative: string; contents: Buffer }) => {
    written[file.relative] = String(file.contents);
    scripts.write(file as never);
  });
  patches.on('end', () => scripts.end());
  for (const name of ['home', 'about']) pack.write(project.path(`src/${name}.js`));
  pack.end();
  for await (const file of scripts) {
    const { relative, contents } = file as unknown as { relative: string; contents: Buffer };
    written[relative] = String(contents);
  }
  return written;
}

for (const loader of ['inline', 'file'] as const)
  describe(`pages of two releases of a site, with ${loader === 'file' ? 'the loader in a file' : 'an inline loader'}`, () =>
    describePages(loader));

function describePages(loader: 'inline' | 'file'): void {
  let project: Project;
  let instance: dynosrc.DynoSrc;
  let served: Served;
  /** Whatever has been deployed: files of older releases stay. */
  let deployed: Record<string, string>;
  let requests: string[];
  /** What the page holds behind its first script, for who sends a cookie. */
  let page: (cookie: string) => string | Promise<string>;

  const open = (): dynosrc.DynoSrc =>
    dynosrc.factory({ releases: project.path('releases'), outputDir: project.path('output'), refresh: 3600 });

  async function deploy(changed: ProjectFiles): Promise<Record<string, string>> {
    project.write(changed);
    const release = await build(project, loader);
    Object.assign(deployed, release);
    return release;
  }

  /** A part of a page as the server would write it now: an entry's bundles, and a snippet of some release. */
  async function part(name: string, release: Record<string, string>, cookie = ''): Promise<string> {
    const patches = await instance.getPatches({ headers: { cookie } }, { patches: [name] });
    return patches.join('') + instance.afterPatches(release[`${name}.html`] as string);
  }

  /** The page of an entry, with a snippet of some release. */
  const home =
    (release: Record<string, string>) =>
    async (cookie: string): Promise<string> =>
      instance.getClientLib() + (await part('home', release, cookie));

  beforeEach(async () => {
    project = new Project({});
    [deployed, requests] = [{}, []];
    instance = open();
    served = await listen((request, response) =>
      instance.middleware()(request, response, async () => {
        if (request.url !== '/') {
          const { url = '' } = request;
          if (url === '/slow.js') await sleep(SLOW);
          else if (/^(?!.*-loader-).*\.js$/.test(url)) requests.push(url.replace(/(?:-\w+)+\.js/, '.js'));
          const bundle = deployed[url.replace('/js/', '')];
          response.writeHead(bundle ? 200 : 404, { 'content-type': 'text/javascript' }).end(bundle);
          return;
        }
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(`<!doctype html>${WATCH}${await page(request.headers.cookie ?? '')}`);
      }),
    );
  });

  afterEach(() => served.close());

  /** Opens the page, and waits for what it must come to. */
  async function visit(isDone: string) {
    const context = await (await launch()).newContext();
    const tab = await context.newPage();
    await tab.goto(served.url);
    await tab.waitForFunction(isDone, undefined, { polling: 20 });
    return { context, tab, seen: () => tab.evaluate('({ log, told, uncaught })') };
  }

  const fine = (...log: string[]): unknown => ({ log, told: [], uncaught: [] });

  it('whose snippet is newer than what the server has seen load what is of its release', async () => {
    page = home(await deploy(files(1)));
    await (await visit('log.length === 2')).context.close();
    expect(requests).to.deep.equal([]);
    page = home(await deploy(files(2)));
    const { context, seen } = await visit('log.length >= 2 || uncaught.length');
    expect(await seen()).to.deep.equal(fine('lib 2', 'home 2'));
    expect(requests.sort()).to.deep.equal(['/js/home.js', '/js/shared.js']);
    await context.close();
  });

  it('whose snippet is older than what the server has seen do likewise, but for what has not changed', async () => {
    page = home(await deploy(files(1)));
    await deploy(files(2, 1));
    const { context, seen } = await visit('log.length >= 2 || uncaught.length');
    expect(await seen()).to.deep.equal(fine('lib 1', 'home 1'));
    expect(requests).to.deep.equal(['/js/home.js']);
    await context.close();
  });

  const refused = {
    log: ['lib 1', 'home 1'],
    told: ['OTHER_RELEASE shared.js'],
    uncaught: ['Uncaught LoadError: Cannot load shared.js beside another release'],
  };

  for (const [name, shared, expected] of [
    ['run with what has not changed', 1, fine('lib 1', 'home 1', 'about 2')],
    ['do not run with what has changed, and the page is told', 2, refused],
  ] as const) {
    it(`that a click brings into an older one ${name}`, async () => {
      page = home(await deploy(files(1)));
      const { context, tab, seen } = await visit('log.length === 2');
      const second = await deploy(files(2, shared));
      instance = open();
      const brought = instance.getClientLib() + (await part('about', second));
      const scripts = [...brought.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
      await tab.evaluate(
        `${JSON.stringify(scripts)}.forEach((text) => document.body.append(Object.assign(document.createElement('script'), { text })))`,
      );
      await tab.waitForFunction('log.length > 2 || uncaught.length', undefined, { polling: 20 });
      expect(await seen()).to.deep.equal(expected);
      await context.close();
    });
  }

  it('in two parts, written before and after, run the first one with what it was made for', async () => {
    const before = await home(await deploy(files(1)))('');
    const second = await deploy(files(2));
    instance = open();
    const after = await part('about', second);
    // The entries wait until the page is parsed, when the second part's bundles might have run.
    page = () => `${before}${after}<script src="/slow.js"></script>`;
    const { context, seen } = await visit('uncaught.length');
    expect(await seen()).to.deep.equal(refused);
    await context.close();
  });
}
