/** Specifiers that are URLs. */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { failure, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

async function run(files: ProjectFiles, options: dynapack.Options = {}): Promise<unknown> {
  const project = new Project(files);
  const { visit } = await pack([project.path('main.mjs')], { root: project.directory, ...options });
  return (await visit('main', { atob })).page.result;
}

const data = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;

describe('data: URLs', () => {
  const urls: Record<string, string> = {
    'percent-encoded': 'data:text/javascript,export%20default%20%22%C3%A9%23%22',
    'written plainly': 'data:text/javascript,export default [1, "a b"]',
    'with a charset': 'data:text/javascript;charset=utf-8,export default 2',
    'in base64': `data:text/javascript;base64,${Buffer.from('export default "ü"').toString('base64')}`,
    'with parameters, in base64': `data:text/javascript;a=b;base64,${Buffer.from('export default 4').toString('base64')}`,
    'of the other media type': 'data:application/javascript,export default 5',
    'in capitals': 'DATA:TEXT/JavaScript,export default 6',
    'with a fragment': 'data:text/javascript,export default 7#x',
    'strict, and no CommonJS': data(
      'export default [typeof module, typeof exports, (function () { return this; })()]',
    ),
    'that import builtins': data(
      "import { basename } from 'path'; import p from 'node:path'; export default basename('/a/b') + p.sep",
    ),
    'that import others of their kind': data(
      `import a from '${data('export default 1')}'; export default a + 1`,
    ),
    'that say where they are': 'data:text/javascript,export default import.meta.url',
  };

  it('are modules as in Node', async () => {
    const imports = Object.values(urls).map((url, index) => `import v${index} from ${JSON.stringify(url)};`);
    const values = Object.keys(urls).map((_, index) => `v${index}`);
    const late = JSON.stringify(urls['in base64']);
    const source = `${imports.join('\n')} self.result = import(${late}).then((all) => [${values}, all.default]);`;
    const ending =
      "globalThis.self = globalThis; await import('./main.mjs'); console.log(JSON.stringify(await self.result));";
    const project = new Project({ 'main.mjs': source, 'run.mjs': ending });
    const native = JSON.parse(
      String(execFileSync(process.execPath, ['--no-warnings', project.path('run.mjs')])),
    );
    expect(JSON.parse(JSON.stringify(await run({ 'main.mjs': source })))).to.deep.equal(native);
  });

  it('are one module for all who name them, and another one by their fragments', async () => {
    const url = data('export default {}');
    const source = `import a from '${url}'; import b from './b.mjs'; import c from '${url}#1'; self.result = [a === b, a === c];`;
    expect(await run({ 'main.mjs': source, 'b.mjs': `export { default } from '${url}';` })).to.deep.equal([
      true,
      false,
    ]);
  });

  it('are JSON, text and bytes with the attribute', async () => {
    const source = `import a from 'data:application/json,%7B%22a%22:1%7D' with { type: 'json' };
      import b from 'data:text/html;charset=utf-8,<b>%C3%A9</b>?x' with { type: 'text' }; import c from 'data:,%FF' with { type: 'bytes' };
      self.result = [a, b, [...c]];`;
    expect(await run({ 'main.mjs': source })).to.deep.equal([{ a: 1 }, '<b>é</b>?x', [255]]);
  });

  const refused: Record<string, [source: string, ...expected: string[]]> = {
    'a path in it': [
      `import "${data("import './a.js'")}";`,
      'has no place',
      "'./a.js'",
      'data:text/javascript,import',
    ],
    'a package in it': [`import "${data("import 'pkg'")}";`, 'has no place'],
    'JSON without its attribute': ["import 'data:application/json,1';", "with { type: 'json' }"],
    'JSON that is a script': ["import 'data:text/javascript,1' with { type: 'json' };", 'is not JSON'],
    WebAssembly: ["import 'data:application/wasm;base64,AA==';", "'application/wasm' is no type of modules"],
    'no type': ["import 'data:,x';", 'is no type of modules'],
    'no comma': ["import 'data:x';", "no valid 'data:' URL"],
    'require()': ["import './a.cjs';", 'require() takes no'],
  };
  for (const [name, [source, ...expected]] of Object.entries(refused)) {
    it(`fail the build with their place: ${name}`, async () => {
      const files = { 'main.mjs': source, 'a.cjs': "require('data:text/javascript,1')", 'a.js': '' };
      const error = await failure(run({ ...files, 'node_modules/pkg/index.js': '' }));
      expect(error.code).to.equal('MODULE_NOT_FOUND');
      for (const part of expected) expect(error.toString()).to.include(part);
      expect(error.lineNumber).to.equal(1);
    });
  }

  it('say where their syntax is wrong', async () => {
    const error = await failure(run({ 'main.mjs': `import '${data('let a;\n let a;')}';` }));
    expect(error.code).to.equal('SYNTAX_ERROR');
    expect([error.lineNumber, error.fileName]).to.deep.equal([
      2,
      'data:text/javascript,let%20a%3B%0A%20let%20a%3B',
    ]);
  });
});

describe('URLs of the web', () => {
  it('are left to the browser by import(), with all that stands in it', async () => {
    const calls = [
      "import('https://cdn.example/a.js')",
      "import(/* webpackIgnore: true */ 'http://cdn.example/a.js?x#y' /* z */)",
      "import('https://cdn.example/a.json', { with: { type: 'json' } })",
      "import('blob:x')",
    ];
    const project = new Project({ 'main.js': `exports.load = () => [${calls.join(', ')}];` });
    const { bundles, metadata } = await pack([project.path('main.js')]);
    for (const call of calls) expect(bundles['main.js']).to.include(call);
    expect(Object.values(metadata.modules)).to.deep.equal([project.path('main.js')]);
  });

  it('are what options make of them', async () => {
    const url = 'https://cdn.example/a.js';
    const main = { 'main.mjs': `self.result = import('${url}').then((all) => all.default);` };
    expect(await run(main, { external: { [url]: '"named"' } })).to.equal('named');
    expect(await run(main, { resolve: { alias: { [url]: false } } })).to.deep.equal({});
    const packages = { 'node_modules/cdn/a.js': 'module.exports = "package"' };
    const alias = { 'https://cdn.example': 'cdn' };
    expect(await run({ ...main, ...packages }, { resolve: { alias } })).to.equal('package');
  });

  const refused: Record<string, [source: string, ...expected: string[]]> = {
    import: [
      "import 'https://cdn.example/x.js';",
      "external: { 'https://cdn.example/x.js'",
      "import('https://cdn.example/x.js') is left",
    ],
    'export from': ["export * from 'http://cdn.example/x.js';", "import('http://cdn.example/x.js') is left"],
    'without a scheme': [
      "import('//cdn.example/x.js');",
      "'//' is a URL",
      "import('https://cdn.example/x.js') is left",
    ],
    'of another platform': ["import('bun:test');", "'bun:' is a URL", 'import(url)'],
  };
  for (const [name, [source, ...expected]] of Object.entries(refused)) {
    it(`fail the build otherwise: ${name}`, async () => {
      const error = await failure(run({ 'main.mjs': source }));
      expect(error.code).to.equal('MODULE_NOT_FOUND');
      for (const part of expected) expect(error.toString()).to.include(part);
    });
  }
});

describe('file: URLs', () => {
  it('name files, for import', async () => {
    const project = new Project({ 'a b.mjs': 'export default {};' });
    const url = pathToFileURL(project.path('a b.mjs')).href;
    project.write({
      'main.mjs': `import a from '${url}'; import b from './a b.mjs'; import c from '${url}?1'; self.result = [a === b, a === c];`,
    });
    const { visit } = await pack([project.path('main.mjs')]);
    expect((await visit('main')).page.result).to.deep.equal([true, false]);
    project.write({ 'main.mjs': `import 'file:///gone/a.js';` });
    expect((await failure(pack([project.path('main.mjs')]))).toString()).to.include('/gone');
  });
});
