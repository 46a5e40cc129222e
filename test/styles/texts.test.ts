/** What styles say in bundles: in Chromium, the same as they say where browsers load them one by one. */
import { expect } from 'chai';
import { png } from '../assets/files';
import { hush, type Packed, pack } from '../helpers/pack';
import { Project } from '../helpers/project';
import { heads, htmlWithHead, leave, type PackSite, serveNothing, snippets, visitor } from '../pages/pages';

/** Styles by name, in the order in which a page has them, and those that these import. */
interface Case {
  page: Record<string, string>;
  imported?: Record<string, string>;
  files?: Record<string, Buffer>;
}

const CASES: Record<string, Case> = {
  'rules one after the other': {
    page: { a: 'p { color: red }', b: 'p { color: green }', c: '.a { margin: 1px }' },
  },
  'imports before rules': {
    page: { a: '@import "x.css"; @import url(y.css);\np { color: red }' },
    imported: {
      x: 'p { color: blue; margin: 3px }',
      y: '@import "./z.css"; p { margin: 4px }',
      z: 'p { padding: 5px }',
    },
  },
  'imports under conditions': {
    page: {
      a: `@import "x.css" screen; @import "y.css" print; @import "z.css" supports(display: grid) (min-width: 1px);
        @import url("w.css") supports(not (display: grid)); @import 'v.css' layer(low) screen and (min-width: 1px), print; p { --z: 1 }`,
    },
    imported: {
      x: 'p { color: blue }',
      y: 'p { color: red }',
      z: 'p { margin: 7px }',
      w: 'p { margin: 8px }',
      v: 'p { color: lime; padding: 9px }',
    },
  },
  'conditions within conditions': {
    page: { a: '@import "x.css" layer(one) screen; .a { color: inherit }' },
    imported: {
      x: '@import "y.css" layer(two) supports(color: red); @import "z.css" print; p { padding: 2px }',
      y: 'p { padding: 6px; margin: 6px }',
      z: 'p { margin: 100px }',
    },
  },
  'layers that are named before imports': {
    page: {
      a: '@layer top, base, deep; @import "x.css" layer(base); @import "y.css" layer(top); @layer deep { p { color: blue } }',
    },
    imported: { x: 'p { color: red; margin: 1px }', y: 'p { color: green; margin: 2px; padding: 2px }' },
  },
  'layers that are named between imports, which ends these': {
    page: {
      a: '@layer one; @import "x.css" layer(two); @layer three; @import "none.css" layer(four); @layer three { p { color: blue } }',
    },
    imported: { x: 'p { color: red; margin: 1px }' },
  },
  'layers without names': {
    page: { a: '@import "x.css" layer; @import "y.css" layer; @layer { p { color: green } }' },
    imported: {
      x: '@import "z.css"; p { margin: 1px; color: red }',
      y: 'p { margin: 2px }',
      z: '@import "w.css" layer; p { margin: 3px; padding: 4px }',
      w: 'p { padding: 5px; border: 6px solid }',
    },
  },
  'layers across styles': {
    page: {
      a: '@layer b { p { color: red } }',
      b: '@layer a, b; @layer a { p { color: green } }',
      c: 'p { margin: 1px }',
    },
  },
  'what is not closed': {
    page: {
      a: 'p { color: red',
      b: '.a { margin: 3px; content: "x',
      c: '.b { background: url(p.png',
      d: '@media screen { .a { padding: 4px',
      e: '.c { margin: 5px } /* never ends',
      f: '.d { width: calc(1px + (2px * 3)',
      g: '.a[title="x"',
      h: '.e { color: blue }',
    },
    files: { p: png(3) },
  },
  'imports and escapes that end with their file': {
    page: {
      a: '@import url(data:text/css,p%7Bmargin:3px%7D',
      b: '@import url("data:text/css,.a%7Bmargin:4px%7D"',
      c: 'p { color: green }',
      d: '.b { padding: 1px; color: blue\\',
      e: '.c { margin: 2px }',
    },
  },
  'URLs in conditions, which nobody fetches': {
    page: {
      a: `@supports (background: url(none.png)) { p { color: red } .a { background: url(p.png) } }
        @media screen { @supports not (background: url("none.png")) { p { color: blue } } .b { background: url(p.png) } }
        @document url(none.html) { p { color: blue } } .c { --x: @y url(p.png); background: url("p.png"); @supports (src: url(none.png)) }`,
      b: '@media { @import url(none.css); .d { background: url(p.png) } }',
    },
    files: { p: png(3) },
  },
  'what closes nothing': {
    page: {
      a: '} p { color: red } p { margin: 1px }',
      b: '.a { color: green } }',
      c: '.a { padding: 2px }',
      d: '.b { color: rgb(1, 2, 3) ) } .b { margin: 9px }',
      e: '.c ) { color: red } .c { color: blue }',
      f: '] .d { color: red } .d { margin: 2px }',
      g: '@media screen { .e { margin: 1px } } } .e { margin: 2px } .e { padding: 3px }',
    },
  },
  'what closes nothing under conditions': {
    page: { a: '@import "x.css" screen; @import "y.css" screen; @import "z.css" layer(l);' },
    imported: {
      x: '} p { color: red } .a { margin: 1px }',
      y: '.b { color: blue } } .b { margin: 1px } .b { padding: 2px }',
      z: '<!-- .c { color: green } --> .d { margin: 3px',
    },
  },
  'rules that end with their file': {
    page: {
      a: '.a, .b',
      b: 'p { color: green }',
      c: '@layer x',
      d: '@font-face',
      e: 'p { margin: 2px }',
      f: '@media',
      g: '.a { padding: 1px }',
    },
  },
  'comments of HTML': { page: { a: '<!-- p { color: red } -->', b: '--> p { margin: 1px }' } },
  'character sets and byte order marks': {
    page: {
      a: '@charset "utf-8"; p { color: red }',
      b: '@charset "utf-8"; .a::before { content: "ü" }',
      c: '\uFEFFp { margin: 1px }',
    },
  },
  namespaces: {
    page: {
      a: '@namespace svg url(http://www.w3.org/2000/svg); svg|p { color: red } p { color: green }',
      b: '@namespace url(http://www.w3.org/2000/svg); p { color: blue }',
      c: 'p { margin: 1px }',
    },
  },
  'files in every way to name them': {
    page: {
      a: `.a { background: url(p.png) } .b { background: url( "p.png" ) } .c { background: url('./sub/../p.png') }
        .d { background: url(p\\.png) } .e { background: url("q r.png") } .f { background: image-set("p.png" 1x, url(s.png) 2x) }
        .g { background: url("p.png?v=1") } .h { background: -webkit-image-set(url(p.png) 1x) } .i { background: U\\52 l(p.png), URL(p.png) }
        .j { background: url(q%20r.png) } .k { --x: url(p.png); background: var(--x) } .l { background: url(data:image/png;base64,AAAA) }
        .m { background: url(p.png), url(s.png) } /* url(none.png) */ .n { content: "url(none.png)" }`,
    },
    files: { p: png(3), 'q r': png(4), s: png(5) },
  },
  'imports where browsers ignore them': {
    page: {
      a: 'p { color: red } @import "none.css"; p { margin: 1px }',
      b: '@import none; @unknown; @tailwind base; @media; @import "x.css"; p { padding: 1px }',
    },
    imported: { x: 'p { color: green }' },
  },
  'escapes and case': {
    page: { a: '@IMPORT "x.css" SCREEN; @imp\\6frt url(y\\.css); p { color: red }' },
    imported: { x: 'p { margin: 1px }', y: 'p { padding: 2px }' },
  },
  'nothing, and comments': {
    page: { a: '', b: '/* only */', c: '  \n', d: '/*! license */\n@import "x.css";', e: 'p { color: red }' },
    imported: { x: '' },
  },
  'rules between comments': {
    page: {
      a: '/* first */ p { color: red } /* last */',
      b: '/* first */ @import "x.css"; /* second */\n.a { margin: 1px }\n/*# sourceMappingURL=b.css.map */',
      c: `${'/* one */ '.repeat(60)}.b { margin: 2px } /**/`,
      d: '/* first */ @import "y.css"; /*! license */ /* last */',
    },
    imported: {
      x: '/**/ .c { margin: 3px } /**/',
      y: '/* only */ @import "z.css"; /* last */',
      z: '.d { margin: 4px }',
    },
  },
};

const PROBES = 'abcdefghijklmn'
  .split('')
  .map((name) => `<p class="${name}" title="x">${name}</p>`)
  .join('');

/** In the page: what elements look like; of images, how wide they are. */
const LOOK = `Promise.all([...document.querySelectorAll('p')].map(async (element) => {
  const style = getComputedStyle(element);
  const widthOf = (url) => { const image = new Image(); image.src = url; return image.decode().then(() => image.naturalWidth, () => 'none'); };
  const images = [...style.backgroundImage.matchAll(/url\\("(.*?)"\\)/g)].map(([, url]) => widthOf(url));
  const plain = ['color', 'margin', 'padding', 'border', 'width', 'content'].map((name) => style[name]);
  return [element.className, ...plain, getComputedStyle(element, '::before').content, style.getPropertyValue('--z'), ...(await Promise.all(images))].join(' ');
}))`;

async function look(site: PackSite, path: string): Promise<string[]> {
  const guest = await visitor();
  await guest.open(site.url + path);
  const found = await guest.evaluate<string[]>(LOOK);
  guest.page.removeAllListeners();
  return found;
}

function projectOf({ page, imported, files }: Case): Project {
  const named = (texts: Record<string, string | Buffer> = {}, extension = 'css') =>
    Object.entries(texts).map(([name, text]) => [`${name}.${extension}`, text]);
  const main = Object.keys(page).map((name) => `import './${name}.css';`);
  return new Project({
    'main.js': main.join('\n'),
    ...Object.fromEntries([...named(page), ...named(imported), ...named(files, 'png')]),
  });
}

/** Both ways: links to the sources, and the pack. */
async function serveBoth(each: Case, packed: Packed): Promise<PackSite> {
  const site = await serveNothing();
  for (const [name, text] of Object.entries({ ...each.page, ...each.imported }))
    site.set(`/src/${name}.css`, text);
  for (const [name, body] of Object.entries(each.files ?? {}))
    site.set(`/src/${encodeURIComponent(name)}.png`, { body });
  const links = Object.keys(each.page).map((name) => `<link rel="stylesheet" href="/src/${name}.css">`);
  site.set('/native', htmlWithHead(links.join(''), PROBES));
  site.add(packed, '/js/');
  site.set('/', htmlWithHead(heads(packed), PROBES, ...snippets(packed)));
  return site;
}

describe('texts of styles', () => {
  afterEach(leave);

  for (const [name, each] of Object.entries(CASES)) {
    it(`mean what they mean one by one: ${name}`, async () => {
      const project = projectOf(each);
      const entry = [project.path('main.js')];
      const options = { root: project.directory, prefix: '/js/' };
      const whole = await pack(entry, options);
      const site = await serveBoth(each, whole);
      const expected = await look(site, '/native');
      expect(await look(site, '/')).to.deep.equal(expected);
      const minified = await pack(entry, options, (stream) => hush(stream).pipe(stream.minify()));
      site.add(minified, '/js/');
      expect(await look(site, '/'), 'minified').to.deep.equal(expected);
    });
  }
});
