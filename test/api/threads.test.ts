/** Projects that take long to parse are parsed by several threads, to the same bundles and the same errors. */
import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { parseModern } from '../../lib/parse/tree/modern';
import { failure, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const MODULES = 700;

/** A module of 25 KB, different from all others, with a name that only trees tell of. */
function source(index: number): string {
  const functions = Array.from({ length: 170 }, (_, at) => {
    return `function f${index}_${at}(a, { b, ...c } = {}, [d] = [a]) { return a ? b?.[${at}] ?? c : \`\${d}-${index}\`; }`;
  });
  return `import { one as ü } from './one.js';\n${functions.join('\n')}\nexport default () => ü + f${index}_1(1);\n`;
}

const project = (files: ProjectFiles = {}): Project => {
  const indices = Array.from({ length: MODULES }, (_, index) => index);
  return new Project({
    'main.js': indices.map((index) => `import './m${index}.js';`).join('\n'),
    'one.js': 'export const one = 1;',
    ...Object.fromEntries(indices.map((index) => [`m${index}.js`, source(index)])),
    ...files,
  });
};

/** With a parser of the user's, which only this thread has, there are no others. */
const parser: dynapack.Options['parser'] = (text, { module }) => parseModern(text, module);

describe('threads', () => {
  let started = 0;
  const count = (): void => {
    started++;
  };
  before(() => process.on('worker', count));
  after(() => process.off('worker', count));

  it('parse what takes long, to the same bundles', async () => {
    const made = project();
    const options = { root: made.directory };
    const { bundles } = await pack([made.path('main.js')], options);
    expect(started, 'threads').to.equal(Math.min(availableParallelism() - 1, 3));
    const alone = await pack([made.path('main.js')], { ...options, parser });
    expect(bundles).to.deep.equal(alone.bundles);
  }).timeout(60_000);

  it('fail with the error of the module, wherever it was parsed', async () => {
    const last = `m${MODULES - 1}.js`;
    const made = project({ [last]: `${source(1)}\nlet 5 = 6;` });
    const error = await failure(pack([made.path('main.js')], { root: made.directory }));
    expect(error).to.include({ code: 'SYNTAX_ERROR', fileName: made.path(last), lineNumber: 174 });
  }).timeout(60_000);
});
