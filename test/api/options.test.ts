import { expect } from 'chai';
import dynapack from 'dynapack';

describe('options', () => {
  const misspelt: Record<string, string> = {
    prefx: 'prefix',
    debg: 'debug',
    splits: 'split',
    dinamic: 'dynamic',
    builtin: 'builtins',
    envs: 'env',
    roots: 'root',
    resolv: 'resolve',
    externals: 'external',
    parse: 'parser',
    loaders: 'loader',
    update: 'updates',
    workers: 'worker',
    standAlone: 'standalone',
    libraries: 'library',
    names: 'name',
    budget: 'budgets',
    timeOut: 'timeout',
    Prefix: 'prefix',
  };
  for (const [wrong, right] of Object.entries(misspelt)) {
    it(`'${wrong}' is taken for a misspelt '${right}'`, () => {
      const call = (): unknown => dynapack({ [wrong]: 1 } as dynapack.Options);
      const error = thrown(call);
      expect(error).to.include({ code: 'UNKNOWN_OPTION', message: `dynapack(): unknown option '${wrong}'` });
      expect(error.hint).to.include(`'${right}'`);
      expect(thrown(() => new dynapack({ [wrong]: 1 } as dynapack.Options)).code).to.equal('UNKNOWN_OPTION');
    });
  }

  it('what other bundlers have as an option is answered with what does it', () => {
    const hintOf = (name: string) => thrown(() => dynapack({ [name]: true } as dynapack.Options)).hint;
    expect(hintOf('minify')).to.include('pack.pipe(pack.minify())');
    expect(hintOf('output')).to.include("pack.pipe(dest('public/js'))");
    expect(hintOf('entry')).to.include('.pipe(pack)');
  });

  it('a wrong option names the call', () => {
    const pack = dynapack();
    const messageOf = (call: () => unknown) => thrown(call).message;
    expect(messageOf(() => pack.scripts({ mode: 'asinc' } as never))).to.match(
      /^scripts\(\): option 'mode' must be /,
    );
    expect(messageOf(() => pack.patches({ release: 'r' } as never))).to.equal(
      "patches(): unknown option 'release'",
    );
    expect(messageOf(() => dynapack({ resolve: { aliases: {} } } as never))).to.equal(
      "dynapack(): unknown option 'resolve.aliases'",
    );
    const error = thrown(() => pack.patches(undefined as never));
    expect(error.toString()).to.include('patches(): options must be an object').and.include('releases');
  });

  it('a name like no other is answered with all names', () => {
    const { hint } = thrown(() => dynapack({ sourceTypeOfEverything: 1 } as dynapack.Options));
    for (const name of [
      'prefix',
      'debug',
      'split',
      'dynamic',
      'builtins',
      'env',
      'root',
      'resolve',
      'external',
      'parser',
      'loader',
      'updates',
      'worker',
      'name',
      'budgets',
      'timeout',
    ])
      expect(hint).to.include(name);
  });

  it('names inside resolve, and those of scripts(), are checked too', () => {
    const inResolve = thrown(() => dynapack({ resolve: { extension: ['.js'] } } as dynapack.Options));
    expect(`${inResolve}`).to.include("'resolve.extension'").and.include("'resolve.extensions'");
    const inScripts = thrown(() => dynapack().scripts({ integrty: true } as dynapack.ScriptsOptions));
    expect(`${inScripts}`).to.include("'integrty'").and.include("'integrity'");
    const inSplit = thrown(() => dynapack({ split: { requestCosts: 1 } } as dynapack.Options));
    expect(`${inSplit}`).to.include("'split.requestCosts'").and.include("'split.requestCost'");
  });

  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    it(`'${name}' is no option`, () => {
      const options = JSON.parse(`{ "${name}": 1 }`) as dynapack.Options;
      expect(thrown(() => dynapack(options)).code).to.equal('UNKNOWN_OPTION');
    });
  }

  const wrongValues: Record<string, unknown[]> = {
    prefix: [7, null, ['/'], '/js', 'https://cdn.example', '/v1', '/größe'],
    debug: ['yes', 1, null],
    split: [true, 1000, null, []],
    'split.requestCost': ['1 KB', -1, Number.NaN, Number.POSITIVE_INFINITY, null],
    'split.pages': [[['a']], { home: 'a' }, { home: [] }, { home: [7] }, null],
    'split.groups': [
      /node_modules/,
      ['vendor'],
      { vendor: 'node_modules' },
      { 'a/b': /x/ },
      { '': /x/ },
      { 7: /x/ },
      { __proto__: null, vendor: null },
    ],
    dynamic: [7, '', [], ['js', 7], 'a*/b', true],
    builtins: ['x', ['x'], { fs: true }, null],
    env: ['production', { NODE_ENV: true }, ['a']],
    root: [7, '/no/such/directory', __filename, true],
    resolve: ['x', [], null],
    'resolve.conditions': ['browser', [7]],
    'resolve.mainFields': ['main', [7]],
    'resolve.extensions': ['.js', ['js'], [7]],
    'resolve.alias': ['x', { a: true }, { a: 7 }],
    'resolve.symlinks': ['no', 0],
    external: ['jquery', { jquery: true }, ['jquery']],
    parser: ['acorn', {}, true],
    loader: ['external', true],
    updates: [true, 'worker.js', null],
    worker: ['', true],
    standalone: ['src/sw.js', [7], [''], {}, true],
    library: [
      'Lib',
      ['lib.js'],
      { 'lib.js': 7 },
      { 'lib.js': '' },
      { 'lib.js': 'a b' },
      { 'lib.js': 'Acme.' },
      { '': 'Lib' },
      { 'lib.js': 'self' },
      { 'lib.js': 'location.x' },
    ],
    name: ['a b', '', 7, '1a', 'name', 'top', 'location', 'length', 'window', 'self', 'document', 'NaN'],
    timeout: ['30', 0, -1, Number.NaN],
  };
  for (const [name, values] of Object.entries(wrongValues)) {
    it(`'${name}' with a wrong value is refused, by name`, () => {
      for (const value of values) {
        const [outer, inner] = name.split('.') as [string, string?];
        const options = { [outer]: inner === undefined ? value : { [inner]: value } };
        const error = thrown(() => dynapack(options as dynapack.Options));
        expect(error).to.include({ code: 'INVALID_OPTION' });
        expect(error.message).to.include(`'${name}'`);
      }
    });
  }

  const wrongScripts: Record<string, unknown[]> = {
    nonce: [7, true],
    integrity: ['sha384', 1],
    crossorigin: [true, '', 'yes'],
    preload: ['yes', 1],
    prefetch: ['yes', 1],
  };
  for (const [name, values] of Object.entries(wrongScripts)) {
    it(`scripts option '${name}' with a wrong value is refused, by name`, () => {
      for (const value of values) {
        const error = thrown(() => dynapack().scripts({ [name]: value } as dynapack.ScriptsOptions));
        expect(error).to.include({ code: 'INVALID_OPTION' });
        expect(error.message).to.include(`'${name}'`);
      }
    });
  }

  for (const name of ['preload', 'prefetch']) {
    it(`scripts option '${name}' is refused with updates, which it would defeat`, () => {
      for (const updates of ['page', 'worker'] as const) {
        const pack = dynapack({ updates });
        const error = thrown(() => pack.scripts({ [name]: true }));
        expect(error).to.include({ code: 'INVALID_OPTION' });
        expect(error.message).to.include(`'${name}'`).and.include("'updates'");
        expect(() => pack.scripts({ [name]: false })).to.not.throw();
      }
      expect(() => dynapack().scripts({ [name]: true })).to.not.throw();
    });
  }

  it('that are no object are refused', () => {
    for (const value of ['/js/', 7, null, ['/js/'], true]) {
      expect(thrown(() => dynapack(value as dynapack.Options)).code).to.equal('INVALID_OPTION');
      expect(thrown(() => dynapack().scripts(value as dynapack.ScriptsOptions)).code).to.equal(
        'INVALID_OPTION',
      );
    }
  });

  const rightValues: Record<string, unknown[]> = {
    prefix: ['', '/', '/js/', './', 'https://cdn.example/js/', '/get?file=', 'js-'],
    standalone: [[], ['src/sw.js', './embed.mjs']],
    library: [{}, { 'lib.js': 'Lib', 'src/widget.js': 'Acme.Widget.v2', 'three.js': '$' }],
    name: ['dynapack', '$', 'Name', 'my_pack2'],
    split: [
      {},
      { requestCost: 0 },
      { requestCost: 0.5, groups: {} },
      { groups: { 'my-vendor_2': /x/gy } },
      { pages: { 'any name': ['a'] } },
    ],
    timeout: [1, 0.5, Number.POSITIVE_INFINITY],
  };
  for (const [name, values] of Object.entries(rightValues)) {
    it(`'${name}' with a right value is taken`, () => {
      for (const value of values) expect(() => dynapack({ [name]: value }), String(value)).to.not.throw();
    });
  }

  it('that are undefined are absent', () => {
    expect(() =>
      dynapack({ prefix: undefined, resolve: undefined } as unknown as dynapack.Options),
    ).to.not.throw();
    expect(() => dynapack({ resolve: { alias: undefined } } as unknown as dynapack.Options)).to.not.throw();
  });
});

/** The error that a call throws at once. */
function thrown(call: () => unknown): dynapack.DynapackError {
  try {
    call();
  } catch (error) {
    expect(error).to.be.instanceOf(dynapack.DynapackError);
    return error as dynapack.DynapackError;
  }
  throw new Error('expected a failure, but nothing was thrown');
}
