/**
 * ES modules that share functions keep their names apart: random programs whose modules have the same few names, run in Node and in bundles.
 * `SEED=123` runs one of them; with `COUNT=50`, 50 from there.
 */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { type Packed, type Pipe, pack, sharing } from '../helpers/pack';
import { Project } from '../helpers/project';
import { functionsIn, tellInNode } from './pages';
import { SameNames } from './same-names';

const { SEED, COUNT } = process.env;
const total = Number(COUNT ?? (SEED === undefined ? 150 : 1));
const SEEDS = Array.from({ length: total }, (_, index) => Number(SEED ?? 1) + index);
const EDITED = SEEDS.slice(0, 25);
const EDITS = 3;

const build = (
  project: Project,
  { pages }: SameNames,
  pipe?: Pipe,
  options?: dynapack.Options,
): Promise<Packed> =>
  pack(
    pages.map((page) => project.path(page)),
    { root: project.directory, ...options },
    pipe,
  );

/** What each page tells. */
async function tell(packed: Packed, { pages }: SameNames): Promise<unknown[]> {
  const told: unknown[] = [];
  for (const file of pages) {
    const { page, errors } = await packed.visit(file.replace('.mjs', ''), { told: [], loads: [] });
    if (errors.length > 0) throw errors[0];
    told.push(page.told);
  }
  return told;
}

describe('random programs whose modules have the same few names', () => {
  it('tell what they tell in Node, as functions of several modules', async () => {
    const programs = SEEDS.map((seed) => new SameNames(seed));
    // Each page has files of its own there, and all of them are ES modules unless they say otherwise.
    const paths = programs.flatMap((program) =>
      program.pages.map((page) =>
        new Project({ ...program.files(), 'package.json': { type: 'module' } }).path(page),
      ),
    );
    const natives = tellInNode(paths);
    let shared = 0;
    for (const [index, program] of programs.entries()) {
      const where = `SEED=${SEEDS[index]}\n${program}`;
      const project = new Project(program.files());
      const packed = await build(project, program, sharing);
      expect(await tell(packed, program), where).to.deep.equal(natives.splice(0, program.pages.length));
      const { bundles } = await build(project, program);
      if (functionsIn(packed.bundles) < functionsIn(bundles)) shared++;
    }
    if (SEED === undefined) expect(shared, 'programs that share functions').to.be.above(total * 0.8);
  }).timeout(120_000);

  it('are after every edit what they are in a clean build, sharing functions and not', async () => {
    for (const seed of EDITED) {
      const program = new SameNames(seed);
      const project = new Project(program.files());
      const cache = dynapack.cache();
      for (let edit = 0; edit <= EDITS; edit++) {
        for (const pipe of [sharing, undefined]) {
          const edited = await build(project, program, pipe, { cache });
          const clean = await build(project, program, pipe);
          expect(edited.bundles, `SEED=${seed}, edit ${edit}\n${program}`).to.deep.equal(clean.bundles);
        }
        program.edit();
        project.write(program.files());
      }
    }
  }).timeout(120_000);
});
