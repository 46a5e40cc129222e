/** Images, fonts and other files, in pages: each is where its URL says, byte for byte. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { hush, type Packed, pack } from '../helpers/pack';
import { Project } from '../helpers/project';
import { leave, type PackSite, serve, visit } from '../pages/pages';
import { addWasm, png, randomBytes } from './files';

const FONT = randomBytes(3000, 1);
const VIDEO = randomBytes(5000, 2);

const FILES = {
  'src/main.js': `import logo from './logo.png'; import wasm from './add.wasm'; import text from './note.md?raw';
    import data from './data.json?url'; import small from './small.png?inline';
    const font = require('./fonts/body.woff2');
    const video = new URL('../media/a film.mp4#t=1', import.meta.url);
    self.urls = { logo, wasm, data, small, font, video: video.href }; self.text = text;
    offer('later', (callback) => import('./later.js').then((found) => callback(null, found.later), callback));
    log.push('main');`,
  'src/later.js': "import pic from './pic.svg'; export const later = pic;",
  'src/logo.png': png(3),
  'src/small.png': png(5),
  'src/pic.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="1"/>',
  'src/add.wasm': addWasm,
  'src/note.md': 'Ünïcode\n',
  'src/data.json': { x: 1 },
  'src/fonts/body.woff2': FONT,
  'media/a film.mp4': VIDEO,
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** In the page: what is at a URL. */
const HASH = `async (url) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', await (await fetch(url)).arrayBuffer())),
  (byte) => byte.toString(16).padStart(2, '0')).join('')`;

const WIDTH =
  '(url) => { const image = new Image(); image.src = url; return image.decode().then(() => image.naturalWidth); }';

const SETTINGS: Record<string, dynapack.Options> = {
  'as they are': {},
  'with debug': { debug: true },
  'with a relative prefix': { prefix: 'js/' },
  'with the loader in a file': { loader: 'file' },
  'with updates': { updates: 'page' },
};

async function packProject(options: dynapack.Options, isMinified: boolean): Promise<Packed> {
  const project = new Project(FILES);
  const all = { prefix: '/js/', root: project.directory, ...options };
  return pack([project.path('src/main.js')], all, (stream) =>
    isMinified ? hush(stream).pipe(stream.minify()) : stream,
  );
}

async function expectFiles(site: PackSite): Promise<void> {
  const guest = await visit(site, 'main');
  const at = (name: string, script: string) => guest.evaluate(`(${script})(urls.${name})`);
  expect(await at('logo', WIDTH)).to.equal(3);
  expect(await at('small', WIDTH)).to.equal(5);
  expect(await at('font', HASH)).to.equal(sha256(FONT));
  expect(await at('video', HASH)).to.equal(sha256(VIDEO));
  expect(await guest.evaluate('urls.video')).to.match(/^http:.*\/assets\/media\/a%20film\.mp4#t=1$/);
  expect(await guest.evaluate('fetch(urls.data).then((response) => response.json())')).to.deep.equal({
    x: 1,
  });
  const sum =
    'WebAssembly.instantiateStreaming(fetch(urls.wasm)).then((all) => all.instance.exports.add(2, 3))';
  expect(await guest.evaluate(sum)).to.equal(5);
  expect(await guest.evaluate('text')).to.equal('Ünïcode\n');
  const [later] = await guest.ask('later');
  expect(await guest.evaluate(`(${WIDTH})(${JSON.stringify(later)})`)).to.equal(7);
  expect(guest.uncaught).to.deep.equal([]);
  expect(guest.complaints).to.deep.equal([]);
}

describe('files that pages ask for by URL', () => {
  afterEach(leave);

  for (const [name, options] of Object.entries(SETTINGS)) {
    for (const isMinified of options.debug ? [false] : [false, true]) {
      it(`are there ${name}${isMinified ? ', minified' : ''}`, async () => {
        const packed = await packProject(options, isMinified);
        expect(Object.keys(packed.assets).sort()).to.deep.equal([
          'assets/media/a film.mp4',
          'assets/src/add.wasm',
          'assets/src/data.json',
          'assets/src/fonts/body.woff2',
          'assets/src/logo.png',
          'assets/src/pic.svg',
        ]);
        // The updating loader asks the browser's cache for what tags have brought.
        const bundle = { headers: { 'cache-control': 'max-age=600' } };
        await expectFiles(await serve(packed, { prefix: '/js/', bundle }));
      });
    }
  }

  it('are on the host of the bundles', async () => {
    const host = await serve(await packProject({}, false), { prefix: '/js/' });
    const packed = await packProject({ prefix: `${host.url}/js/` }, false);
    const page = await serve(packed, { prefix: '/nowhere/' });
    const guest = await visit(page, 'main');
    expect(await guest.evaluate('urls.logo')).to.equal(`${host.url}/js/assets/src/logo.png`);
    expect(await guest.evaluate(`(${WIDTH})(urls.logo)`)).to.equal(3);
    expect(await guest.evaluate('urls.video')).to.equal(`${host.url}/js/assets/media/a%20film.mp4#t=1`);
  });

  it('are those of each pack on a page', async () => {
    const one = new Project({ 'a.js': "self.a = require('./x.png'); log.push('a');", 'x.png': png(1) });
    const two = new Project({ 'b.js': "self.b = require('./x.png'); log.push('b');", 'x.png': png(2) });
    const packs = [
      await pack([one.path('a.js')], { root: one.directory, prefix: '/one/' }),
      await pack([two.path('b.js')], { root: two.directory, prefix: '/two/', name: 'two' }),
    ] as const;
    const site = await serve(packs[0], { prefix: '/one/' });
    site.add(packs[1], '/two/');
    const scripts = [packs[0].scripts['a.html'], packs[1].scripts['b.html']].join('');
    site.set('/', `<!doctype html><meta charset="utf-8">${scripts}`);
    const guest = await visit(site, 'a', 'b');
    expect(await guest.evaluate(`Promise.all([a, b].map(${WIDTH}))`)).to.deep.equal([1, 2]);
  });

  it('are part of the bundles where they are small, if that is asked for', async () => {
    const project = new Project({
      'main.js': `import small from './small.png'; import large from './large.png';
        self.found = [small, large, new URL('./small.png', import.meta.url).href]; log.push('main');`,
      'small.png': png(4),
      'large.png': Buffer.concat([png(6), Buffer.alloc(1000)]),
    });
    const packed = await pack([project.path('main.js')], { root: project.directory, inline: 1000 });
    expect(Object.keys(packed.assets)).to.deep.equal(['assets/large.png']);
    const guest = await visit(await serve(packed), 'main');
    expect(await guest.evaluate(`Promise.all(found.map(${WIDTH}))`)).to.deep.equal([4, 6, 4]);
    expect(await guest.evaluate('found[0] === found[2]')).to.equal(true);
  });
});
