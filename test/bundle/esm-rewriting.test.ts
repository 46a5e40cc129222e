/** However an ES module is written, its bundle parses and exports what it exports in Node. */
import { expect } from 'chai';
import { transform } from 'esbuild';
import { type RandomModule, randomModule } from './rewriting/modules';
import { tellInBundles, tellInNode, writeModules } from './rewriting/run';

const MODULES = 400;
const PER_TEST = 50;

/** Bundles one module, which failed among others, for an error that names its seed and source. */
async function failAlone(module: RandomModule): Promise<void> {
  try {
    await tellInBundles([module], writeModules([module]));
  } catch (error) {
    throw new Error(`seed ${module.seed}: ${error}\n${module.source}`, { cause: error });
  }
}

async function tellBundled(modules: readonly RandomModule[], project: ReturnType<typeof writeModules>) {
  try {
    return await tellInBundles(modules, project);
  } catch (error) {
    for (const module of modules) await failAlone(module);
    throw error;
  }
}

/** The module as a minifier writes it. */
async function minified({ source, ...module }: RandomModule): Promise<RandomModule> {
  const { code } = await transform(source, { format: 'esm', minify: true, charset: 'utf8' });
  return { ...module, source: code };
}

async function expectSame(modules: readonly RandomModule[]): Promise<void> {
  const project = writeModules(modules);
  const expected = await tellInNode(modules, project);
  const told = await tellBundled(modules, project);
  modules.forEach(({ seed, source }, index) => {
    expect(told[index], `seed ${seed}:\n${source}`).to.equal(expected[index]);
  });
}

const listModules = (first: number, count: number): RandomModule[] =>
  Array.from({ length: count }, (_, index) => randomModule(first + index));

describe('rewriting of random ES modules', () => {
  for (let first = 1; first <= MODULES; first += PER_TEST) {
    it(`changes nothing of what they do: seeds ${first} to ${first + PER_TEST - 1}`, () =>
      expectSame(listModules(first, PER_TEST)));
  }

  it('changes nothing of what they do once they are minified', async () => {
    await expectSame(await Promise.all(listModules(MODULES + 1, PER_TEST).map(minified)));
  });

  it('is seldom of modules that throw', async () => {
    const modules = listModules(1, PER_TEST);
    const told = await tellInNode(modules, writeModules(modules));
    expect(told.filter((each) => each.startsWith('throws')).length).to.be.lessThan(PER_TEST / 5);
    expect(told.join('')).to.include('function default').and.include('closed').and.include('promise');
  });
});
