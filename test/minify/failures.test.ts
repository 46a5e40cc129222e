/** How `pack.minify()` fails. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { transform } from 'esbuild';
import { minify as terser } from 'terser';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { oxcMinifier } from '../../lib/minify/oxc';
import { failure, finish } from '../helpers/pack';
import { Project } from '../helpers/project';
import { minifiedFiles } from './project';

const fail = (files: Record<string, string>, minify?: dynapack.Minify, options?: dynapack.Options) =>
  failure(minifiedFiles(files, minify, options));

const main = { 'main.js': 'self.result = 1;' };

describe('minify() fails', () => {
  for (const [name, spoil] of Object.entries<(code: string) => unknown>({
    nothing: () => undefined,
    'an empty text': () => '',
    'a number': () => 1,
    'an object without code': () => ({ map: {} }),
    'the function alone': (code) => code.slice(2),
    'a wrapper': (code) => `(()=>{${code}})()`,
    'a helper before': (code) => `var helper;${code}`,
    'a helper behind': (code) => `${code};var helper`,
    'a second value': (code) => `${code},a`,
    'a second property': (code) => `${code},a:1`,
    'a comment behind': (code) => `${code}//# sourceMappingURL=a.map`,
    'no JavaScript': (code) => `${code}}`,
  })) {
    it(`when it is given ${name}`, async () => {
      const error = await fail(main, (code) => spoil(code) as string);
      expect(error.code).to.equal('MINIFIER_RESULT');
      expect(error.fileName).to.match(/main\.js$/);
      expect(error.hint).to.include('_=function');
    });
  }

  const source = 'var a;\nimport("./later.js"); /* @ */ refused(a);\n';
  const at = {
    fileName: /main\.js$/,
    lineNumber: 2,
    columnNumber: source.split('\n')[1]?.indexOf('refused'),
  };
  for (const [name, failing] of Object.entries<(line: number, column: number) => object>({
    'line and col': (line, col) => ({ line, col }),
    loc: (line, column) => ({ loc: { line, column } }),
    'errors with locations': (line, column) => ({ errors: [{ location: { line, column } }] }),
  })) {
    it(`at the place in the source that ${name} tell`, async () => {
      const error = await fail({ 'main.js': source, 'later.js': '' }, (code, { path }) => {
        if (!path.endsWith('main.js')) return code;
        const before = code.slice(0, code.indexOf('refused')).split('\n');
        const place = failing(before.length, (before.at(-1) as string).length);
        throw Object.assign(new Error('not today'), place);
      });
      expect(error.code).to.equal('MINIFICATION_FAILED');
      expect(error.message).to.equal('cannot minify: not today');
      expect(error.fileName).to.match(at.fileName);
      expect([error.lineNumber, error.columnNumber]).to.deep.equal([2, (at.columnNumber as number) + 1]);
      expect(error.frame).to.include('> 2 | import("./later.js"); /* @ */ refused(a);');
    });
  }

  it('at a module that shares its function with others', async () => {
    const files = {
      'main.js': "import { b } from './b.js';\nself.result = b;",
      'b.js': "import { a } from './a.js';\n\nexport const b = () => { if (a) { return 1; } };",
      'a.js': 'export const a = {};',
    };
    const refuse: dynapack.Minify = (code) => {
      const at = code.indexOf('if (a)');
      if (at < 0) return code;
      const lines = code.slice(0, at).split('\n');
      throw Object.assign(new Error('not today'), { line: lines.length, col: lines.at(-1)?.length });
    };
    const error = await fail(files, refuse);
    expect(error.fileName).to.match(/b\.js$/);
    expect([error.lineNumber, error.columnNumber]).to.deep.equal([3, 26]);
  });

  it('at the file, where no place is told', async () => {
    const error = await fail(main, () => Promise.reject('just so'));
    expect(error.message).to.equal('cannot minify: just so');
    expect(error.fileName).to.match(/main\.js$/);
    expect(error.lineNumber).to.equal(undefined);
  });

  it('where esbuild fails', async () => {
    const error = await fail({ 'main.js': '\n\nwith (self) { result = 1; }' }, (code) =>
      transform(code, { format: 'esm' }),
    );
    expect([error.code, error.lineNumber]).to.deep.equal(['MINIFICATION_FAILED', 3]);
  });

  it('where terser does not know the syntax', async () => {
    // A name that terser 5 takes for the beginning of an async function.
    const source = '\n var async = Object;\nclass A extends async { read() {} }';
    const error = await fail({ 'main.js': source }, (code) => terser(code));
    expect([error.code, error.lineNumber]).to.deep.equal(['MINIFICATION_FAILED', 3]);
    expect(error.message).to.match(/^cannot minify: Unexpected token/);
  });

  it('at a place that oxc tells in bytes', async () => {
    const code = '_=function(){var é="😀";\nf("é😀", 1 2)}';
    const error = await failure(
      Promise.resolve(oxcMinifier(false).minify(code, { module: 'x', path: 'x.js' }, false)),
    );
    expect(error).to.include({ line: 2, col: code.split('\n')[1]?.indexOf('2)') });
  });

  it('of the same module, however long each takes', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `m${index}.js`);
    const requires = names.map((name) => `require('./${name}');`).join('\n');
    const files = { 'main.js': requires, ...Object.fromEntries(names.map((name) => [name, 'var x;'])) };
    const run = () =>
      fail(files, async (code, { path }) => {
        await sleep(Math.random() * 4);
        if (/m\d+\.js$/.test(path)) throw new Error(path.replace(/.*\//, ''));
        return code;
      });
    const messages = [await run(), await run(), await run()].map(({ message }) => message);
    expect(new Set(messages)).to.have.property('size', 1);
  });

  it('when a bundle was changed before', async () => {
    const pack = dynapack({ root: new Project(main).directory });
    const project = new Project(main);
    const banner = objectTransform((file: File, _encoding, callback) => {
      file.contents = Buffer.concat([Buffer.from('// banner\n'), file.contents as Buffer]);
      callback(null, file);
    });
    const last = pack.pipe(banner).pipe(pack.minify());
    const error = await failure(finish(pack.end(project.path('main.js')), undefined, last));
    expect(error.code).to.equal('BUNDLE_CHANGED');
    expect(error.message).to.include("'main.js'");
    expect(error.hint).to.include('first');
  });

  it('when it is given what is no function', () => {
    const pack = dynapack();
    expect(() => pack.minify('terser' as unknown as dynapack.Minify))
      .to.throw(dynapack.DynapackError)
      .with.property('code', 'INVALID_MINIFIER');
  });

  for (const [options, code, told] of [
    [{ mangle: false }, 'UNKNOWN_OPTION', 'terser.minify(code, options)'],
    [{ keep_fnames: true }, 'UNKNOWN_OPTION', "'keepNames'"],
    [{ keepName: true }, 'UNKNOWN_OPTION', "'keepNames'"],
    [{ keepNames: 'yes' }, 'INVALID_OPTION', 'a boolean'],
    [null, 'INVALID_OPTION', '{ keepNames: true }'],
  ] as const)
    it(`when it is given ${JSON.stringify(options)}`, () => {
      const pack = dynapack();
      const asIs = (code: string) => ({ code });
      const given = options as unknown as dynapack.MinifyOptions;
      for (const call of [() => pack.minify(given), () => pack.minify(asIs, given ?? 1)])
        expect(call)
          .to.throw(dynapack.DynapackError)
          .that.satisfies(
            (error: dynapack.DynapackError) =>
              error.code === code && `${error.message} ${error.hint}`.includes(told),
          );
    });

  it('when it is given something behind options', () => {
    const pack = dynapack();
    const minify = pack.minify.bind(pack) as (...given: unknown[]) => unknown;
    for (const second of [(code: string) => ({ code }), { keepNames: true }, null])
      expect(() => minify({ keepNames: false }, second))
        .to.throw(dynapack.DynapackError, 'behind its options')
        .with.property('code', 'INVALID_OPTION');
    expect(() => minify((code: string) => ({ code }), null))
      .to.throw(dynapack.DynapackError)
      .with.property('code', 'INVALID_OPTION');
  });

  it('with its pack', async () => {
    const error = await fail({ 'main.js': 'var = ;' });
    expect(error.code).to.equal('SYNTAX_ERROR');
  });

  it('and so do all streams of its pack', async () => {
    const project = new Project(main);
    const pack = dynapack({ root: project.directory });
    const scripts = pack.scripts();
    const minify = pack.minify(() => {
      throw new Error('no');
    });
    const failed = failure(new Promise((_, reject) => scripts.on('error', reject)));
    pack.pipe(minify).on('error', () => undefined);
    pack.end(project.path('main.js'));
    expect((await failed).code).to.equal('MINIFICATION_FAILED');
  });
});
