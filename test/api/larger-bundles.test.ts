/** Bundles that are merged by sizes, with a cache: after any edit they are, and cost, what a clean build says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { randomNumbers } from '../../bench/generate-graph';
import { finish, hush } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const ENTRIES = ['home.js', 'cart.js'];
const PARTS = ['a.js', 'b.js', 'c.js', 'd.js', 'e.js'];

/** A module whose function is so long, and does something else each time. */
const part = (length: number, round: number, needs = ''): string =>
  `${needs}export function run() { self.round = ${round}; return '${'x'.repeat(length)}'; }\nself.ran = run;\n`;

const files: ProjectFiles = {
  'home.js': `import './a.js'; import('./b.js'); import('./c.js'); self.home = '${'x'.repeat(3000)}';`,
  'cart.js': `import './e.js'; import './a.js'; import('./c.js'); self.cart = '${'x'.repeat(3000)}';`,
  'a.js': part(100, 0),
  'b.js': part(500, 0, "import './d.js';"),
  'c.js': part(500, 0, "import './d.js';"),
  'd.js': part(100, 0),
  'e.js': part(100, 0),
};

const NEEDS: Record<string, string> = { 'b.js': "import './d.js';", 'c.js': "import './d.js';" };

async function build(project: Project, cache?: dynapack.Cache, standalone: string[] = []) {
  const split = { requestCost: 1000, groups: { page: /home/ } };
  const pack = hush(dynapack({ root: project.directory, split, standalone, ...(cache && { cache }) }));
  for (const entry of [...ENTRIES, ...standalone]) pack.write(project.path(entry));
  pack.end();
  const { bundles, scripts, metadata } = await finish(pack);
  return { bundles, scripts, metadata };
}

describe('larger bundles with a cache', () => {
  it('in memory, after any edit of texts and sizes', async () => {
    let splits = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const random = randomNumbers(seed);
      const project = new Project({ ...files, 'sw.js': "import './a.js'; import './d.js';" });
      const cache = dynapack.cache();
      const standalone = seed % 2 === 0 ? ['sw.js'] : [];
      let before = (await build(project, cache, standalone)).metadata;
      let kept = 0;
      for (let round = 1; round <= 20; round++) {
        const file = PARTS[Math.floor(random() * PARTS.length)] as string;
        // Mostly a few characters, now and then another size.
        const length = random() < 0.4 ? Math.floor(random() ** 2 * 3000) : 100;
        project.write({ [file]: part(length, round, NEEDS[file]) });
        const clean = await build(project, undefined, standalone);
        const again = await build(project, cache, standalone);
        expect(again.metadata, `seed ${seed}, edit ${round}`).to.deep.equal(clean.metadata);
        const written = { ...clean.bundles, ...again.bundles };
        expect(written, `seed ${seed}, edit ${round}`).to.deep.equal(clean.bundles);
        if (JSON.stringify(before.bundles) === JSON.stringify(clean.metadata.bundles)) kept++;
        else splits++;
        before = clean.metadata;
      }
      expect(kept).to.be.greaterThan(5);
    }
    // Otherwise it would not have been worth a test.
    expect(splits).to.be.greaterThan(5);
  });

  it('on the disk, from process to process', async () => {
    const project = new Project(files);
    const directory = project.path('node_modules/.cache/dynapack');
    const numbers: number[] = [];
    for (const length of [100, 104, 20_000, 100]) {
      project.write({ 'd.js': part(length, length) });
      const clean = await build(project);
      const first = await build(project, dynapack.cache(directory));
      expect(first, `with ${length}`).to.deep.equal(clean);
      await sleep(2500);
      expect(await build(project, dynapack.cache(directory)), `again with ${length}`).to.deep.equal(clean);
      numbers.push(Object.keys(clean.bundles).length);
    }
    expect(new Set(numbers).size).to.be.greaterThan(1);
  });

  it('groups of other modules are other options', async () => {
    const project = new Project(files);
    const cache = dynapack.cache();
    for (const groups of [{ own: /[ab]\.js/ }, { own: /[cd]\.js/ }, { own: /[cd]\.js/i }, {}]) {
      const options = { root: project.directory, split: { groups } };
      const outputs = [];
      for (const given of [{ cache }, {}]) {
        const pack = hush(dynapack({ ...options, ...given }));
        pack.end(project.path('home.js'));
        const { bundles, metadata } = await finish(pack);
        outputs.push({ bundles, metadata });
      }
      expect(outputs[0]).to.deep.equal(outputs[1]);
    }
  });
});
