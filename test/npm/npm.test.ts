/** Popular packages of npm, bundled in one build: each does in Chromium what it does in Node. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect } from 'chai';
import { pack } from '../helpers/pack';
import { Project } from '../helpers/project';
import { directory } from './project';
import { failureOf, type Outcome, type Proof, prove } from './proof';
import { table, uses } from './table';
import { nameOf } from './use';

/** Name → file. */
type Builtins = Record<string, string>;

describe('npm', function () {
  this.timeout(600_000);
  let proof: Proof;

  before(async () => {
    proof = await prove(uses);
  });

  for (const [area, rows] of Object.entries(table)) {
    describe(area, () => {
      for (const use of rows) {
        it(`${use.package}, by ${use.how}`, () => {
          const failure = failureOf(proof.outcomes.get(use) as Outcome);
          if (failure) expect.fail(failure);
        });
      }
    });
  }

  it('uses at least eighty packages, each in ways of its own', () => {
    expect(new Set(uses.map((use) => use.package)).size).to.be.at.least(80);
    expect(new Set(uses.map(nameOf)).size).to.equal(uses.length);
    for (const how of ['require', 'import', 'import()', 'both']) {
      expect(uses.filter((use) => use.how === how)).to.have.lengthOf.at.least(8);
    }
  });

  it("has builtins as browserify gives them: require('browserify/lib/builtins')", async () => {
    const builtins = createRequire(join(directory, 'package.json'))('browserify/lib/builtins') as Builtins;
    const source = "self.result = [require('util').format('%s', 1), require('fs'), typeof process.nextTick];";
    const project = new Project({ 'main.js': source });
    const packed = await pack([project.path('main.js')], { root: project.directory, builtins });
    const { page } = await packed.visit('main');
    expect(page.result).to.deep.equal(['1', {}, 'function']);
  });

  it('makes bundles that parse, each module in one of them', () => {
    const { bundles, metadata } = proof.packed;
    for (const [filename, code] of Object.entries(bundles)) new Script(code, { filename });
    const placed = Object.values(metadata.bundles).flat();
    expect(placed).to.have.lengthOf(new Set(placed).size);
    expect(new Set(placed)).to.deep.equal(new Set(Object.values(metadata.modules)));
    expect(metadata.minimal).to.equal(true);
  });

  it('fetches what each page starts with, and nothing twice', () => {
    for (const [name, start] of Object.entries(proof.packed.metadata.entries)) {
      const { fetched } = proof.visits[name] as Proof['visits'][string];
      expect(fetched, name).to.include.members(start);
      expect(fetched, name).to.have.lengthOf(new Set(fetched).size);
    }
  });
});
