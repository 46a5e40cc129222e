/** ES modules that only import and export are texts in their bundles, since engines take long over functions. */
import { expect } from 'chai';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const part = 'export let part = 1; export default 2; export const set = (value) => { part = value; };';

/** Bundles main.mjs, or another entry, and gives what it put on `self.result`, and the line of each module that is a text. */
async function run(files: ProjectFiles, entry = 'main.mjs'): Promise<{ result: unknown; texts: string[] }> {
  const project = new Project({ 'part.mjs': part, ...files });
  const packed = await pack([project.path(entry)], { root: project.directory, debug: true });
  const { page, errors, settle } = await packed.visit(entry.replace(/\..*/, ''));
  await settle();
  expect(errors).to.deep.equal([]);
  const texts = Object.values(packed.bundles).flatMap((bundle) =>
    [...bundle.matchAll(/^"\.\/(?<name>[^"]+):mjs":\(?'/gm)].map(({ groups }) => `${groups?.name}.mjs`),
  );
  return { result: page.result, texts: texts.sort() };
}

describe('ES modules without code', () => {
  it('are texts that hand on live bindings, namespaces and stars', async () => {
    const { result, texts } = await run({
      'main.mjs': `import { renamed, part, set, all, default as own } from './hub.mjs';
        import * as hub from './hub.mjs';
        set(3);
        self.result = [renamed, part, own, all.default, Object.keys(hub).join()];`,
      'hub.mjs': `// What the package is.
        export * from './part.mjs';
        import own, { part as renamed } from './part.mjs';
        export { renamed, own as default };
        export * as all from './part.mjs'; /* the end */`,
    });
    expect(texts).to.deep.equal(['hub.mjs']);
    expect(result).to.deep.equal([3, 3, 2, 2, 'all,default,part,renamed,set']);
  });

  it('run what they import, in its order', async () => {
    const { result, texts } = await run({
      'main.mjs': "import './first.mjs'; import './second.mjs'; self.result = self.order;",
      'first.mjs': "import './b.mjs';\nimport './a.mjs';",
      'second.mjs': "import './c.mjs';",
      'a.mjs': "self.order += 'a';",
      'b.mjs': "self.order = 'b';",
      'c.mjs': "await 0; self.order += 'c';",
    });
    expect(texts).to.deep.equal(['first.mjs', 'second.mjs']);
    expect(result).to.equal('bac');
  });

  it('are entries, and what require() and import() ask for', async () => {
    const hub = "export { part } from './part.mjs'; export {};";
    const entry = await run(
      { 'entry.mjs': "import './shown.mjs';", 'shown.mjs': 'self.result = 1;' },
      'entry.mjs',
    );
    expect(entry).to.deep.equal({ result: 1, texts: ['entry.mjs'] });
    const required = await run(
      {
        'main.cjs':
          "self.result = [require('./hub.mjs').part, require('./hub.mjs') === require('./hub.mjs')];",
        'hub.mjs': hub,
      },
      'main.cjs',
    );
    expect(required).to.deep.equal({ result: [1, true], texts: ['hub.mjs'] });
    const imported = await run({
      'main.mjs': "self.result = Object.keys(await import('./hub.mjs'));",
      'hub.mjs': hub,
    });
    expect(imported).to.deep.equal({ result: ['part'], texts: ['hub.mjs'] });
  });

  it('go in circles, and have names of all kinds', async () => {
    const { result, texts } = await run({
      'main.mjs': `import * as all from './one.mjs'; self.result = Object.keys(all);`,
      'one.mjs': `export * from './two.mjs'; export { part as "it's a \\\\ \\n" } from './part.mjs';`,
      'two.mjs': "export * from './one.mjs'; export * from './part.mjs';",
    });
    expect(texts).to.deep.equal(['one.mjs', 'two.mjs']);
    expect(result).to.deep.equal(["it's a \\ \n", 'part', 'set']);
  });

  const functions = [
    "export * from './part.mjs'; self.a = 1;",
    "export * from './part.mjs'; ;",
    "import { part } from './part.mjs'; export default part;",
    "import { part } from './part.mjs'; part; export {};",
    "export * from './part.mjs'; /* not the end */ /a/.test('*/');",
    "export * from './part.mjs'; export const a = import.meta.url;",
    "export * from './part.mjs'; await 0;",
    "export * from './part.mjs'; 'a';",
  ];
  for (const source of functions) {
    it(`are none, but functions: ${source}`, async () => {
      const { texts } = await run({ 'main.mjs': "import './hub.mjs';", 'hub.mjs': source });
      expect(texts).to.deep.equal(['main.mjs']);
    });
  }

  it('keep their comments, which may be licenses', async () => {
    const comments = ['/*! License */', '// and // more', '/* **/'];
    const project = new Project({
      'main.mjs': `${comments[0]}\nexport * from './part.mjs'; ${comments[1]}\n${comments[2]} // last`,
      'part.mjs': part,
    });
    const { bundles } = await pack([project.path('main.mjs')], { root: project.directory });
    for (const comment of comments) expect(bundles['main.js']).to.include(comment);
  });
});
