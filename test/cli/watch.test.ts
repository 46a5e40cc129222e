import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { command } from '../helpers/process';
import { Project, readFiles } from '../helpers/project';

describe('dynapack --watch', () => {
  it('builds again at every change, through errors, and writes only what has changed', async () => {
    const project = new Project({
      'src/main.js': "import { a } from './lib/a.js'; self.out = a; import('./later.js');",
      'src/lib/a.js': 'export const a = [1];',
      'src/later.js': "export default 'later';",
    });
    const read = (name: string): string => readFileSync(project.path(`bundles/${name}`), 'utf8');
    const watching = command(project.directory, 'src/main.js', '--watch');
    await watching.next(/Written to bundles/);
    expect(read('main.js')).to.include('a = [1]');

    project.write({ 'src/lib/a.js': 'export const a = [2];' });
    await watching.next(/^main\.js \(\d+ ms\)/m);
    expect(read('main.js')).to.include('a = [2]');

    project.write({ 'src/later.js': 'export default = broken' });
    await watching.next(/SYNTAX_ERROR/);
    project.write({ 'src/later.js': "export default 'later';" });
    await watching.next(/no error any more \(\d+ ms\)/);
    project.write({ 'src/later.js': "import './new.js';" });
    await watching.next(/MODULE_NOT_FOUND/);
    project.write({ 'src/new.js': "self.fresh = 'new'; export {};" });
    await watching.next(/^src-later\.js \(\d+ ms\)|^later\.js \(\d+ ms\)/m);
    await watching.stop();
  });

  it('writes again what was deleted or damaged meanwhile, with the next build', async () => {
    const project = new Project({
      'src/main.js': "self.x = 0; import('./later.js');",
      'src/later.js': "export default 'later';",
    });
    const path = (name: string): string => project.path(`bundles/${name}`);
    const watching = command(project.directory, 'src/main.js', '--watch', '--sourcemaps');
    await watching.next(/Written to bundles/);
    const before = readFiles(project.path('bundles'));
    const damages = [
      () => rmSync(project.path('bundles'), { recursive: true }),
      () => rmSync(path('src-later.js.map')),
      () => writeFileSync(path('manifest.json'), '{}'),
    ];
    for (const [index, damage] of damages.entries()) {
      await sleep(400);
      damage();
      project.write({ 'src/main.js': `self.x = ${index + 1}; import('./later.js');` });
      await watching.next(/^(src-later\.js, )?main\.js.* \(\d+ ms\)/m);
      const { 'main.js': main, 'main.js.map': _, ...others } = readFiles(project.path('bundles'));
      expect(main).to.include(`self.x = ${index + 1}`);
      expect({ ...before, ...others }).to.deep.equal(before);
      expect(Object.keys(others)).to.have.length(Object.keys(before).length - 2);
    }
    await watching.stop();
  });

  it('compares each build as it is asked to, also one above its budget', async () => {
    const project = new Project({ 'main.js': 'self.x = 0;' });
    const text = (size: number): string =>
      Array.from({ length: size }, (_, index) => `self.x${index} = ${index * 7919};`).join('\n');
    const watching = command(project.directory, 'main.js', '-w', '--report', '--budget', 'main=2kB');
    await watching.next(/Written to bundles and report\.html/);
    project.write({ 'main.js': text(9) });
    await watching.next(/^main\.js \(\d+ ms\)\n\nSince the report before[\s\S]*main .* \(\+\d+ B\)/m);
    project.write({ 'main.js': text(900) });
    await watching.next(
      /\nSince the report before[\s\S]*main .* \(\+[\d.]+ kB\)[\s\S]*Report written to report\.html/,
    );
    await watching.stop();
  });

  it('a newer change ends the build that is under way', async () => {
    const project = new Project({ 'main.js': 'self.x = 0;' });
    const watching = command(project.directory, 'main.js', '-w');
    await watching.next(/Written to bundles/);
    for (let x = 1; x <= 20; x++) {
      project.write({ 'main.js': `self.x = ${x};` });
      await sleep(15);
    }
    await watching.next(/main\.js \(/);
    for (
      let turn = 0;
      turn < 40 && !readFileSync(project.path('bundles/main.js'), 'utf8').includes('x = 20');
      turn++
    ) {
      await sleep(100);
    }
    expect(readFileSync(project.path('bundles/main.js'), 'utf8')).to.include('self.x = 20;');
    await watching.stop();
  });
});
