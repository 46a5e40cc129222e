/** Styles mean the same wherever pages have them. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import type dynosrc from 'dynapack/server';
import File from 'vinyl';
import { findStyleReferences } from '../../lib/server/style-references';
import { launch } from '../helpers/chromium';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { open } from './open';

const request = { headers: {} };

function start(text: string, options: dynosrc.AssetOptions = {}): dynosrc.DynoSrc {
  return open(new Project({ 'assets/theme/2.0.css': text })).asset('theme', options);
}

async function served(text: string, base: string): Promise<string> {
  const [record] = await start(text, { base }).getPatches(request, { patches: ['theme'], format: 'json' });
  return (record as dynosrc.PatchRecord).raw as string;
}

describe('relative references of styles', () => {
  it('are made those of the base', async () => {
    const cases: Record<string, string> = {
      'a { b: url(c.png) }': 'a { b: url("/css/c.png") }',
      'a { b: url( "c.png" ) }': 'a { b: url( "/css/c.png" ) }',
      "a { b: URL('../c.png') }": 'a { b: URL("/c.png") }',
      'a { b: url(./c.svg#d) url(?v=1) }': 'a { b: url("/css/c.svg#d") url("/css/theme.css?v=1") }',
      'a { b: url(c\\)\\20 d.png) }': 'a { b: url("/css/c)%20d.png") }',
      'a { b: u\\72l(c.png) }': 'a { b: url("/css/c.png") }',
      'a { b: url("c\\"\\\nd.png") }': 'a { b: url("/css/c%22d.png") }',
      '@import "c.css";': '@import "/css/c.css";',
      '@import/**/ \'c.css\' supports(a: "b");': '@import/**/ "/css/c.css" supports(a: "b");',
      '@IMPORT url(c.css) layer(b);': '@IMPORT url("/css/c.css") layer(b);',
      'a { b: image-set("c.png" 1x type("image/png"), url(d.png) 2x) "e" }':
        'a { b: image-set("/css/c.png" 1x type("image/png"), url("/css/d.png") 2x) "e" }',
      'a { b: -webkit-image-set("c.png" 1x) }': 'a { b: -webkit-image-set("/css/c.png" 1x) }',
      '@font-face { src: url(c.woff2) format("woff2"), local("c.woff") }':
        '@font-face { src: url("/css/c.woff2") format("woff2"), local("c.woff") }',
      'a { b: url(c.png': 'a { b: url("/css/c.png")',
      'a { b: url("c.png': 'a { b: url("/css/c.png"',
      'a { --b: url(c.png) }': 'a { --b: url("/css/c.png") }',
    };
    for (const [text, expected] of Object.entries(cases))
      expect(await served(text, '/css/theme.css'), text).to.equal(expected);
    expect(await served('a { b: url(c.png) }', 'https://cdn.test/x/')).to.equal(
      'a { b: url("https://cdn.test/x/c.png") }',
    );
  });

  it('are none in comments, strings, other functions, and what is no URL or a whole one', async () => {
    const texts = [
      '/* url(c.png) @import "c.css"; */',
      'a::before { content: "url(c.png)"; content: \'@import "c.css"\' }',
      'a { b: "\\"url(c.png)" }',
      'a { b: url(data:image/png;base64,AAAA) url(/c.png) url(//d.test/c.png) url(HTTPS://d.test/c.png) }',
      'a { b: url(#c) url() url("") url( ) url("about:blank") url(\\2f c.png) }',
      '@namespace svg url(c); @namespace "d";',
      'a { b: my-url(c.png) #url (c.png) @url(c.png) }',
      'a { b: url(c d.png) url(c"d) url(c(d) }',
      'a { b: url("c.png\n) }',
      '@charset "utf-8"; @layer import; .import "c" { }',
      'a { b: type("image/png") } @media print { a[href="c.png"] { c: "d" } }',
    ];
    for (const text of texts) {
      const [record] = await start(text).getPatches(request, { patches: ['theme'], format: 'json' });
      expect((record as dynosrc.PatchRecord).raw, text).to.equal(text);
    }
  });

  it('without a base are refused, with place and cure, and other assets are served', async () => {
    const project = new Project({
      'assets/theme/2.0.css': 'b { top: 0 }\ni { background: url(img/a.png) }',
      'assets/app.js': 'self.app = 1;',
    });
    const instance = open(project).assets({ theme: {}, app: {} });
    const error = await failure(instance.getPatches(request, { patches: ['theme'] }));
    expect(error).to.include({
      code: 'RELATIVE_REFERENCE',
      fileName: 'theme 2.0',
      lineNumber: 2,
      columnNumber: 17,
    });
    expect(error.message).to.include("'theme'").and.to.include('url(img/a.png)');
    expect(error.hint).to.include('base:');
    expect(await instance.getPatches(request, { patches: ['app'] })).to.have.length(1);
    instance.asset('theme', { base: '/css/' });
    expect((await instance.getPatches(request, { patches: ['theme'] }))[0]).to.include(
      'url(\\"/css/img/a.png\\")',
    );
  });

  it('are those of every version that is asked for, and of patches', async () => {
    const rows = Array.from(
      { length: 99 },
      (_, index) => `.a${index} { background: url(${index}.png) }\n`,
    ).join('');
    const project = new Project({
      'assets/theme/1.0.css': rows,
      'assets/theme/2.0.css': `${rows}b { top: 0 }`,
    });
    const instance = open(project).asset('theme', { base: '/css/' });
    expect((await instance.patch('theme', null, '1.0')).raw).to.include('url("/css/7.png")');
    expect((await instance.patch('theme', '1.0', '2.0')).diff).not.to.include('png');
  });

  it('of releases are refused, or made those of the base of an asset', async () => {
    const project = new Project({});
    const patches = dynapack.patches({ releases: project.path('releases') });
    patches.resume();
    for (const [path, text] of [
      ['/x/theme.css', 'a { b: url(c.png) }'],
      ['/x/plain.css', 'a { b: url(/c.png) }'],
    ] as const)
      patches.write(new File({ path, base: '/x', contents: Buffer.from(text) }));
    await new Promise((resolve) => patches.on('end', resolve).end());
    const instance = open(project, { releases: project.path('releases') });
    const error = await failure(instance.getPatches(request, { patches: ['theme.css'] }));
    expect(error).to.include({ code: 'RELATIVE_REFERENCE' });
    expect(error.hint).to.include("source: 'release'");
    expect(await instance.getPatches(request, { patches: ['plain.css'] })).to.have.length(1);
    instance.asset('theme.css', { source: 'release', base: '/css/' });
    expect((await instance.getPatches(request, { patches: ['theme.css'] }))[0]).to.include('/css/c.png');
  });

  it('take a base that is a path or a URL of the web', async () => {
    for (const base of ['css/', '', '//cdn.test/', 'data:x', 'http://'])
      expect(await failure((async () => start('', { base }))()), base).to.include({ code: 'INVALID_OPTION' });
  });

  it('take time that grows with the text', () => {
    const hard = ['"', '\\', 'url(', '/*', '@import ', 'image-set(', 'url(a ', '-', '\\66'].map((part) =>
      part.repeat(100_000),
    );
    const since = performance.now();
    for (const text of hard) findStyleReferences(text);
    expect(performance.now() - since).to.be.below(5_000);
  });

  it('lead Chromium where a link to the style would', async () => {
    const text = `@import "more/c.css"; @import url(d.css) screen; /* url(no1.png) */
      @font-face { font-family: f; src: url('e.woff2?#iefix') format("woff2"); }
      html { background: url(../f.png), image-set("g.png" 1x), url(h\\)\\20 i.png), url( "j k.png" ), u\\72l(l.png?m=1);
        font-family: f; content: "url(no2.png)"; mask-image: url("é.svg"); list-style-image: url(no 3.png);
        --n: url(o.png); border-image-source: var(--n) }`;
    const context = await (await launch()).newContext();
    try {
      const visit = async (head: string): Promise<string[]> => {
        const urls = new Set<string>();
        const page = await context.newPage();
        await page.route('**/*', (route) => {
          const { href, pathname } = new URL(route.request().url());
          if (pathname === '/a/page')
            return route.fulfill({ contentType: 'text/html', body: `${head}<p>text` });
          if (pathname !== '/css/theme.css') urls.add(href);
          const isTheme = pathname === '/css/theme.css';
          return route.fulfill({
            contentType: pathname.endsWith('.css') ? 'text/css' : 'image/png',
            body: isTheme ? text : '',
          });
        });
        await page.goto('http://site.test/a/page', { waitUntil: 'networkidle' });
        await page.close();
        return [...urls].filter((url) => !url.endsWith('favicon.ico')).sort();
      };
      const linked = await visit(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/css/theme.css">',
      );
      const inline = await served(text, '/css/theme.css');
      expect(linked).to.have.length.above(8);
      expect(await visit(`<!doctype html><meta charset="utf-8"><style>${inline}</style>`)).to.deep.equal(
        linked,
      );
    } finally {
      await context.close();
    }
  });
});
