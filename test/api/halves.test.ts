/** Packages with a file for each kind of reference, while references come and go: outputs are those of a clean build, in any order. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { Dice } from '../esm/dice';
import { finish } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const SEEDS = 6;
const EDITS = 12;

const NAMES = ['p0', 'p1', 'p2'];
const MAINS = NAMES.map((name) => `node_modules/${name}/main.js`);
const MODULES = NAMES.map((name) => `node_modules/${name}/module.js`);
const OWN = ['m0.js', 'm1.js', 'm2.js'];
const COMMON = ['c0.js', 'c1.js'];

/** Statements of each file, any of which may stand beside any others. */
class Program {
  private readonly statements = new Map(
    [...MAINS, ...MODULES, ...OWN, ...COMMON].map((file): [string, string[]] => [file, []]),
  );
  private made = 0;
  /** Packages without side effects. */
  private readonly pure = new Set<string>();

  constructor(private readonly dice: Dice) {
    for (const name of NAMES) if (dice.chance(0.3)) this.pure.add(name);
    for (let count = 0; count < 16; count++) this.edit();
  }

  files(): ProjectFiles {
    const manifests = NAMES.map((name): [string, object] => [
      `node_modules/${name}/package.json`,
      { name, main: 'main.js', module: 'module.js', ...(this.pure.has(name) && { sideEffects: false }) },
    ]);
    const sources = [...this.statements].map(([file, list]): [string, string] => {
      const isCommon = MAINS.includes(file) || COMMON.includes(file);
      const offered = isCommon ? 'exports.a = exports.b = [];' : 'export const a = []; export const b = [];';
      return [file, [offered, ...list].join('\n')];
    });
    return {
      ...Object.fromEntries([...manifests, ...sources]),
      'main.js': "import './m0.js'; import('./m1.js'); import './c0.js';",
      'page.js': "import './m2.js'; import './c1.js';",
    };
  }

  edit(): void {
    for (let count = this.dice.below(2); count >= 0; count--) {
      const [file, list] = this.dice.pick([...this.statements]);
      if (list.length > 0 && this.dice.chance(0.5)) list.splice(this.dice.below(list.length), 1);
      else list.push(this.statement(file));
    }
  }

  private statement(file: string): string {
    const { dice } = this;
    const name = dice.pick(NAMES.filter((each) => !file.includes(`/${each}/`)));
    const local = `x${this.made++}`;
    const isOwn = file.startsWith('node_modules/');
    const path = isOwn ? '../../' : './';
    if (MAINS.includes(file) || COMMON.includes(file))
      return dice.pick([
        `require('${name}').a.push(${this.made});`,
        `require('${path}${dice.pick(COMMON)}');`,
      ]);
    return dice.pick([
      `import { ${dice.pick(['a', 'b'])} as ${local} } from '${name}'; self.x = ${local};`,
      `import { ${dice.pick(['a', 'b'])} as ${local} } from '${name}'; self.x = ${local};`,
      `import '${name}';`,
      `import('${name}');`,
      `require('${name}');`,
      `require('${path}${dice.pick(COMMON)}');`,
      `import '${path}${dice.pick(OWN)}';`,
      `import { a as ${local} } from '${isOwn ? './main.js' : name}'; self.x = ${local};`,
      `export { a as ${local} } from '${name}';`,
      `self.x = ${this.made};`,
    ]);
  }
}

interface Told {
  metadata: dynapack.BuildMetadata;
  warnings: string[];
  outputs: Record<string, string>;
}

async function build(project: Project, entries: string[], cache?: dynapack.Cache): Promise<Told> {
  const pack = dynapack({ root: project.directory, ...(cache && { cache }) });
  const warnings: string[] = [];
  pack.on('warning', ({ code, message }) => warnings.push(`${code} ${message}`));
  for (const entry of entries) pack.write(project.path(entry));
  pack.end();
  const { bundles, scripts, metadata } = await finish(pack);
  return { metadata, warnings, outputs: { ...bundles, ...scripts } };
}

/** Packages that are required in bundles which hold the file for `import` nevertheless. */
function heldTwice({ metadata: { files, modules }, outputs }: Told, project: Project): string[] {
  const text = Object.values(outputs).join('\n');
  const idOf = (file: string): string | undefined =>
    Object.keys(modules).find((id) => modules[id] === project.path(file));
  return NAMES.filter((_, index) => {
    const isImported = files.includes(project.path(MODULES[index] as string));
    return isImported && text.includes(`require("${idOf(MAINS[index] as string)}")`);
  });
}

/** Builds with one cache, each compared with a clean build. */
class Session {
  private readonly cache = dynapack.cache();
  private readonly emitted: Record<string, string> = {};

  constructor(readonly project: Project) {}

  async build(context: string): Promise<Told> {
    const made = await build(this.project, ['main.js', 'page.js'], this.cache);
    const clean = await build(this.project, ['page.js', 'main.js']);
    Object.assign(this.emitted, made.outputs);
    for (const [name, text] of Object.entries(clean.outputs))
      expect(this.emitted[name], `${context}: ${name}`).to.equal(text);
    expect(made.metadata, context).to.deep.equal(clean.metadata);
    expect(made.warnings, context).to.deep.equal(clean.warnings);
    return clean;
  }
}

describe('packages with a file for each kind of reference, edited', () => {
  const halves = (name: string, main: string, module: string): ProjectFiles => ({
    [`node_modules/${name}/package.json`]: { name, main: 'main.js', module: 'module.js' },
    [`node_modules/${name}/main.js`]: `exports.a = []; ${main}`,
    [`node_modules/${name}/module.js`]: `export const a = []; ${module}`,
  });

  it('when a require comes and goes, of a file that was there', async () => {
    const files = {
      'main.js': "import { a } from 'p0'; import './c0.js'; self.x = a;",
      'page.js': '',
      'c0.js': 'self.y = 1;',
      ...halves('p0', '', "require('./main.js');"),
    };
    const session = new Session(new Project(files));
    for (const source of ['self.y = 1;', "require('p0');", 'self.y = 1;', "require('p0'); self.y = 1;"]) {
      session.project.write({ 'c0.js': source });
      const { metadata } = await session.build(source);
      const isImported = metadata.files.includes(session.project.path('node_modules/p0/module.js'));
      expect(isImported, source).to.equal(!source.includes('require'));
    }
  });

  it('when the require is in a file whose place another one has taken', async () => {
    const files = {
      'main.js': "import { a } from 'p0'; import { a as b } from 'p1'; import './c0.js'; self.x = [a, b];",
      'page.js': '',
      'c0.js': "require('p0');",
      ...halves('p0', '', "require('p1');"),
      ...halves('p1', '', ''),
    };
    const session = new Session(new Project(files));
    for (const module of ["require('p1');", 'self.y = 1;', "require('p1'); self.y = 2;"]) {
      session.project.write({ 'node_modules/p0/module.js': `export const a = []; ${module}` });
      await session.build(module);
    }
    session.project.write({ 'main.js': "import { a } from 'p1'; import './c0.js'; self.x = a;" });
    const { metadata } = await session.build('p0 imported no more');
    expect(metadata.files).to.include(session.project.path('node_modules/p1/module.js'));
  });

  it('at random', async () => {
    let united = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const program = new Program(new Dice(seed));
      const session = new Session(new Project(program.files()));
      for (let edit = 0; edit <= EDITS; edit++) {
        const built = await session.build(`seed ${seed}, edit ${edit}`);
        const { metadata } = built;
        expect(heldTwice(built, session.project), `seed ${seed}, edit ${edit}`).to.deep.equal([]);
        if (MAINS.some((main) => metadata.files.includes(session.project.path(main)))) united++;
        program.edit();
        session.project.write(program.files());
      }
    }
    expect(united).to.be.greaterThan(SEEDS * 4);
  }).timeout(120_000);
});
