/** Names of exports are shorter where nobody but ES modules asks for them, and these by name. */
import { expect } from 'chai';
import { randomNumbers } from '../../bench/generate-graph';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const LIBRARY = 'export let firstOfAll = 1; export const changeIt = () => { firstOfAll++; };';

/** What keeps modules in functions of their own: it runs between them. */
const APART = { 'between.cjs': '' };

/** Bundles main.mjs, runs it, and gives what it put on `self.result`, and the names by which modules hand something out. */
async function run(files: ProjectFiles, options: object = {}): Promise<{ result: unknown; names: string[] }> {
  const project = new Project({ 'library.mjs': LIBRARY, ...APART, ...files });
  const packed = await pack([project.path('main.mjs')], { root: project.directory, ...options });
  const { page, errors, settle } = await packed.visit('main');
  await settle();
  expect(errors).to.deep.equal([]);
  return { result: page.result, names: namesIn(Object.values(packed.bundles)) };
}

const namesIn = (bundles: readonly string[]): string[] =>
  bundles
    .flatMap((bundle) =>
      [...bundle.matchAll(/"(?<name>\w+)",\(\)=>/g)].map(({ groups }) => groups?.name as string),
    )
    .sort();

const USE =
  "import { firstOfAll, changeIt } from './library.mjs'; import './between.cjs'; changeIt(); self.result = firstOfAll;";

/** How somebody may get the names themselves, each with what must come of it. */
const seen: Record<string, [files: ProjectFiles, result: unknown]> = {
  'a namespace': [
    { 'main.mjs': "import * as all from './library.mjs'; self.result = Object.keys(all).join();" },
    'changeIt,firstOfAll',
  ],
  'a namespace that is handed on': [
    {
      'main.mjs': "import { all } from './hub.mjs'; self.result = [all].map(Object.keys).join();",
      'hub.mjs': "export * as all from './library.mjs';",
    },
    'changeIt,firstOfAll',
  ],
  'import()': [
    { 'main.mjs': "self.result = Object.keys(await import('./library.mjs')).join();" },
    'changeIt,firstOfAll',
  ],
  'require of CommonJS': [
    {
      'main.mjs': "import keys from './common.cjs'; self.result = keys;",
      'common.cjs':
        "module.exports = Object.keys(require('./library.mjs')).filter((name) => name !== '__esModule').join();",
    },
    'changeIt,firstOfAll',
  ],
  'import.meta.glob()': [
    {
      'main.mjs':
        "self.result = Object.keys(import.meta.glob('./lib*.mjs', { eager: true })['./library.mjs']).join();",
    },
    'changeIt,firstOfAll',
  ],
};

describe('names of exports', () => {
  it('are short where only ES modules ask for them, and mean what they did', async () => {
    const { result, names } = await run({ 'main.mjs': USE });
    expect(result).to.equal(2);
    expect(names).to.have.lengthOf(2);
    for (const name of names) expect(name).to.match(/^[a-zA-Z]{1,2}$/);
  });

  it('are short behind export … from and export *, under each of their names', async () => {
    const { result, names } = await run({
      'main.mjs': `import { changeIt as change, firstOfAll, renamed } from './hub.mjs'; import './between.cjs';
        change(); self.result = [firstOfAll, renamed];`,
      'hub.mjs': "export * from './library.mjs'; export { firstOfAll as renamed } from './library.mjs';",
    });
    expect(result).to.deep.equal([2, 2]);
    expect(names).to.have.lengthOf(2);
    expect(names.filter((name) => name.length > 2)).to.deep.equal([]);
  });

  it('stay where CommonJS may have others of the same name', async () => {
    const { result } = await run({
      'main.mjs': "import { firstOfAll, known } from './hub.mjs'; self.result = [firstOfAll, known];",
      'hub.mjs': "export * from './library.mjs'; export * from './common.cjs';",
      'common.cjs': 'const all = { known: 3, a: 4, b: 5, h: 6, X: 7 }; module.exports = all;',
    });
    expect(result).to.deep.equal([1, 3]);
  });

  for (const [how, [files, result]] of Object.entries(seen)) {
    it(`stay where somebody gets them: ${how}`, async () => {
      const made = await run(files);
      expect(made.result).to.equal(result);
      expect(made.names).to.include('firstOfAll');
    });
  }

  it('are not what somebody gets behind export *', async () => {
    const { result } = await run({
      'main.mjs':
        "import * as all from './hub.mjs'; import { firstOfAll } from './library.mjs'; self.result = [firstOfAll, ...Object.keys(all)].join();",
      'hub.mjs': "export * from './library.mjs';",
    });
    expect(result).to.equal('1,changeIt,firstOfAll');
  });

  for (const option of [{ debug: true }, { shake: false }]) {
    it(`stay with ${JSON.stringify(option)}`, async () => {
      const { result, names } = await run({ 'main.mjs': USE }, option);
      expect(result).to.equal(2);
      expect(names).to.deep.equal(['changeIt', 'firstOfAll']);
    });
  }

  it('stay mostly as they are when a release adds one', async () => {
    const random = randomNumbers(7);
    const word = (): string =>
      Array.from({ length: 8 }, () => 'abcdefghijklmnop'[Math.floor(random() * 16)]).join('');
    const handedOut = async (words: readonly string[]): Promise<string[]> => {
      const project = new Project({
        'main.mjs': `import { ${words.join()} } from './words.mjs'; import './between.cjs'; self.result = [${words.join()}];`,
        ...APART,
        'words.mjs': words.map((each) => `export const ${each} = '${each}'.at(0);`).join('\n'),
      });
      const packed = await pack([project.path('main.mjs')], { root: project.directory });
      const lines = Object.values(packed.bundles)
        .join()
        .matchAll(/"(\w+)",\(\)=>(\w+)/g);
      return [...lines].map(([, name, local]) => `${local} is ${name}`);
    };
    let words = Array.from({ length: 20 }, word);
    let before = new Set(await handedOut(words));
    let changed = 0;
    for (let round = 0; round < 20; round++) {
      words = [...words, word()];
      const now = await handedOut(words);
      changed += now.slice(0, -1).filter((each) => !before.has(each)).length;
      before = new Set(now);
    }
    // Of some six hundred names that were there before.
    expect(changed).to.be.below(20);
  });
});
