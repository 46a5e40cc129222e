import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { command } from '../helpers/process';
import { Project } from '../helpers/project';

const lines = (changed: string): string =>
  Array.from(
    { length: 200 },
    (_, line) => `line ${line}: ${(line * 7919) % 1000}${line === 90 ? changed : ''}\n`,
  ).join('');

describe('dynapack patch and apply', () => {
  const make = () =>
    new Project({
      'a.js': lines(''),
      'b.js': 'const part = "of another file";\n',
      'new.js': `${lines(' – neu')}const part = 2;\n`,
    });
  const run = async (project: Project, ...args: string[]) => command(project.directory, ...args).finished;
  const read = (project: Project, name: string) => readFileSync(project.path(name), 'utf8');

  it('make the new file of the old ones, and say what that costs', async () => {
    const project = make();
    const { code, output } = await run(project, 'patch', 'a.js', 'b.js', 'new.js', '-o', 'x.patch');
    expect(code, output).to.equal(0);
    expect(output).to.match(/^\d+ bytes after brotli, \d+\.\d % of new\.js \(\d+\)\n$/);
    expect(read(project, 'x.patch').length).to.be.below(120);
    const applied = await run(project, 'apply', 'x.patch', 'a.js', 'b.js', '-o', 'made.js');
    expect(applied.code, applied.output).to.equal(0);
    expect(read(project, 'made.js')).to.equal(read(project, 'new.js'));
  });

  it('write to standard output, or show the differences', async () => {
    const project = make();
    const { output } = await run(project, 'patch', 'a.js', 'new.js', '--show');
    expect(output).to.include('-line 90: 710\n').and.to.include('+line 90: 710 – neu\n');
    const printed = await run(project, 'patch', 'a.js', 'new.js');
    expect(printed.output).to.match(/^1[\w-]{28}\n/m);
  });

  for (const [name, args, code, message] of [
    ['a patch for other files', ['apply', 'x.patch', 'b.js', '-o', 'made.js'], 1, /PATCH_BASE/],
    ['what is no patch', ['apply', 'a.js', 'b.js', '-o', 'made.js'], 1, /PATCH_MALFORMED/],
    ['a file that is not there', ['patch', 'none.js', 'new.js', '-o', 'made.js'], 1, /NOT_FOUND.*none\.js/],
    ['a file that is no text', ['patch', 'image.png', 'new.js', '-o', 'made.js'], 1, /NOT_TEXT.*image\.png/],
    ['one file', ['patch', 'a.js', '-o', 'made.js'], 2, /needs at least two files/],
    ['--show of a build', ['a.js', '--show'], 2, /--show goes with/],
  ] as const) {
    it(`refuse ${name}, and write nothing`, async () => {
      const project = make();
      project.write({ 'image.png': Buffer.from([0xff, 0xd8, 0xff]) });
      await run(project, 'patch', 'a.js', 'new.js', '-o', 'x.patch');
      const finished = await run(project, ...args);
      expect(finished.output).to.match(message);
      expect(finished.code).to.equal(code);
      expect(existsSync(project.path('made.js'))).to.equal(false);
    });
  }
});
