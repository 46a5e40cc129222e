/** `dynapack --watch` while directories, packages and package.json files come, go and are replaced, by the tools that do so. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { pack } from '../helpers/pack';
import { commandInOrder, type Running } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';

const firstLine = (text: string): string => text.split('\n')[0] as string;

/** A workspace whose application the command watches. */
class Watched extends Project {
  private readonly watching: Running;

  constructor(files: ProjectFiles) {
    super(files);
    this.watching = commandInOrder(this.path('app'), 'src/main.js', '--watch');
  }

  /** Does something, and waits until the command has made what a clean build makes then, or shows its error. */
  async step(what: string, change: () => void, expected: string | RegExp): Promise<void> {
    change();
    const clean = await pack([this.path('app/src/main.js')], { root: this.path('app') }).then(
      ({ bundles }) => bundles['main.js'] as string,
      (error) => firstLine(error.message),
    );
    expect(clean, what).to.match(new RegExp(expected));
    for (let turn = 0; turn < 600 && this.state() !== clean; turn++) await sleep(25);
    expect(this.state(), `${what}\n${this.watching.output}`).to.equal(clean);
  }

  /** The message of the error that was shown last, if no build has gone well since, or the bundle. */
  private state(): string {
    const news = this.watching.output.match(/^dynapack [A-Z_]+: .*$|\(\d+ ms\)$|^Written to/gm) ?? [];
    const error = /^dynapack [A-Z_]+: (.*)$/.exec(news.at(-1) ?? '');
    const bundle = this.path('app/bundles/main.js');
    if (error) return error[1] as string;
    return existsSync(bundle) ? readFileSync(bundle, 'utf8') : '';
  }

  run(program: string, ...args: string[]): void {
    execFileSync(program, args, { cwd: this.directory, stdio: 'pipe' });
  }

  move(from: string, to: string): void {
    renameSync(this.path(from), this.path(to));
  }

  git(...args: string[]): void {
    this.run('git', '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args);
  }
}

describe('dynapack --watch, places', () => {
  it('follows directories that are deleted, generated, moved, linked and switched by git', async () => {
    const made = new Watched({
      'app/src/main.js': "require('./lib/a'); require('../current/c');",
      'app/src/lib/a.js': "exports.a = 'first';",
      'v1/c.js': "exports.c = 'v1';",
      'v2/c.js': "exports.c = 'v2';",
      '.gitignore': 'bundles',
    });
    const write = (text: string) => made.write({ 'app/src/lib/a.js': `exports.a = '${text}';` });
    const link = (to: string) => made.run('ln', '-sfn', `../${to}`, 'app/current');
    await made.step('a link is missing', () => {}, /current/);
    await made.step('linked', () => link('v1'), "'v1'");
    await made.step('retargeted', () => link('v2'), "'v2'");
    await made.step('deleted', () => made.run('rm', '-r', 'app/src/lib'), /lib\/a/);
    await made.step('generated', () => write('generated'), "'generated'");
    await made.step('edited', () => write('edited'), "'edited'");
    made.git('init', '--quiet', '--initial-branch=one');
    made.git('add', '.');
    made.git('commit', '--quiet', '--message=one');
    made.git('switch', '--quiet', '--create=two');
    await made.step('rewritten', () => made.run('rm', '-r', 'app/src/lib'), /lib\/a/);
    await made.step(
      'an index',
      () => made.write({ 'app/src/lib/a/index.js': 'exports.index = 2;' }),
      'index',
    );
    made.git('add', '.');
    made.git('commit', '--quiet', '--message=two');
    for (const [branch, text] of [
      ['one', "'edited'"],
      ['two', 'index'],
      ['one', "'edited'"],
    ] as const)
      await made.step(`switched to ${branch}`, () => made.git('switch', '--quiet', branch), text);
    await made.step('moved away', () => made.move('app/src', 'app/away'), /main.js/);
    await made.step('moved back', () => made.move('app/away', 'app/src'), "'edited'");
    await made.step('edited again', () => write('at last'), "'at last'");
  }).timeout(60_000);

  it('sees what mends a failed build, wherever it comes', async () => {
    const made = new Watched({
      'app/src/main.js': "require('#generated'); require('linked/part'); require('../../other/deep/x');",
      'app/package.json': { imports: { '#generated': './generated/code/index.js' } },
      'packages/linked/package.json': { name: 'linked', exports: { './*': './dist/parts/*.js' } },
    });
    const write = (name: string) => made.write({ [name]: `exports.x = '${name}';` });
    await made.step('nothing is there', () => {}, '');
    await made.step('a directory', () => made.run('mkdir', '-p', 'app/generated'), '');
    await made.step('the code', () => write('app/generated/code/index.js'), '');
    await made.step(
      'a link',
      () => {
        made.run('mkdir', 'node_modules');
        made.run('ln', '-s', '../packages/linked', 'node_modules/linked');
      },
      '',
    );
    await made.step('a build', () => write('packages/linked/dist/parts/part.js'), 'other/deep/x');
    await made.step('the last', () => write('other/deep/x.js'), 'parts/part');
    await made.step('cleaned', () => made.run('rm', '-r', 'packages/linked/dist'), 'linked/part');
    await made.step('built', () => write('packages/linked/dist/parts/part.js'), 'parts/part');
    await made.step('broken', () => made.write({ 'other/deep/x.js': 'const =' }), 'x');
    await made.step('mended', () => write('other/deep/x.js'), 'deep/x');
    const imports = (target: string) =>
      made.write({ 'app/package.json': { imports: { '#generated': target } } });
    await made.step('named otherwise', () => imports('./generated/other.js'), 'generated');
    await made.step('there', () => write('app/generated/other.js'), 'generated/other');
  }).timeout(60_000);

  it('sees what npm does, from the first install', async () => {
    const made = new Watched({
      'app/src/main.js': "require('pkg');",
      'package.json': { name: 'root', private: true, workspaces: ['app'] },
      'app/package.json': { name: 'app', version: '1.0.0', dependencies: { pkg: 'file:../vendor/pkg' } },
      'vendor/pkg/package.json': { name: 'pkg', version: '1.0.0', main: './lib/pkg.js' },
      'vendor/pkg/lib/pkg.js': "exports.version = 'one';",
    });
    const npm = (...args: string[]) => made.run('npm', ...args, '--install-links', '--offline', '--no-audit');
    await made.step('nothing is installed', () => {}, "'pkg'");
    await made.step('npm install', () => npm('install'), "'one'");
    made.write({ 'vendor/pkg/lib/pkg.js': "exports.version = 'two';" });
    await made.step('npm ci', () => npm('ci'), "'two'");
    await made.step(
      'edited',
      () => made.write({ 'node_modules/pkg/lib/pkg.js': 'exports.three = 3;' }),
      'three',
    );
    await made.step('rm -r', () => made.run('rm', '-r', 'node_modules'), "'pkg'");
    await made.step('npm ci', () => npm('ci'), 'exports');
  }).timeout(60_000);
});
