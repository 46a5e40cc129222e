/** Random libraries without side effects: leaving out what nobody asks for changes no value, whatever has been edited. */
import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, hush, type Packed } from '../helpers/pack';
import { Project } from '../helpers/project';
import { visit } from '../helpers/visit';
import { Library } from './library';

const SEEDS = 40;
const EDITS = 6;

/** What each program tells in Node, all in one process. */
const RUN = `(async () => {
  const told = [];
  for (const path of process.argv.slice(1)) { await import(path); told.push(globalThis.told); }
  require('fs').writeSync(1, JSON.stringify(told));
})()`;

function build(project: Project, cache?: dynapack.Cache): Promise<Packed> {
  const pack = hush(dynapack({ root: project.directory, ...(cache && { cache }) }));
  pack.end(project.path('main.mjs'));
  return finish(pack);
}

/** What the program's bundles tell. */
async function tell({ bundles, scripts }: Pick<Packed, 'bundles' | 'scripts'>): Promise<unknown> {
  const { page, errors } = await visit(bundles, [scripts['main.html'] as string]);
  if (errors.length > 0) throw errors[0];
  return page.told;
}

describe('random libraries without side effects', () => {
  it('give the values they give in Node', async () => {
    const projects = Array.from(
      { length: SEEDS * 4 },
      (_, seed) => new Project(new Library(seed + 1).files()),
    );
    const paths = projects.map((project) => project.path('main.mjs'));
    const inNode = JSON.parse(
      execFileSync(process.execPath, ['--eval', RUN, ...paths], { encoding: 'utf8' }),
    );
    let left = 0;
    for (const [index, project] of projects.entries()) {
      const packed = await build(project);
      expect(await tell(packed), `seed ${index + 1}`).to.equal(inNode[index]);
      if (Object.keys(packed.metadata.modules).length < 9) left++;
    }
    expect(left, 'programs of which something was left out').to.be.greaterThan(SEEDS);
  }).timeout(120_000);

  it('built again after edits, are what they are when built anew', async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const library = new Library(1000 + seed);
      const project = new Project(library.files());
      const cache = dynapack.cache();
      const outputs: Record<string, string> = {};
      for (let edit = 0; edit <= EDITS; edit++) {
        Object.assign(outputs, (await build(project, cache)).bundles);
        const { bundles } = await build(project);
        const context = `seed ${seed}, edit ${edit}`;
        for (const [name, text] of Object.entries(bundles)) expect(outputs[name], context).to.equal(text);
        library.edit();
        project.write(library.files());
      }
    }
  }).timeout(120_000);
});
