/** What `pack.minify()` does to modules, and what it leaves alone. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { transform } from 'esbuild';
import { minify as minifyWithTerser } from 'terser';
import { objectTransform } from 'through2';
import File from 'vinyl';
import { pack as bundle, finish } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { functionsOf, minified, minifiedFiles, recorder } from './project';

const esbuild: dynapack.Minify = (code) => transform(code, { minify: true });

const terser: dynapack.Minify = (code) => minifyWithTerser(code);

const site: ProjectFiles = {
  'main.js': "import { lib } from './lib.js';\nself.result = lib(require('./part'), require('./data.json'));",
  'lib.js': 'export function lib(parameter, ...others) {\n  return [parameter.long, others];\n}',
  'part.js': 'var exported = { long: 1 };\nmodule.exports = exported;',
  'data.json': { list: [1, 2] },
};

describe('minify()', () => {
  for (const [name, minify] of Object.entries({ oxc: undefined, terser, esbuild })) {
    it(`${name}: each module is shorter, stands on a line of its own, and does what it did`, async () => {
      const plain = functionsOf((await bundle([new Project(site).path('main.js')])).bundles);
      const packed = await minifiedFiles(site, minify);
      const functions = functionsOf(packed.bundles);
      expect(Object.keys(functions)).to.have.length(Object.keys(plain).length);
      for (const [id, code] of Object.entries(functions)) {
        if (plain[id] !== undefined) expect(code.length).to.be.at.most(plain[id].length);
        const lines = (packed.bundles['main.js'] as string).split('\n');
        // Those of ES modules run at once: engines need not read them twice.
        const heads = [`${JSON.stringify(id)}:function(`, `${JSON.stringify(id)}:(function*(`];
        expect(lines.filter((line) => heads.some((head) => line.startsWith(head)))).to.have.length(1);
      }
      expect(packed.bundles['main.js']).to.not.include('parameter');
      expect((await packed.visit('main')).page.result).to.deep.equal([1, [{ list: [1, 2] }]]);
    });

    it(`${name}: an edit changes only its module`, async () => {
      const project = new Project(site);
      const before = functionsOf((await minified(project, 'main.js', minify)).bundles);
      // The letters of a file decide which names a minifier likes best.
      const letters = Array.from('zyxwvutsrq', (letter) => `exports.${letter.repeat(9)} = 1;`).join('\n');
      project.write({ 'part.js': `var exported = { long: 1 };\n${letters}\nmodule.exports = exported;` });
      const after = functionsOf((await minified(project, 'main.js', minify)).bundles);
      const changed = Object.keys(after).filter((id) => after[id] !== before[id]);
      expect(changed).to.have.length(1);
      expect(Object.keys(after)).to.deep.equal(Object.keys(before));
    });
  }

  it('hands out short names that do not depend on the letters of a module', async () => {
    const letters = Array.from('zyxwvutsrq', (letter) => `self.${letter.repeat(30)}`).join(', ');
    const code = 'function long1(long2, long3) { return [long2, long3, long1]; } self.result = long1;';
    const build = async (more: string) =>
      functionsOf((await minifiedFiles({ 'main.js': `${code} self.more = [${more}];` })).bundles);
    const texts = [await build(''), await build(letters)].flatMap((functions) => Object.values(functions));
    const [first, second] = texts.map((text) => text.slice(0, text.indexOf('.more')));
    expect(second).to.equal(first);
  });

  it('hands out short names where methods are called as a statement is', async () => {
    const code = `class A { with(long1) { return long1; } static with() { return new A(); } }
      const long2 = { with(long3) { return long3; }, async with2() {} }; exports.x = [A.with().with(1), long2.with(2)];`;
    const [text] = Object.values(functionsOf((await minifiedFiles({ 'main.js': code })).bundles));
    expect(text).to.not.match(/long\d/);
  });

  it('asks for a script, and tells id and path', async () => {
    const { calls, minify } = recorder();
    const project = new Project(site);
    const { metadata } = await minified(project, 'main.js', minify);
    const paths = Object.fromEntries(calls.map(({ module, path }) => [module, path]));
    expect(paths).to.deep.equal(metadata.modules);
    const codeOf = (name: string) => calls.find(({ path }) => path === project.path(name))?.code;
    expect(codeOf('part.js')).to.match(/^_=function\(require,module,exports\)\{\nvar exported/);
    expect(codeOf('lib.js')).to.match(/^_=function\*\(\)\{"use strict";yield/);
    for (const { code } of calls) expect(() => new Function(code)).to.not.throw();
  });

  for (const [name, wrap] of Object.entries<(code: string) => ReturnType<dynapack.Minify>>({
    'a text': (code) => code,
    'a promise of a text': async (code) => code,
    'an object': (code) => ({ code }),
    'a promise of an object with a map that nobody wants': async (code) => ({ code, map: 'no map' }),
    'a semicolon and spaces': (code) => `  _  =\t${code.slice(2)} ;\n\n`,
  })) {
    it(`takes ${name}`, async () => {
      const packed = await minifiedFiles(site, (code) => wrap(code.replace('long: 1', 'long:5')));
      expect((await packed.visit('main')).page.result).to.deep.equal([5, [{ list: [1, 2] }]]);
    });
  }

  const sources: Record<string, [source: string, result: unknown]> = {
    nothing: ['', undefined],
    'a comment alone': ['// nothing', undefined],
    'directives in CommonJS': [
      '"use strict"; self.result = (function () { return this === undefined; })();',
      true,
    ],
    'sloppy code': [
      'self.result = [(function () { return this === self; })(), delete module.x];',
      [true, true],
    ],
    'this and arguments': [
      'self.result = [this === exports, arguments.length, (() => arguments[1] === module)()];',
      [true, 3, true],
    ],
    eval: ['var longName = 3; self.result = eval("longName + (typeof require).length");', 11],
    with: ['var o = { longName: 2 }; with (o) { self.result = longName; }', 2],
    'texts of scripts, and characters of every kind': [
      'self.result = ["</script><!--", "é😀\\u2028", "\\ud800x\\udc00", `a\n${1}\\``, /[/\\]]/.source];',
      ['</script><!--', 'é😀\u2028', '\ud800x\udc00', 'a\n1`', '[/\\]]'],
    ],
    'numbers and a property __proto__': [
      'self.result = [1e21, -0, 0.1 + 0.2, 0xff, Object.keys({ ["__proto__"]: 1, "a-b": 2 })];',
      [1e21, -0, 0.1 + 0.2, 255, ['__proto__', 'a-b']],
    ],
    'functions in blocks': [
      'if (true) { function declared() { return 1; } } self.result = typeof declared;',
      'function',
    ],
    'a function without a block in an if, which a let stands beside': [
      'let declared = 1; if (true) function declared() { return declared; } self.result = declared;',
      1,
    ],
    'a function without a block in an else': [
      'var long = typeof other; if (long === "function") ; else function other() { return 2; } self.result = [long, other()];',
      ['undefined', 2],
    ],
    'var in a catch clause that is in one of the same name': [
      'var all = []; try { throw 1; } catch (x) { try { throw 2; } catch (x) { all.push(x); var x = 3; all.push(x); } all.push(x); } self.result = [...all, x];',
      [2, 3, 1, undefined],
    ],
    'the same in an ES module': [
      'export const all = []; try { throw 1; } catch (x) { try { throw 2; } catch (x) { all.push(x); for (var x = 0; x < 1; x++) all.push(x); } all.push(x); } self.result = [...all, x];',
      [2, 0, 1, undefined],
    ],
    'the same behind a slash that may be anything': [
      'export const all = []; if (all) {} /{/.test("{"); try { throw 1; } catch (x) { try { throw 2; } catch (x) { var x = 3; all.push(x); } all.push(x); } self.result = [...all, x];',
      [3, 1, undefined],
    ],
    'await at the top': ['export const x = await Promise.resolve(4); self.result = x;', 4],
    'names that minifiers like': [
      'var _ = 1, a = 2, e = 3; self.result = [_, a, e, typeof _$];',
      [1, 2, 3, 'undefined'],
    ],
  };
  for (const [name, [source, result]] of Object.entries(sources)) {
    it(`keeps what the module does: ${name}`, async () => {
      for (const minify of [undefined, esbuild]) {
        const isSloppy = name === 'with' && minify !== undefined;
        const packed = await minifiedFiles({ 'main.js': source }, isSloppy ? recorder().minify : minify);
        expect((await packed.visit('main')).page.result).to.deep.equal(result);
      }
    });
  }

  it('keeps the values of JSON', async () => {
    const data = '{"__proto__":{"x":1},"a":[1e400,-0,1.50,"\\ud800</script>\\u2028"],"":null}';
    const files = { 'main.js': "self.result = JSON.stringify(require('./data.json'));", 'data.json': data };
    const { page } = await (await minifiedFiles(files)).visit('main');
    expect(page.result).to.equal(JSON.stringify(JSON.parse(data)));
  });

  it('keeps a module with more names than there are short ones of two letters', async () => {
    const count = 4_000;
    const names = Array.from({ length: count }, (_, index) => `long${index}`);
    const functions = names.map(
      (name, index) => `function ${name}() { return ${index} + (this ? 0 : ${name}()); }`,
    );
    const source = `${functions.join('\n')}\nself.result = [${names.join()}].map((each) => each.call(1));`;
    const { page } = await (await minifiedFiles({ 'main.js': source })).visit('main');
    expect(page.result).to.deep.equal(names.map((_, index) => index));
  });

  it('keeps a module of a megabyte', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `list.push("${index}", function () { return ${index}; });`,
    );
    const files = { 'main.js': `var list = self.result = [];\n${lines.join('\n')}` };
    const { page } = await (await minifiedFiles(files)).visit('main');
    expect(page.result).to.have.length(40_000);
    expect(page.result[39_999]()).to.equal(19_999);
  });

  it('keeps comments with licences', async () => {
    const comments = [
      '/*! kept 1 */',
      '// dropped 1',
      '/**! dropped 3 */',
      '/** @license kept 2 */',
      '/* dropped 2 */',
    ];
    const source = `${comments.join('\n')}\nself.result = 1;\n/*! kept 3 */`;
    const { bundles } = await minifiedFiles({ 'main.js': `${source}\nself.y = 2;` });
    expect(bundles['main.js']?.match(/(?:kept|dropped) \d/g)).to.deep.equal(['kept 1', 'kept 2', 'kept 3']);
  });

  it('minifies one bundle per module', async () => {
    const packed = await minifiedFiles(site, undefined, { debug: true });
    expect(Object.keys(packed.bundles).length).to.be.greaterThan(4);
    for (const text of Object.values(packed.bundles)) expect(text).to.not.include('parameter');
    expect((await packed.visit('main')).page.result).to.deep.equal([1, [{ list: [1, 2] }]]);
  });

  it('gives the same on every run', async () => {
    const project = new Project(site);
    const [first, second] = [await minified(project, 'main.js'), await minified(project, 'main.js')];
    expect(first.bundles).to.deep.equal(second.bundles);
  });

  it('passes on everything else, and bundles that were renamed', async () => {
    const project = new Project(site);
    const [pack, other] = [dynapack({ root: project.directory, loader: 'file' }), dynapack()];
    const { bundles: others, files: otherFiles } = await finish(other.end(project.path('part.js')));
    const stray = new File({ path: project.path('style.css'), contents: Buffer.from('a { b: c }') });
    const rename = objectTransform((file: File, _encoding, callback) => {
      file.stem += '.min';
      callback(null, file);
    });
    const { calls, minify } = recorder();
    const last = pack.pipe(rename).pipe(pack.minify(minify));
    for (const file of [stray, ...otherFiles]) last.write(file);
    pack.end(project.path('main.js'));
    const names: Record<string, File> = {};
    for await (const file of last as AsyncIterable<File>) names[file.basename] = file;
    expect(Object.keys(names).sort()).to.deep.equal([
      'dynapack-loader.min.js',
      'main.min.js',
      'part.js',
      'style.css',
    ]);
    expect(String(names['style.css']?.contents)).to.equal('a { b: c }');
    expect(String(names['part.js']?.contents)).to.equal(others['part.js']);
    expect(String(names['main.min.js']?.contents)).to.not.include('  return');
    for (const { code } of calls) expect(code).to.not.include('currentScript');
  });

  it('tells how long it took', async () => {
    const pack = dynapack({ root: new Project(site).directory });
    const phases: string[] = [];
    pack.on('log', (event) => event.type === 'timing' && phases.push(event.phase));
    const project = new Project(site);
    await finish(pack.end(project.path('main.js')), undefined, pack.pipe(pack.minify(recorder().minify)));
    expect(phases.at(-1)).to.equal('minify');
  });
});
