/** Pages of a dynapack site whose bundles come inside of them. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import dynosrc from 'dynapack/server';
import { launch } from '../helpers/chromium';
import { Project } from '../helpers/project';
import { listen } from './serve';

const LIB = `module.exports = [${Array.from({ length: 300 }, (_, index) => (index * 7919) % 10007)}];`;

const RULES = Array.from(
  { length: 200 },
  (_, index) => `.r${index} { margin: ${(index * 7919) % 997}px }`,
).join('\n');

const files = {
  'src/home.js':
    "import './home.css'; self.result = ['home', require('./lib').length, 'first']; document.title = 'home'; self.more = () => import('./part');",
  'src/about.js': "self.result = ['about', require('./lib').length];",
  'src/lib.js': LIB,
  'src/part.js': "require('./part.css'); self.part = getComputedStyle(document.body).color;",
  'src/home.css': `body { color: rgb(1, 1, 1) }\n${RULES}`,
  'src/part.css': `body { color: rgb(2, 2, 2) }\n${RULES}`,
};

/** Builds the site and gives files by path, snippets among them. */
async function build(project: Project): Promise<Record<string, string>> {
  const pack = dynapack({ root: project.path('src'), prefix: '/js/' });
  const patches = pack.patches({ releases: project.path('releases') });
  const scripts = pack.scripts();
  const found: Record<string, string> = {};
  pack.pipe(patches as unknown as NodeJS.WritableStream);
  patches.on('data', (file) => {
    found[file.relative] = String(file.contents);
    scripts.write(file);
  });
  patches.on('end', () => scripts.end());
  for (const entry of ['home', 'about']) pack.write(project.path(`src/${entry}.js`));
  pack.end();
  for await (const file of scripts) {
    const { relative, contents } = file as unknown as { relative: string; contents: Buffer };
    found[relative] = String(contents);
  }
  return found;
}

describe('pages of a dynapack site', () => {
  it('hold the bundles of their entry, and load others as ever', async () => {
    const project = new Project(files);
    const instance = dynosrc.factory({
      releases: project.path('releases'),
      outputDir: project.path('output'),
      refresh: 0,
    });
    let site = await build(project);
    let requests: string[] = [];
    let wishes = ['home'];
    const middleware = instance.middleware();
    const served = await listen((request, response) =>
      middleware(request, response, async () => {
        const bundle = site[(request.url ?? '').replace('/js/', '')];
        if (request.url !== '/') {
          requests.push(request.url ?? '');
          const type = request.url?.endsWith('.css') ? 'text/css' : 'text/javascript';
          response.writeHead(bundle ? 200 : 404, { 'content-type': type }).end(bundle);
          return;
        }
        const nonce = 'bm9uY2U=';
        const patches = await instance.getPatches(request, { patches: wishes, nonce });
        const snippet = instance.afterPatches(site['home.html'] as string, { nonce });
        response.setHeader('content-security-policy', `script-src 'nonce-${nonce}'`);
        response.setHeader('content-type', 'text/html; charset=utf-8');
        const head = wishes.includes('home.css') ? '' : site['home.head.html'];
        response.end(
          `<!doctype html>${head}${instance.getClientLib({ nonce })}${patches.join('')}${snippet}`,
        );
      }),
    );
    const context = await (await launch()).newContext();
    const visit = async () => {
      requests = [];
      const page = await context.newPage();
      await page.goto(served.url);
      await page.waitForFunction('self.result');
      return { page, result: await page.evaluate('self.result') };
    };
    try {
      const { page, result } = await visit();
      expect(result).to.deep.equal(['home', 300, 'first']);
      expect(requests.filter((url) => url.endsWith('.js'))).to.deep.equal([]);
      expect(requests).to.deep.equal(['/js/home.css']);
      await page.evaluate('more()');
      await page.waitForFunction('self.part');
      expect(await page.evaluate('part')).to.equal('rgb(2, 2, 2)');
      project.write({ 'src/home.js': files['src/home.js'].replace('first', 'second') });
      site = await build(project);
      await visit();
      const after = await visit();
      expect(after.result).to.deep.equal(['home', 300, 'second']);
      expect(requests.filter((url) => url.endsWith('.js'))).to.deep.equal([]);
      // A style that is asked for by name comes in the page as well, at first whole, then as a patch.
      wishes = ['home.css', 'home'];
      for (const color of ['rgb(4, 4, 4)', 'rgb(5, 5, 5)']) {
        project.write({ 'src/home.css': files['src/home.css'].replace('rgb(1, 1, 1)', color) });
        site = await build(project);
        const { page: styled } = await visit();
        expect(await styled.evaluate('getComputedStyle(document.body).color')).to.equal(color);
        expect(requests).to.deep.equal([]);
      }
    } finally {
      await context.close();
      await served.close();
    }
  });
});
