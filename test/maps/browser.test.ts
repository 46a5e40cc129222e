/**
 * Errors thrown in Chromium, by bundles that real gulp has built and written with their maps: each frame of their stacks
 * leads to where the sources say `@name:frame`, line and column.
 */
import { basename } from 'node:path';
import { expect } from 'chai';
import { runGulp } from '../api/projects';
import { launch } from '../helpers/chromium';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { type Site, startSite } from '../helpers/site';
import { linesOf, type Place, placeAt, Traced } from './trace';

type Original = Place & { source: string };

const sources: ProjectFiles = {
  'src/pages/main.js': `// The page
var stacks = (self.stacks = {}), add = function (name, error) { stacks[name] = error.stack; };
function record(name, run) { try { run(); } catch (error) { add(name, error); } }
record('top', function () { /*@top:1*/require('../top'); });
record('nested', function () { require('../nested.js')./*@nested:3*/outer(process.env.NODE_ENV); });
record('minified', function () { require('vendor')./*@minified:2*/go({}); });
record('json', function () { return require('../data.json').list[0]/*@json:0*/.missing; });
import('../lazy.mjs').then(function (lazy) {
  record('imported', function () { lazy./*@imported:2*/callImported(1); });
  record('value', () => lazy./*@value:1*/useValue());
  record('anonymous', () => lazy.default/*@anonymous:1*/());
  return lazy.later.catch((error) => add('later', error));
}).then(() => import('../waiting.mjs')).catch((error) => add('waiting', error)).then(() => { self.isDone = true; });
`,
  'src/top.js': `'use strict';\r\n\tvar before = "😀"; if (before) { throw /*@top:0*/new Error('top'); }\r\n`,
  'src/nested.js': `exports.outer = function (mode) {
  const inner = (value) => {
    if (value) throw /*@nested:0*/new TypeError(\`\${value}
      over two lines\`);
  };
  return [require('./data.json')]./*@nested:2*/map(() => /*@nested:1*/inner(mode));
};`,
  'src/data.json': '{ "list": [] }',
  'src/lazy.mjs': `import { fail, missing as renamed } from './fail.mjs'; import * as all from './fail.mjs';
export function callImported(x) { return x ? all.one + /*@imported:1*/fail(x, { renamed }) : 0; }
export const useValue = () => { const { one } = all; return one + renamed./*@value:0*/deeper; };
export default function () { return [1].concat(0, null./*@anonymous:0*/x); }
const wait = (time) => new Promise((done) => setTimeout(done, time));
export const later = wait(1).then(() => { throw /*@later:0*/new RangeError(import.meta.url + fail); });
`,
  'src/fail.mjs': `export let one = 1, missing;
export function fail(x, y) { throw x && y ? /*@imported:0*/new Error('imported') : 0; }`,
  'src/waiting.mjs': `const two = await 2, three = (await import('./fail.mjs')).one;
for await (const each of [two]) { if (each === two) { throw /*@waiting:0*/new Error('waiting ' + three); } }`,
  'node_modules/vendor/index.js':
    '!function(){var e=require("./other"),n=1;exports.go=function(t){return n?function(){return e+t.x./*@minified:0*/y}/*@minified:1*/():t}}();',
  'node_modules/vendor/other.js': 'module.exports=2',
};

/** The same program in TypeScript, but for its page; what modules have of their own stands one line lower in some. */
function toTypeScript(files: ProjectFiles): ProjectFiles {
  const typed = Object.entries(files).map(([name, text]) => {
    const linked = String(text).replace(/(\.\.?\/(?:lazy|waiting|fail|nested))\.(m?)js/g, '$1.$2ts');
    if (!/^src\/\w+\.m?js$/.test(name)) return [name, linked];
    const types = name.endsWith('.mjs') ? 'interface Point<T> { x: T }\ntype Name = `a${string}`; ' : '';
    return [name.replace(/js$/, 'ts'), types + linked.replace('const two =', 'const two: number =')];
  });
  return Object.fromEntries(typed);
}

/** What a frame should lead to: by name, then by frame. */
function expectedPlaces(files: ProjectFiles): Map<string, Original> {
  const places = new Map<string, Original>();
  for (const [source, text] of Object.entries(files)) {
    for (const { 0: mark, 1: name, index } of String(text).matchAll(/\/\*@(\w+:\d)\*\//g)) {
      places.set(name as string, { source, ...placeAt(String(text), index + mark.length) });
    }
  }
  return places;
}

/** Terser's maps mention names, but not the parentheses and dots that V8 names in some expressions. */
const isName = ({ source, line, column }: Original): boolean =>
  /^\w/.test(linesOf(String(sources[source]))[line - 1]?.slice(column) ?? '');

/** A bundle with the map that it names. */
function readTraced(files: Record<string, string>, name: string): Traced {
  const text = files[name] as string;
  const [comment, ...others] = text.match(/\/\/# sourceMappingURL=\S*/g) ?? [];
  expect(others).to.deep.equal([]);
  const url = (comment as string).slice('//# sourceMappingURL='.length);
  const [, data] = /^data:application\/json;.*base64,(.*)$/.exec(url) ?? [];
  if (data === undefined) expect(url).to.equal(`${basename(name)}.map`);
  const json = data === undefined ? (files[`${name}.map`] as string) : String(Buffer.from(data, 'base64'));
  return new Traced(text, JSON.parse(json));
}

/** The frames of a stack that are in bundles. */
function framesOf(stack: string): { bundle: string; line: number; column: number }[] {
  const frames = [...stack.matchAll(/\/js\/([^:)\s]+):(\d+):(\d+)/g)];
  return frames.map(([, bundle, line, column]) => ({
    bundle: bundle as string,
    line: Number(line),
    column: Number(column) - 1,
  }));
}

describe('maps: errors in Chromium', function () {
  this.timeout(60_000);
  let site: Site | undefined;
  afterEach(() => site?.close());

  /** Builds with a task of these statements, opens the page and gives its stacks by name. */
  async function open(
    files: ProjectFiles,
    body: string,
  ): Promise<{ js: Record<string, string>; stacks: Map<string, string> }> {
    const packages = [
      'gulp',
      'gulp-rename',
      'gulp-rev',
      'gulp-terser',
      'terser',
      'through2',
      'esbuild',
      'dynapack',
    ];
    const project = new Project({
      ...files,
      'gulpfile.js': `const { src, dest } = require('gulp'); const dynapack = require('dynapack');
        const rename = require('gulp-rename'), rev = require('gulp-rev').default, terser = require('gulp-terser');
        const { objectTransform } = require('through2'), esbuild = require('esbuild');
        exports.scripts = () => { ${body} };`,
    }).link(...packages);
    await runGulp(project);
    const js = readFiles(project.path('public/js'));
    site = await startSite({ '/': readFiles(project.path('views'))['main.html'] as string });
    for (const [name, text] of Object.entries(js)) site.set(`/js/${name}`, text);
    const page = await (await launch()).newPage();
    await page.goto(site.url);
    await page.waitForFunction('self.isDone');
    const stacks = (await page.evaluate('self.stacks')) as Record<string, string>;
    await page.close();
    return { js, stacks: new Map(Object.entries(stacks)) };
  }

  /** Every marked frame leads to its mark. */
  function expectFrames(
    { js, stacks }: Awaited<ReturnType<typeof open>>,
    files: ProjectFiles,
    accepts: (place: Original) => boolean = () => true,
  ): void {
    const found = new Map<string, unknown>();
    const expected = [...expectedPlaces(files)].filter(([, place]) => accepts(place));
    for (const [name] of expected) {
      const [error, frame] = name.split(':') as [string, string];
      const place = framesOf(stacks.get(error) ?? '')[Number(frame)];
      expect(place, `${name} in ${stacks.get(error)}`).to.be.an('object');
      const { source, line, column } = readTraced(js, place?.bundle as string).original(
        place as { bundle: string; line: number; column: number },
      );
      found.set(name, { source, line, column });
    }
    expect(Object.fromEntries(found)).to.deep.equal(Object.fromEntries(expected));
    expect(expected.length).to.be.greaterThan(8);
  }

  const scripts = ".pipe(pack.scripts()).pipe(dest('views'));";
  const start =
    "const pack = dynapack({ prefix: '/js/' }); return src('src/pages/*.js', { sourcemaps: true }).pipe(pack)";

  it('lead to their sources', async () => {
    const built = await open(sources, `${start}.pipe(dest('public/js', { sourcemaps: '.' }))${scripts}`);
    expectFrames(built, sources);
  });

  it('lead to their sources through maps inside of the bundles', async () => {
    const built = await open(sources, `${start}.pipe(dest('public/js', { sourcemaps: true }))${scripts}`);
    expect(Object.keys(built.js).filter((name) => name.endsWith('.map'))).to.deep.equal([]);
    expectFrames(built, sources);
  });

  it('lead to their sources in one bundle per module', async () => {
    const debug = start
      .replace('{ prefix', '{ debug: true, sourcemaps: true, prefix')
      .replace(', { sourcemaps: true })', ')');
    const built = await open(sources, `${debug}.pipe(dest('public/js', { sourcemaps: '.' }))${scripts}`);
    expectFrames(built, sources);
  });

  it('lead to their sources through gulp-terser, gulp-rename and gulp-rev', async () => {
    const minify = '.pipe(terser({ compress: { inline: false, reduce_vars: false } }))';
    const built = await open(
      sources,
      `${start}${minify}.pipe(rename({ suffix: '.min' })).pipe(rev()).pipe(dest('public/js', { sourcemaps: '.' }))${scripts}`,
    );
    for (const name of Object.keys(built.js)) expect(name).to.match(/-[0-9a-f]{10}\.min\.js(\.map)?$/);
    expectFrames(built, sources, isName);
  });

  it('lead to their sources through pack.minify(), gulp-rename and gulp-rev', async () => {
    const minify = `pack.minify((code) => require('terser').minify(code, {
      compress: { inline: false, reduce_vars: false }, sourceMap: { asObject: true } }))`;
    const built = await open(
      sources,
      `${start}.pipe(${minify}).pipe(rename({ suffix: '.min' })).pipe(rev()).pipe(dest('public/js', { sourcemaps: '.' }))${scripts}`,
    );
    expectFrames(built, sources, isName);
  });

  it('lead to TypeScript through esbuild, minified before and after', async () => {
    const typed = toTypeScript(sources);
    const transform = `objectTransform(async (file) => {
      if (!/ts$/.test(file.extname)) return file;
      const { code, map } = await esbuild.transform(String(file.contents), {
        sourcefile: file.relative, sourcemap: true, loader: 'ts', minify: true, target: 'esnext' });
      file.contents = Buffer.from(code);
      file.sourceMap = JSON.parse(map);
      file.extname = file.extname.replace('ts', 'js');
      return file;
    })`;
    const built = await open(
      typed,
      `const pack = dynapack({ prefix: '/js/', resolve: { extensions: ['.ts', '.js'] } });
       pack.deps().pipe(${transform}).pipe(pack.mods());
       return src('src/pages/*.js', { sourcemaps: true }).pipe(pack).pipe(dest('public/js', { sourcemaps: '.' }))${scripts}`,
    );
    expectFrames(built, typed);
  });
});
