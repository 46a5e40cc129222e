/** The option `define`: names that are values when the program is built. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, finish, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const DEFINE = {
  VERSION: '"1.2"',
  DEV: 'false',
  COUNT: '-3',
  BIG: '12',
  NOTHING: 'null',
  jQuery: 'self.$',
  'config.debug': 'true',
  'config.debug.level': '7',
  'import.meta.env.MODE': '"staging"',
  'import.meta.env.PROD': 'true',
  $: '"dollar"',
  settings: '{"level":2,"deep":{"list":[1,"two"],"no":false},"text":"\\u2028"}',
};

function run(files: ProjectFiles, options: dynapack.Options = { define: DEFINE }): Promise<Packed> {
  const project = new Project(files);
  return pack([project.path(Object.keys(files)[0] as string)], { root: project.directory, ...options });
}

const resultOf = async (source: string, file = 'main.js', options?: dynapack.Options): Promise<unknown> =>
  (await (await run({ [file]: source }, options)).visit('main', { $: 'page' })).page.result;

describe('define', () => {
  const cases: Record<string, [source: string, result: unknown]> = {
    'free names': [
      'self.result = [VERSION, DEV, COUNT, BIG, NOTHING, jQuery];',
      ['1.2', false, -3, 12, null, 'page'],
    ],
    'members, the longest path first': [
      'self.result = [config.debug, config.debug.level, config["debug"], config?.debug];',
      [true, 7, true, true],
    ],
    'values in every place': [
      'var o = { VERSION, BIG: COUNT }; self.result = [o.VERSION, o.BIG, BIG.toFixed(1), BIG\n.toFixed(2), VERSION.length, 2 ** BIG, COUNT ** 2, `${VERSION}`, -COUNT, BIG in [1]];',
      ['1.2', -3, '12.0', '12.00', 3, 4096, 9, '1.2', 3, false],
    ],
    'values where lines end without semicolons': [
      'var f = self\nCOUNT\nsettings.gone && f.no()\nif (f)\nCOUNT\nelse\nBIG\nself.result = f === self',
      true,
    ],
    conditions: [
      'self.result = []; if (DEV) { require("./none"); } else result.push("live"); result.push(DEV ? require("./none") : "else", DEV && require("./none"), typeof VERSION === "string" ? "text" : require("./none"), NOTHING ?? "none");',
      ['live', 'else', false, 'text', 'none'],
    ],
    'none of what is declared, written to or a key': [
      'function f(VERSION) { return VERSION; } { let DEV = 1; self.a = DEV; } var o = { VERSION: 1, DEV() { return 2; } }; o.BIG = 3; DEV: for (;;) { break DEV; } self.result = [f(5), a, o.VERSION, o.DEV(), o.BIG, "VERSION", /DEV/.source];',
      [5, 1, 1, 2, 3, 'VERSION', 'DEV'],
    ],
    'no assignment': [
      'self.jQuery = 1; try { BIG = 5; } catch (_) {} self.result = [typeof BIG, self.BIG];',
      ['number', 5],
    ],
    'names of other signs': ['self.result = [$, $ + "s"];', ['dollar', 'dollars']],
    'names in escapes': ['self.result = \\u0056ERSION;', '1.2'],
    'objects, and what is known of their members': [
      `self.result = [settings.level, settings.deep.list[1], settings.deep.no ? require("./none") : 1, settings.gone ? require("./none") : settings.gone,
        settings["deep"].no, typeof settings.gone === "undefined", settings?.deep.list.length, settings.text.length, settings.hasOwnProperty("deep")];
      settings; for (var key in settings) result.push(key); settings.level = 5; result.push(settings.level, settings.deep);`,
      [
        2,
        'two',
        1,
        undefined,
        false,
        true,
        2,
        1,
        true,
        'level',
        'deep',
        'text',
        2,
        { list: [1, 'two'], no: false },
      ],
    ],
    'paths of what is declared': ['var config = { debug: "own" }; self.result = config.debug;', 'own'],
  };
  for (const [name, [source, result]] of Object.entries(cases)) {
    it(`replaces ${name}`, async () => {
      expect(await resultOf(source)).to.deep.equal(result);
      if (!/\bvar config|BIG = 5/.test(source))
        expect(await resultOf(`${source}\nexport {};`), 'in an ES module').to.deep.equal(result);
    });
  }

  it('replaces members of import.meta, which asks for nothing then', async () => {
    const source =
      'self.result = [import.meta.env.MODE, import.meta.env.PROD ? 1 : import("./none"), import.meta.env["MODE"]];';
    const warnings: string[] = [];
    const project = new Project({ 'main.js': source });
    const stream = dynapack({ root: project.directory, define: DEFINE });
    stream.on('warning', ({ code }) => warnings.push(code));
    stream.end(project.path('main.js'));
    const packed = await finish(stream);
    expect((await packed.visit('main')).page.result).to.deep.equal(['staging', 1, 'staging']);
    expect(warnings).to.deep.equal([]);
    expect(packed.bundles['main.js']).to.not.match(/import\.meta|\$meta/);
  });

  it('holds in packages, and leaves out what they do not need then', async () => {
    const packed = await run({
      'main.js': "import { mode } from 'lib'; self.result = mode;",
      'node_modules/lib/package.json': { name: 'lib', module: 'index.js', sideEffects: false },
      'node_modules/lib/index.js':
        "import { dev } from './dev.js'; import { prod } from './prod.js'; export const mode = DEV ? dev() : prod();",
      'node_modules/lib/dev.js': 'export const dev = () => "the development build";',
      'node_modules/lib/prod.js': 'export const prod = () => VERSION;',
    });
    expect((await packed.visit('main')).page.result).to.equal('1.2');
    expect(Object.values(packed.bundles).join('')).to.not.include('the development build');
  });

  it('is asked of what is imported as well', async () => {
    const packed = await run({
      'main.js': "import { VERSION } from './own.js'; self.result = VERSION;",
      'own.js': 'export const VERSION = "own";',
    });
    expect((await packed.visit('main')).page.result).to.equal('own');
  });

  for (const file of ['main.js', 'main.mjs'])
    it(`may be a name that begins as those do that bundles put in: ${file}`, async () => {
      const packed = await run(
        { [file]: "self.result = PAGE; import('./part.js');", 'part.js': 'export {};' },
        { define: { PAGE: '_$' } },
      );
      expect((await packed.visit('main', { _$: 'page' })).page.result).to.equal('page');
    });

  it('names with wrong values are refused, with an example', async () => {
    for (const define of [
      { A: '{' },
      { A: '{"__proto__":1}' },
      { A: 'f()' },
      { A: 'a b' },
      { 'a-b': '1' },
      { '': '1' },
      { A: 1 },
      { A: '[1' },
    ]) {
      const error = await failure((async () => dynapack({ define: define as never }))());
      expect(error.code).to.equal('INVALID_OPTION');
      expect(error.message).to.include("JSON.stringify('1.2')");
      expect(error.message).to.include(`but its '${Object.keys(define)[0]}' is`);
    }
  });

  it('may be asked for by what is left out', async () => {
    const project = new Project({
      'main.js': "import { used } from './lib.js'; self.result = used();",
      'lib.js': "export const used = () => 'used'; export const unused = () => import.meta.env.MODE;",
    });
    const define = { 'import.meta.env.MODE': '"staging"' };
    const packed = await pack([project.path('main.js')], { root: project.directory, define });
    expect((await packed.visit('main')).page.result).to.equal('used');
  });

  it('is another build where it is another value', async () => {
    const project = new Project({ 'main.js': 'self.result = VERSION;' });
    const cache = dynapack.cache();
    for (const version of ['one', 'two']) {
      const packed = await pack([project.path('main.js')], {
        root: project.directory,
        cache,
        define: { VERSION: JSON.stringify(version) },
      });
      expect((await packed.visit('main')).page.result).to.equal(version);
    }
  });
});
