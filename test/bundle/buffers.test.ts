/** Modules that only ask whether values are Buffers bring no shim; where something in the program has it, they know its Buffers. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { explainWhy } from '../../lib/report/why';
import { finish, hush, type Packed } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { place } from '../standalone/alone';

/** As rfdc asks, and others do. */
const ASKS = `
function copy(cur) {
  if (cur instanceof Buffer) {
    return Buffer.from(cur).toString();
  }
  return new cur.constructor(cur.buffer.slice(), cur.byteOffset, cur.length);
}
const ask = (x) => [x instanceof Buffer, Buffer.isBuffer(x), typeof Buffer];
`;

const CALLS =
  '[kinds.copy(new Uint8Array([1]))[0], kinds.ask([]), kinds.ask({ _isBuffer: true }), kinds.ask()]';

const NONE = [1, [false, false, 'function'], [false, true, 'function'], [false, false, 'function']];

const KINDS: ProjectFiles = {
  'kinds.js': `${ASKS} module.exports = { copy, ask };`,
  'kinds.mjs': `${ASKS} export { copy, ask };`,
};

interface Made {
  packed: Packed;
  report: dynapack.ReportData;
}

/** Makes bundles of entries, and of those that stand alone. */
async function make(
  project: Project,
  entries: string[],
  { isMinified = false, ...options }: dynapack.Options & { isMinified?: boolean } = {},
): Promise<Made> {
  const pack = hush(dynapack({ root: project.directory, ...options }));
  for (const entry of [...entries, ...(options.standalone ?? [])]) pack.write(project.path(entry));
  pack.end();
  const bundles = isMinified ? pack.pipe(pack.minify()) : pack;
  const report = bundles.pipe(pack.report({ json: true, compress: false }));
  const [packed, data] = await Promise.all([
    finish(pack, undefined, bundles),
    (async () => {
      for await (const file of report) return JSON.parse(String(file.contents)) as dynapack.ReportData;
      throw new Error('no report');
    })(),
  ]);
  return { packed, report: data };
}

/** Whether the npm package is in the files. */
const hasShim = (texts: Iterable<string>): boolean => /INSPECT_MAX_BYTES/.test([...texts].join(''));

const result = async ({ packed }: Made, entry = 'main'): Promise<unknown> => {
  const { page, errors } = await packed.visit(entry);
  expect(errors).to.deep.equal([]);
  return page.result;
};

const whyBuffer = ({ report }: Made): string => {
  const answer = explainWhy(report, 'buffer');
  return 'text' in answer ? answer.text : 'nothing';
};

describe('modules that ask whether values are Buffers', () => {
  for (const file of Object.keys(KINDS)) {
    const main = `import * as kinds from './${file}'; self.result = ${CALLS};`;

    for (const options of [{}, { isMinified: true }, { debug: true }, { shake: false }])
      it(`get their answer without the shim: ${file}, ${JSON.stringify(options)}`, async () => {
        const made = await make(new Project({ ...KINDS, 'main.js': main }), ['main.js'], options);
        expect(await result(made)).to.deep.equal(NONE);
        expect(hasShim(Object.values(made.packed.bundles))).to.equal(false);
        expect(whyBuffer(made)).to.equal('nothing');
      });

    const makers: [name: string, text: string][] = [
      ['the name', "self.made = Buffer.from('a');"],
      ['an import', "import { Buffer as B } from 'buffer'; self.made = B.from('a');"],
      ['a require', "self.made = require('node:buffer').Buffer.from('a');"],
      ['a package', "self.made = require('safe').from('a');"],
    ];
    for (const [name, maker] of makers)
      it(`know those that others make by ${name}: ${file}`, async () => {
        const project = new Project({
          ...KINDS,
          'node_modules/safe/index.js': "module.exports = require('buffer').Buffer;",
          'maker.js': maker,
          'main.js': `import './maker.js'; ${main} self.result.push(kinds.ask(self.made), kinds.copy(self.made));`,
        });
        const made = await make(project, ['main.js']);
        expect(await result(made)).to.deep.equal([...NONE, [true, true, 'function'], 'a']);
        expect(whyBuffer(made)).to.include(`./${file} `);
      });
  }

  it('know those that come later', async () => {
    const project = new Project({
      ...KINDS,
      'maker.js': "module.exports = Buffer.from('a');",
      'main.js':
        "const { ask } = require('./kinds.js'); self.result = ask([]); import('./maker.js').then(({ default: made }) => { self.later = ask(made); });",
    });
    const made = await make(project, ['main.js']);
    const { page, errors } = await made.packed.visit('main');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(errors).to.deep.equal([]);
    expect([page.result, page.later]).to.deep.equal([
      [false, false, 'function'],
      [true, true, 'function'],
    ]);
  });

  it('do without where what makes Buffers is left out', async () => {
    const project = new Project({
      ...KINDS,
      'node_modules/pure/package.json': { name: 'pure', module: 'index.js', sideEffects: false },
      'node_modules/pure/index.js': "export { made } from './made.js'; export const own = 1;",
      'node_modules/pure/made.js': "export const made = Buffer.from('a');",
      'main.js': `import { own } from 'pure'; import * as kinds from './kinds.js'; self.own = own; self.result = ${CALLS};`,
    });
    const made = await make(project, ['main.js']);
    expect(await result(made)).to.deep.equal(NONE);
    expect(hasShim(Object.values(made.packed.bundles))).to.equal(false);
  });

  it('are no reason to load the shim early where they only hand on what others export', async () => {
    const project = new Project({
      'node_modules/pure/package.json': { name: 'pure', module: 'index.js', sideEffects: false },
      'node_modules/pure/index.js':
        "export { own } from './own.js'; export const is = (x) => x instanceof Buffer;",
      'node_modules/pure/own.js': 'export const own = [1];',
      'later.js': "self.later = Buffer.from('a');",
      'main.js': "import { own } from 'pure'; self.result = own; import('./later.js');",
    });
    const made = await make(project, ['main.js']);
    expect(await result(made)).to.deep.equal([1]);
    const { entries, bundles } = made.packed.metadata;
    const early = (entries.main as string[]).flatMap((name) => bundles[name] as string[]);
    expect(early.map((path) => path.slice(path.lastIndexOf('/') + 1))).to.include('own.js');
    expect(early.join()).not.to.include('/buffer/');
  });

  it('have another shim, which may know more', async () => {
    const project = new Project({
      ...KINDS,
      'shim.js': 'exports.Buffer = function () {}; exports.Buffer.isBuffer = () => 5;',
      'main.js': "self.result = require('./kinds.js').ask([]);",
    });
    const options = { builtins: { buffer: project.path('shim.js') } };
    expect(await result(await make(project, ['main.js'], options))).to.deep.equal([false, 5, 'function']);
  });

  it('have in a script that stands alone what this script has', async () => {
    const log = (after: string): string =>
      `const kinds = require('./kinds.js'); log.push(...${CALLS}${after});`;
    const project = new Project({
      ...KINDS,
      'main.js': `const kinds = require('./kinds.js'); self.result = [kinds.ask(Buffer.from('a'))];`,
      'asks.js': `${log('')} require('./own.js');`,
      'own.js': 'exports.f = (x) => x instanceof Buffer;',
      'makes.js': log(", kinds.copy(require('buffer').Buffer.from('b'))"),
    });
    const made = await make(project, ['main.js'], { standalone: ['asks.js', 'makes.js'] });
    expect(await result(made)).to.deep.equal([[true, true, 'function']]);
    for (const [name, expected] of [
      ['asks.js', NONE],
      ['makes.js', [...NONE, 'b']],
    ] as const) {
      const text = made.packed.bundles[name] as string;
      const found: unknown[] = [];
      place({ log: found }).run(text);
      expect(JSON.parse(JSON.stringify(found)), name).to.deep.equal(expected);
      expect(hasShim([text]), name).to.equal(name === 'makes.js');
    }
    expect(whyBuffer(made))
      .to.match(/^ {2}makes, which stands alone: /m)
      .and.not.match(/^ {2}asks, |own\.js/m);
  });

  it('are those of clean builds after each edit', async () => {
    const maker = "export const made = Buffer.from('a');";
    const project = new Project({
      ...KINDS,
      'maker.js': 'export const made = 0;',
      'other.js': '',
      'alone.js': "log.push(require('./kinds.js').ask([]));",
      'main.js':
        "import './other.js'; import { made } from './maker.js'; import * as kinds from './kinds.mjs'; import { ask } from './kinds.js'; self.result = [kinds.ask(made), ask(made)];",
    });
    const cache = dynapack.cache();
    const edits: [files: ProjectFiles, isMade: boolean, isShimmed: boolean][] = [
      [{}, false, false],
      [{ 'maker.js': maker }, true, true],
      [{ 'kinds.js': `${KINDS['kinds.js']} // more` }, true, true],
      [{ 'other.js': "require('buffer');" }, true, true],
      [{ 'maker.js': 'export const made = 0;' }, false, true],
      [{ 'other.js': '' }, false, false],
      [{ 'kinds.mjs': `${KINDS['kinds.mjs']} self.more = Buffer.from('b');` }, false, true],
      [{ 'kinds.mjs': KINDS['kinds.mjs'] as string }, false, false],
      [{ 'alone.js': "log.push(require('./kinds.js').ask(Buffer.from('a')));" }, false, true],
      [{ 'alone.js': "log.push(require('./kinds.js').ask([]));", 'maker.js': maker }, true, true],
      [{ 'maker.js': 'export const made = [] instanceof Buffer;' }, false, false],
    ];
    for (const [index, [files, isMade, isShimmed]] of edits.entries()) {
      project.write(files);
      const options = { standalone: ['alone.js'] };
      const made = await make(project, ['main.js'], { ...options, cache });
      const clean = await make(project, ['main.js'], options);
      expect(made.packed.bundles, `edit ${index}`).to.deep.equal(clean.packed.bundles);
      expect(hasShim(Object.values(made.packed.bundles)), `edit ${index}`).to.equal(isShimmed);
      const answer = [isMade, isMade, 'function'];
      expect(await result(clean), `edit ${index}`).to.deep.equal([answer, answer]);
    }
  });

  it('have it in time where an edit makes a module one of them', async () => {
    const project = new Project({
      'main.js': "self.result = require('./is.js'); import('./later.js');",
      'later.js': "self.later = Buffer.from('a');",
      'is.js': 'module.exports = [] instanceof Array;',
    });
    const cache = dynapack.cache();
    await make(project, ['main.js'], { cache });
    project.write({ 'is.js': 'module.exports = [] instanceof Buffer;' });
    const made = await make(project, ['main.js'], { cache });
    expect(made.packed.bundles).to.deep.equal((await make(project, ['main.js'])).packed.bundles);
    expect(await result(made)).to.equal(false);
  });
});
