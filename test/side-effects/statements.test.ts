/** Statements that nobody needs are left out, and nobody sees it: seeded random programs do what they do in Node. `SEED=123` runs one. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import type { Treatment } from '../esm/bundled';
import { compare, describeMismatch, type Mismatch } from '../esm/compare';
import { filesOf } from '../esm/files';
import { finish, hush, sharing } from '../helpers/pack';
import { Project } from '../helpers/project';
import { meriyah } from '../parse/engines';
import { randomStatements } from './statements';

const { SEED, COUNT } = process.env;
const start = Number(SEED ?? 1);
const total = Number(COUNT ?? (SEED === undefined ? 500 : 1));
const PER_TEST = 250;

const TURNS = 5;

async function build(
  project: Project,
  seed: number,
  cache?: dynapack.Cache,
): Promise<Record<string, string>> {
  const pack = hush(dynapack({ root: project.directory, ...(cache && { cache }) }));
  pack.end(project.path(`g${seed}/main${seed}.cjs`));
  return (await finish(pack)).bundles;
}

describe('programs with statements that nobody needs', () => {
  const same = (what: string, first: number, count: number, treatment: Treatment): void => {
    it(`do what they do in Node${what}: seeds ${first} to ${first + count - 1}`, async () => {
      const programs = Array.from({ length: count }, (_, index) => randomStatements(first + index));
      const { mismatches, broken } = await compare(programs, treatment);
      const mismatch = mismatches[0] as Mismatch | undefined;
      const seeds = mismatches.map(({ program }) => program.seed).join(', ');
      if (mismatch) expect.fail(`${seeds} differ\n${describeMismatch(mismatch, mismatch.program.seed)}`);
      expect(broken).to.equal(0);
    }).timeout(120_000);
  };

  for (let seed = start; seed < start + total; seed += PER_TEST)
    same(', sharing functions', seed, Math.min(PER_TEST, start + total - seed), { pipe: sharing });

  same(', read as trees', start, Math.min(PER_TEST, total), { options: { parser: meriyah } });

  it('are, after edits that need others, what they are when they are built anew', async () => {
    for (let seed = 5001; seed <= 5040; seed++) {
      const project = new Project(filesOf([randomStatements(seed)]));
      const cache = dynapack.cache();
      const outputs: Record<string, string> = {};
      for (let turn = 0; turn <= TURNS; turn++) {
        project.write(filesOf([randomStatements(seed, turn)]));
        Object.assign(outputs, await build(project, seed, cache));
        for (const [name, text] of Object.entries(await build(project, seed)))
          expect(outputs[name], `seed ${seed}, turn ${turn}, ${name}`).to.equal(text);
      }
    }
  }).timeout(120_000);
});
