/** Linking in the page takes steps that grow with names and edges, not with their squares: counted, not timed. */
import { expect } from 'chai';
import { type Shape, shapes, starsOf } from '../esm/star-graphs';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { countSteps } from '../helpers/steps';

const NAMES = ['a', 'b', 'c', 'd'];

/** What a module exports that has no stars, or is where a circle begins. */
function leaf(number: number, shape: Shape, isCommon: boolean): string {
  const names = NAMES.map((name) => (shape === 'wide' ? `${name}${number}` : name));
  return isCommon
    ? names.map((name) => `exports.${name} = ${number};`).join('\n')
    : `export const ${names.map((name) => `${name} = ${number}`).join(', ')};`;
}

/** A program that asks for the names of all modules. */
function program(shape: Shape, size: number, hasCommon: boolean): ProjectFiles {
  const stars = starsOf(shape, size);
  const isLeaf = (number: number): boolean => stars[number]?.length === 0;
  const fileOf = (number: number): string => `m${number}.${hasCommon && isLeaf(number) ? 'cjs' : 'mjs'}`;
  const files = stars.map((targets, number): [string, string] => {
    const own = isLeaf(number) || (shape === 'circle' && number === 0);
    const lines = targets.map((target) => `export * from './${fileOf(target)}';`);
    return [
      fileOf(number),
      [...lines, ...(own ? [leaf(number, shape, hasCommon && isLeaf(number))] : [])].join('\n'),
    ];
  });
  const imports = shape === 'wide' ? [0] : [...stars.keys()].filter((number) => !isLeaf(number));
  return {
    'main.mjs': `${imports.map((number) => `import * as all${number} from './${fileOf(number)}';`).join('\n')}
      self.result = [${imports.map((number) => `Object.keys(all${number}).length`).join()}];`,
    ...Object.fromEntries(files),
  };
}

/** Steps of a visit, and what the page has found. */
async function visitSteps(files: ProjectFiles): Promise<[steps: number, result: unknown]> {
  const project = new Project(files);
  const packed = await pack([project.path('main.mjs')], { root: project.directory });
  let result: unknown;
  const steps = await countSteps(/^main\.js$/, async () => {
    const { page, errors, settle } = await packed.visit('main');
    await settle();
    if (errors.length > 0) throw errors[0];
    result = page.result;
  });
  return [steps, result];
}

describe('linking in the page takes steps that grow with the graph', () => {
  const SIZE = 60;
  for (const shape of shapes) {
    for (const hasCommon of shape === 'circle' ? [false] : [false, true]) {
      it(`${shape}${hasCommon ? ', down to CommonJS' : ''}`, async () => {
        const [once, result] = await visitSteps(program(shape, SIZE, hasCommon));
        const [twice] = await visitSteps(program(shape, 2 * SIZE, hasCommon));
        const counts = shape === 'wide' ? [(NAMES.length * SIZE) / 2] : expectedCounts(shape, SIZE);
        expect(result).to.deep.equal(counts);
        expect(once).to.be.greaterThan(10 * SIZE);
        // Whether CommonJS has run is asked before each module runs, of each that has not.
        expect(twice / once).to.be.lessThan(hasCommon ? 3 : 2.5);
      });
    }
  }
});

const expectedCounts = (shape: Shape, size: number): number[] =>
  Array(shape === 'circle' ? size : size - 1).fill(NAMES.length);
