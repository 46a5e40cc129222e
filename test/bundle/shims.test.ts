/** Shims for Node's globals are bundled where a module needs them, and not where it is prepared for pages that have none. */
import { expect } from 'chai';
import { pack } from '../helpers/pack';
import { Project } from '../helpers/project';

async function run(source: string, globals: Record<string, unknown> = {}) {
  const project = new Project({ 'main.js': source });
  const env = { NODE_ENV: 'production' };
  const { metadata, visit } = await pack([project.path('main.js')], { root: project.directory, env });
  const { page, errors } = await visit('main', globals);
  expect(errors).to.deep.equal([]);
  const shims = Object.values(metadata.modules).filter((path) => /process|buffer/.test(path));
  return { result: page.result, isShimmed: shims.length > 0 };
}

describe('shims', () => {
  const absent: [source: string, result: unknown][] = [
    ["self.result = typeof Buffer === 'function' ? Buffer.byteLength('ä') : 'none';", 'none'],
    ["self.result = typeof process === 'object' && typeof process.emit === 'function';", false],
    ["self.result = 1; if ('undefined' !== typeof process) { self.result = process.cwd(); }", 1],
    ["self.result = typeof process !== 'undefined' && process.env && process.env.DEBUG || 'quiet';", 'quiet'],
    ["self.result = typeof process === 'undefined' || process.browser === true ? 'page' : 'node';", 'page'],
    ['self.result = typeof process<"u"&&process.versions?1:2;', 2],
    [
      "const f = (a) => a && typeof Buffer !== 'undefined' && Buffer.isBuffer(a); self.result = f([]);",
      false,
    ],
    [
      "self.result = [typeof process !== 'undefined' && process.title, process.env.NODE_ENV];",
      [false, 'production'],
    ],
  ];
  for (const [source, result] of absent) {
    for (const [kind, text] of [
      ['CommonJS', source],
      ['an ES module', `export {}; ${source}`],
    ] as const) {
      it(`are not there in ${kind} that asks: ${source}`, async () => {
        expect(await run(text)).to.deep.equal({ result, isShimmed: false });
      });
    }
  }

  it('leave what the page itself has', async () => {
    const process = { title: 'of the page' };
    expect(
      await run("self.result = typeof process === 'object' && process.title;", { process }),
    ).to.deep.equal({
      result: 'of the page',
      isShimmed: false,
    });
  });

  const there: [source: string, result: unknown][] = [
    ["self.result = typeof process === 'object' && process.browser; self.f = () => process.title;", true],
    ["const isThere = typeof process !== 'undefined'; self.result = isThere && process.browser;", true],
    ["if (typeof Buffer === 'undefined') throw Error(); self.result = Buffer.from('a').length;", 1],
    ["self.result = typeof process === 'undefined' ? 1 : 2; if (self.window) process.title = 'a';", 2],
  ];
  for (const [source, result] of there) {
    it(`are there, also for those who ask: ${source}`, async () => {
      expect(await run(source)).to.deep.equal({ result, isShimmed: true });
    });
  }
});
