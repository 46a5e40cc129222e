/** Calls of functions that are annotated with `@__NO_SIDE_EFFECTS__`, where these are declared, are left out where nobody needs what they give. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const LIBRARY: ProjectFiles = {
  'functions.js': `
    /* @__NO_SIDE_EFFECTS__ */ export function define(x) { return ['define', x]; }
    export const make = /*#__NO_SIDE_EFFECTS__*/ (x) => ['make', x];
    export function plain(x) { return ['plain', x]; }
    /* @__NO_SIDE_EFFECTS__ */ export default function (x) { return ['default', x]; }`,
  'index.js': `
    export * from './functions.js'; export { define as defined, default } from './functions.js';
    import * as functions from './functions.js'; export { functions };`,
};

/** Values of declarations that nobody needs, and whether they are kept. */
const VALUES: [value: string, isKept: boolean][] = [
  ["define('value')", false],
  ["make(['value'])", false],
  ["defined(() => 'value')", false],
  ["whole({ value: define('value') })", false],
  ["index.define('value')", false],
  ["!index.make('value')", false],
  ["plain('value')", true],
  ["index.plain('value')", true],
  ["define(self.found, 'value')", true],
  ["define('value').length", true],
  ["define(...['value'])", true],
  ["functions.define('value')", true],
  ["new define('value')", true],
];

const mainOf = (value: string): string => `
  import whole, { define, make, defined, plain, functions } from './index.js'; import * as index from './index.js';
  const unneeded = ${value};
  self.result = [define, make, defined, plain, functions, whole].map((each) => typeof each);`;

const textOf = ({ bundles }: Packed): string => Object.values(bundles).join('\n');

async function build(project: Project, cache?: dynapack.Cache): Promise<Packed> {
  return pack([project.path('main.js')], { root: project.directory, ...(cache && { cache }) });
}

async function resultOf(packed: Packed): Promise<unknown> {
  const { page, errors } = await packed.visit('main');
  expect(errors).to.deep.equal([]);
  return page.result;
}

describe('calls without effects', () => {
  for (const [value, isKept] of VALUES)
    it(`${isKept ? 'stay' : 'are left out'}: ${value}`, async () => {
      const packed = await build(new Project({ ...LIBRARY, 'main.js': mainOf(value) }));
      expect(textOf(packed).includes("'value'")).to.equal(isKept);
      expect(await resultOf(packed)).to.deep.equal([...Array(4).fill('function'), 'object', 'function']);
    });

  it('are left out with all that they alone ask for', async () => {
    const project = new Project({
      ...LIBRARY,
      'main.js': "import { a } from './parts.js'; self.result = a;",
      'parts.js': `import { define } from './index.js'; import { heavy } from './heavy.js';
        export const a = 'a'; export const b = define(heavy);`,
      'heavy.js': "export const heavy = () => 'heavy';",
    });
    const packed = await build(project);
    expect(await resultOf(packed)).to.equal('a');
    expect(textOf(packed)).not.to.match(/heavy|'define'/);
  });

  it('stay where the function may not be there yet', async () => {
    const project = new Project({
      'main.js': "import { make } from './functions.js'; self.result = make(1);",
      'functions.js': "import './early.js'; export const make = /* @__NO_SIDE_EFFECTS__ */ (x) => x;",
      'early.js': "import { make } from './functions.js'; const unneeded = make('value');",
    });
    const packed = await build(project);
    const { errors } = await packed.visit('main');
    expect(errors.map(String)).to.match(/ReferenceError/);
  });

  it('stay as in a clean build after edits of either module', async () => {
    const project = new Project({
      ...LIBRARY,
      'main.js': "import { a } from './parts.js'; self.result = a;",
      'parts.js': '',
    });
    const cache = dynapack.cache();
    const annotated = LIBRARY['functions.js'] as string;
    const without = annotated.replace(
      '/* @__NO_SIDE_EFFECTS__ */ export function define',
      'export function define',
    );
    const parts = (given: string): string => `
      import { define } from './index.js'; export const a = 'a'; const list = [define]; export const b = define(${given});`;
    for (const [functions, given, isKept] of [
      [annotated, "'value'", false],
      [without, "'value'", true],
      [annotated, "'value'", false],
      [annotated, "self.found, 'value'", true],
      [annotated, "['value']", false],
      [`${annotated}define = plain;`, "['value']", true],
    ] as const) {
      project.write({ 'functions.js': functions, 'parts.js': parts(given) });
      const edited = await build(project, cache);
      expect(textOf(edited).includes("'value'"), `${given} ${isKept}`).to.equal(isKept);
      expect(edited.bundles).to.deep.equal((await build(project)).bundles);
    }
  });
});
