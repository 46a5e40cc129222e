/** Imports and exports that come and go, with one cache: errors, outputs, and warnings that are new, are those of a clean build. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { Dice } from '../esm/dice';
import { finish } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const SEEDS = 24;
const EDITS = 24;

/** Two copies of a peer dependency, a package of two halves, and one without side effects. */
const PACKAGES: ProjectFiles = {
  'node_modules/peer/package.json': { name: 'peer', version: '1.0.0' },
  'node_modules/peer/index.js': 'exports.peer = 1;',
  'node_modules/user/package.json': { name: 'user', peerDependencies: { peer: '*' } },
  'node_modules/user/index.js': "require('peer');",
  'node_modules/other/package.json': { name: 'other' },
  'node_modules/other/index.js': "require('peer');",
  'node_modules/other/node_modules/peer/package.json': { name: 'peer', version: '2.0.0' },
  'node_modules/other/node_modules/peer/index.js': 'exports.peer = 2;',
  'node_modules/dual/package.json': {
    name: 'dual',
    exports: { import: './index.mjs', require: './index.cjs' },
  },
  'node_modules/dual/index.mjs': 'export default 1;',
  'node_modules/dual/index.cjs': 'module.exports = 1;',
  'node_modules/pure/package.json': { name: 'pure', main: 'index.mjs', sideEffects: false },
  'node_modules/pure/index.mjs':
    "export * from './a.mjs'; export * from './b.mjs'; export { c } from './c.mjs'; export * from './d.mjs';",
  'node_modules/pure/e.mjs': "import '../other/index.js'; export const e = 1;",
  'node_modules/pure/a.mjs': "import { own } from './b.mjs'; export const a = own;",
  'node_modules/pure/b.mjs': "export const own = 1; export * from '../../m1.mjs';",
  'node_modules/pure/c.mjs': "import { own } from './index.mjs'; export const c = () => own;",
};

const MODULES = ['m0.mjs', 'm1.mjs', 'm2.mjs', 'm3.mjs', 'm4.mjs', 'm5.cjs', 'm6.js'];
const NAMES = ['b', 'c', 'd', 'g1'];

/** A program whose modules are lists of statements, each of which may stand beside any others. */
class Program {
  private readonly statements = new Map(MODULES.map((file): [string, string[]] => [file, []]));
  private made = 0;
  private edits = 0;
  /** Of the module that may be of either kind. */
  private isCommon = true;
  private before: (readonly [string, string[]])[] = [];

  constructor(private readonly dice: Dice) {
    for (let count = 0; count < 16; count++) this.add();
  }

  files(): ProjectFiles {
    const own = [...this.statements].map(([file, list]): [string, string] => {
      const isCommon = file.endsWith('.cjs') || (file.endsWith('.js') && this.isCommon);
      const offered = isCommon ? 'exports.a = 1;' : 'export const a = 1;';
      return [file, `${[offered, ...list].join('\n')}\n`];
    });
    // Other references after each edit: a build after which all have stayed does not say again what it has said.
    const again = "require('./m5.cjs');".repeat(this.edits);
    const main = `import './m0.mjs'; import('./m1.mjs'); require('./m5.cjs');${again}`;
    const pure = `${this.isCommon ? "import './b.mjs';" : ''} export { own as d } from './b.mjs';`;
    return {
      ...Object.fromEntries(own),
      'node_modules/pure/d.mjs': `${pure} export { e } from './e.mjs';`,
      'main.js': main,
      'page.mjs': "import './m2.mjs';",
    };
  }

  /** Takes the last edit back. */
  undo(): void {
    for (const [file, list] of this.before) this.statements.set(file, list);
  }

  edit(): void {
    this.edits++;
    this.before = [...this.statements].map(([file, list]) => [file, list.slice()]);
    if (this.dice.chance(0.1)) this.isCommon = !this.isCommon;
    for (let count = this.dice.below(3); count >= 0; count--) {
      if (this.dice.chance(0.5)) this.add();
      else this.remove();
    }
  }

  private add(): void {
    const file = this.dice.pick(MODULES);
    const statement = file.endsWith('.mjs') ? this.module() : this.common();
    const list = this.statements.get(file) as string[];
    if (!list.includes(statement)) list.push(statement);
  }

  private remove(): void {
    const list = this.statements.get(this.dice.pick(MODULES)) as string[];
    if (list.length > 0) list.splice(this.dice.below(list.length), 1);
  }

  private common(): string {
    const target = this.dice.pick([...MODULES.map((file) => `./${file}`), 'dual', 'other', 'user', 'pure']);
    const call = this.dice.chance(0.7) ? 'require' : 'import';
    return this.dice.chance(0.2) ? `self.x = ${this.made++};` : `${call}('${target}');`;
  }

  private module(): string {
    const { dice } = this;
    const from = `from './${dice.pick(MODULES)}';`;
    const name = dice.chance(0.6) ? 'a' : dice.pick(NAMES);
    const local = `x${this.made++}`;
    return dice.pick([
      `import { ${name} as ${local} } ${from} self.x = ${local};`,
      `import { ${name} as ${local} } ${from} self.x = ${local};`,
      `import * as ${local} ${from} self.x = ${local}.${name};`,
      `import './${dice.pick(MODULES)}';`,
      `import('./${dice.pick(MODULES)}');`,
      `export const ${dice.pick(NAMES)} = 1;`,
      `export const ${dice.pick(NAMES)} = 1;`,
      `export { ${name} as ${local} } ${from}`,
      `export { a as b } ${from}`.replace(' as b', dice.chance(0.5) ? ' as b' : ` as ${local}`),
      `export * ${from}`,
      `export * ${from}`,
      `import { ${dice.pick(['own', 'own', 'c', 'd', 'e', 'a', 'g1'])} as ${local} } from 'pure'; self.x = ${local};`,
      `import * as ${local} from 'pure/a.mjs'; self.x = ${local}.own;`,
      `import * as ${local} from 'pure/a.mjs'; self.x = ${local}.own;`,
      `import '${dice.pick(['dual', 'dual', 'other', 'user'])}';`,
      `self.x = ${this.made};`,
      dice.chance(0.7) ? `await ${this.made};` : '',
    ]);
  }
}

/** What a build tells: its error, or all it gives. */
interface Told {
  error?: string;
  warnings?: string[];
  metadata?: object;
  outputs?: Record<string, string>;
}

/** What stands alone in a third of the programs each: nothing, one of the entries, and a module that pages have as well. */
const STANDALONE: { options: dynapack.Options; entries: string[] }[] = [
  { options: {}, entries: ['main.js', 'page.mjs'] },
  { options: { standalone: ['page.mjs'] }, entries: ['main.js', 'page.mjs'] },
  { options: { library: { 'm2.mjs': 'Lib' } }, entries: ['main.js', 'm2.mjs', 'page.mjs'] },
];

async function build(project: Project, seed: number, cache?: dynapack.Cache): Promise<Told> {
  const { options, entries } = STANDALONE[seed % STANDALONE.length] as (typeof STANDALONE)[number];
  const pack = dynapack({ root: project.directory, ...options, ...(cache && { cache }) });
  const warnings: string[] = [];
  pack.on('warning', ({ code, path, message }) => warnings.push(`${code} ${path} ${message}`));
  for (const entry of entries) pack.write(project.path(entry));
  pack.end();
  try {
    const { bundles, scripts, metadata } = await finish(pack);
    return { warnings, metadata, outputs: { ...bundles, ...scripts } };
  } catch (error) {
    const { code, message } = error as dynapack.DynapackError;
    return { error: `${code} ${message}` };
  }
}

/** What was seen of a kind, over all seeds. */
type Seen = Map<string, number>;

const kindOf = (text: string): string => text.slice(0, text.indexOf(' '));

/** Code and path of a warning. */
const subjectOf = (warning: string): string => warning.split(' ', 2).join(' ');

async function editAtRandom(seed: number, seen: Seen): Promise<void> {
  const program = new Program(new Dice(seed));
  const project = new Project({ ...PACKAGES, ...program.files() });
  const cache = dynapack.cache();
  let given: string[] = [];
  for (let edit = 0; edit <= EDITS; edit++) {
    const told = await build(project, seed, cache);
    const clean = await build(project, seed);
    // Of packages, those are told that the last good build has not found.
    const news = clean.warnings?.filter((warning) => !given.includes(subjectOf(warning)));
    expect(told, `seed ${seed}, edit ${edit}`).to.deep.equal(news ? { ...clean, warnings: news } : clean);
    given = clean.warnings?.map(subjectOf) ?? given;
    const kinds =
      clean.error === undefined ? ['built', ...(clean.warnings ?? []).map(kindOf)] : [kindOf(clean.error)];
    for (const kind of kinds) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    // An edit is compared with the last build that succeeded: most shall follow one.
    if (clean.error !== undefined && edit % 4 !== 0) program.undo();
    program.edit();
    project.write(program.files());
  }
}

describe('edits of imports and exports', () => {
  it('give the errors, outputs, and new warnings of a clean build', async () => {
    const seen: Seen = new Map();
    for (let seed = 1; seed <= SEEDS; seed++) await editAtRandom(seed, seen);
    for (const kind of [
      'built',
      'NO_EXPORT',
      'AMBIGUOUS_EXPORT',
      'REQUIRE_ASYNC',
      'DUPLICATE_PEER',
      'DUAL_PACKAGE',
    ])
      expect(seen.get(kind), `${kind} of ${JSON.stringify([...seen])}`).to.be.greaterThan(5);
    expect(seen.get('LIBRARY_ASYNC')).to.be.greaterThan(0);
  }).timeout(120_000);
});
