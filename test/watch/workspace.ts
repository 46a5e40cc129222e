/** A workspace of an application, a linked package and installed ones, and what happens to one while it is watched. */
import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomNumbers } from '../../bench/generate-graph';
import { Project } from '../helpers/project';

/** What an import of the application names, and whether it may be missing. */
const IMPORTS = [
  './lib/a.js',
  './lib/deep/b',
  '../shared/s',
  './current/c',
  'linked',
  'linked/extra',
  'installed',
  '@scope/part',
  'stored',
  '#own',
  './mapped',
];

export class Workspace {
  readonly project: Project;
  readonly entry: string;
  private readonly random: () => number;
  /** So that no two texts are the same. */
  private count = 0;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
    this.project = new Project({ 'app/main.js': '' });
    this.entry = this.project.path('app/main.js');
    this.install();
    this.writeLibrary();
    this.writeShared();
    this.link('app/current', '../versions/v1');
    for (const version of ['v1', 'v2']) this.write(`versions/${version}/c.js`);
    this.buildLinked();
    this.describeApplication();
    this.write('app/own/one.js', 'app/own/two.js', 'app/mapped.js');
    this.writeEntry();
  }

  /** Does a few things at random, and gives their names. */
  change(): string[] {
    const kinds = Object.entries(this.changes);
    const done: string[] = [];
    for (let count = Math.floor(this.random() ** 2 * 4); count >= 0; count--) {
      const [name, change] = this.pick(kinds);
      change();
      done.push(name);
    }
    return done;
  }

  private readonly changes: Record<string, () => void> = {
    'edit main': () => this.writeEntry(),
    'edit lib': () => this.write(this.pick(['app/lib/a.js', 'app/lib/deep/b.js'])),
    'remove lib': () => this.remove(this.pick(['app/lib', 'app/lib/deep', 'app/lib/deep/b.js'])),
    'generate lib': () => {
      this.remove('app/lib');
      this.writeLibrary();
    },
    'write lib': () => this.writeLibrary(),
    'move lib away': () => this.move('app/lib', 'app/away'),
    'move lib back': () => this.move('app/away', 'app/lib'),
    'file or directory': () => this.write(this.pick(['app/lib/deep/b/index.js', 'app/lib/deep/b.json'])),
    'shared gone': () => this.remove('shared'),
    'shared written': () => this.writeShared(),
    'shared with an index': () => this.write('shared/s/index.js'),
    'shared replaced': () => {
      this.move('shared', 'old');
      this.writeShared();
      this.remove('old');
    },
    'current to another version': () =>
      this.link('app/current', this.pick(['../versions/v1', '../versions/v2', '../versions/none'])),
    'version removed': () => this.remove(this.pick(['versions/v1', 'versions'])),
    'version written': () => this.write('versions/v1/c.js', 'versions/v2/c.js'),
    'linked cleaned': () => this.remove('packages/linked/dist'),
    'linked built': () => this.buildLinked(),
    'linked built elsewhere': () => this.buildLinked('build'),
    'linked moved': () => this.move('packages/linked', 'packages/gone'),
    'linked moved back': () => this.move('packages/gone', 'packages/linked'),
    'npm ci': () => {
      this.remove('node_modules');
      this.install();
    },
    'node_modules removed': () => this.remove('node_modules'),
    'npm install': () => this.install(),
    'installed nearer': () =>
      this.writePackage(`app/node_modules/${this.pick(['installed', '@scope/part'])}`),
    'removed nearer': () => this.remove(this.pick(['app/node_modules', 'app/node_modules/installed'])),
    'another scope nearer': () => this.writePackage('app/node_modules/@scope/other'),
    'stored in another version': () => this.store(),
    'package.json': () => this.describeApplication(),
    'package.json gone': () => this.remove('app/package.json'),
    'own file': () => this.write(this.pick(['app/own/one.js', 'app/own/two.js', 'app/own/three.js'])),
    'own directory gone': () => this.remove('app/own'),
  };

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }

  private write(...names: string[]): void {
    for (const name of names) {
      this.count++;
      this.clearWay(dirname(name));
      if (existsSync(this.project.path(name)) && !name.endsWith('.json')) this.remove(name);
      const contents = name.endsWith('.json') ? { count: this.count } : `exports.count = ${this.count};`;
      this.project.write({ [name]: contents });
    }
  }

  /** Links that lead nowhere are in the way of directories. */
  private clearWay(name: string): void {
    if (name === '.') return;
    this.clearWay(dirname(name));
    const path = this.project.path(name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(path)) this.remove(name);
  }

  private remove(name: string): void {
    rmSync(this.project.path(name), { recursive: true, force: true });
  }

  private move(from: string, to: string): void {
    if (!existsSync(this.project.path(from))) return;
    this.remove(to);
    renameSync(this.project.path(from), this.project.path(to));
  }

  private link(name: string, target: string): void {
    const path = this.project.path(name);
    this.remove(name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }

  private writeEntry(): void {
    const names = IMPORTS.filter(() => this.random() < 0.5);
    const forms = names.map((name) =>
      this.random() < 0.8
        ? `try { require('${name}'); } catch {}`
        : this.pick([`require('${name}');`, `import('${name}');`]),
    );
    this.project.write({ 'app/main.js': `${forms.join('\n')}\nself.count = ${this.count++};` });
  }

  private writeLibrary(): void {
    this.write('app/lib/a.js', 'app/lib/deep/b.js');
  }

  private writeShared(): void {
    this.remove('shared');
    this.write('shared/s.js');
  }

  private writePackage(directory: string): void {
    this.remove(directory);
    const main = this.pick(['index.js', './dist/main', 'dist']);
    this.project.write({ [`${directory}/package.json`]: { name: 'any', main, sideEffects: false } });
    this.write(`${directory}/index.js`, `${directory}/dist/main.js`, `${directory}/dist/index.js`);
  }

  /** As npm leaves it. */
  private install(): void {
    this.writePackage('node_modules/installed');
    this.writePackage('node_modules/@scope/part');
    this.link('node_modules/linked', '../packages/linked');
    this.store();
  }

  /** As pnpm does. */
  private store(): void {
    const version = this.pick([1, 2, 3]);
    const directory = `node_modules/.pnpm/stored@${version}/node_modules/stored`;
    if (!existsSync(this.project.path(directory))) this.writePackage(directory);
    this.link('node_modules/stored', `.pnpm/stored@${version}/node_modules/stored`);
  }

  private buildLinked(to = 'dist'): void {
    this.remove(`packages/linked/${to}`);
    this.project.write({
      'packages/linked/package.json': {
        name: 'linked',
        exports: { '.': `./${to}/index.js`, './*': { browser: `./${to}/parts/*.js` } },
      },
    });
    this.write(`packages/linked/${to}/index.js`, `packages/linked/${to}/parts/extra.js`);
  }

  private describeApplication(): void {
    this.project.write({
      'app/package.json': {
        name: 'app',
        type: this.pick(['module', 'commonjs']),
        imports: { '#own': this.pick(['./own/one.js', './own/two.js', './own/three.js']) },
        browser: { './mapped.js': this.pick(['./own/one.js', './own/three.js', './own/two']) },
        sideEffects: this.pick([true, false]),
      },
    });
  }
}
