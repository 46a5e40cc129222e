import { readdirSync, readFileSync } from 'node:fs';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { expect } from 'chai';
import { command } from '../helpers/process';
import { Project } from '../helpers/project';
import { createDice, moduleText } from '../patch/texts';

const code = Array.from({ length: 40 }, (_, id) => moduleText(createDice(id), id)).join(',\n');
const main = (change: string): string => `self.main = '${change}'; self.code = () => ({ ${code} });`;

describe('dynapack --releases', () => {
  const run = async (project: Project, ...args: string[]) => command(project.directory, ...args).finished;
  const patchesIn = (project: Project): string[] =>
    readdirSync(project.directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^bundles\/patches\/.*\.txt$/.test(name),
    );

  /** Those of releases before included, for pages that are still open. */
  const bundlesIn = (project: Project): string[] =>
    readdirSync(project.path('bundles')).filter((name) => name.endsWith('.js'));

  for (const maps of [[], ['--sourcemaps']]) {
    it(`writes patches and says what they save ${maps.join()}`, async () => {
      const project = new Project({ 'main.js': main('one') });
      const first = await run(project, 'main.js', '--releases', 'kept', ...maps);
      expect(first.code, first.output).to.equal(0);
      expect(first.output).to.include('The first release');
      project.write({ 'main.js': main('two') });
      await run(project, 'main.js', '-r', 'kept', ...maps);
      project.write({ 'main.js': main('three') });
      const { output } = await run(project, 'main.js', '-r', 'kept', ...maps);
      expect(patchesIn(project)).to.have.length(3);
      const rows = [...output.matchAll(/^ {4}main\.js +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)$/gm)];
      expect(rows, output).to.have.length(2);
      const served = JSON.parse(readFileSync(project.path('bundles/aliases.json'), 'utf8'))['main.js'];
      expect(served).to.match(/^main-[0-9a-f]{10}\.js$/);
      const bundle = readFileSync(project.path(`bundles/${served}`));
      for (const row of rows) {
        const sizes = row.slice(1).map(Number);
        expect(sizes[0]).to.equal(bundle.length);
        expect((sizes[5] as number) * 10).to.be.below(sizes[2] as number);
      }
      expect(output.indexOf('release 2')).to.be.below(output.indexOf('release 1'));
      const snippet = readFileSync(project.path('bundles/main.html'), 'utf8');
      expect(snippet).to.include(`","${served}","sha256-`);
      expect(snippet).to.match(/"sha256-[\w+/=]+","[\w-]{11}","[\w-]{11}"\]/);
      expect(bundlesIn(project)).to.have.length(3).and.include(served);
      if (maps.length > 0) {
        expect(String(bundle)).to.include(`sourceMappingURL=${served}.map`);
        expect(JSON.parse(readFileSync(project.path(`bundles/${served}.map`), 'utf8')).file).to.equal(served);
      }
    });
  }

  it('names files in styles by what they are called now, and follows with maps', async () => {
    const css = `a{background:url("./im ages/@1.svg")}b{background:url(im\\ ages/x.svg#a)}c{top:1px}
      d{background:url('im ages/y.svg?v')}`;
    const svg = (width: number): string => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}"/>`;
    const project = new Project({
      'main.js': "import './styles/main.css';",
      'styles/main.css': css,
      'styles/im ages/@1.svg': svg(1),
      'styles/im ages/x.svg': svg(2),
      'styles/im ages/y.svg': svg(3),
    });
    const args = ['main.js', '-m', '-s', '-r', 'kept'];
    const { code: status, output } = await run(project, ...args);
    expect(status, output).to.equal(0);
    const served = JSON.parse(readFileSync(project.path('bundles/aliases.json'), 'utf8'))['main.css'];
    const text = readFileSync(project.path(`bundles/${served}`), 'utf8');
    const files = [...text.matchAll(/url\("?([^")]*)"?\)/g)].map(
      ([, url]) => new URL(url as string, 'file:///').pathname,
    );
    expect(files).to.have.length(3);
    for (const [index, file] of files.entries()) {
      expect(file).to.match(/-[0-9a-f]{10}\.svg$/);
      const path = project.path(`bundles${decodeURIComponent(file)}`);
      expect(readFileSync(path, 'utf8')).to.equal(svg(index + 1));
    }
    const map = new TraceMap(readFileSync(project.path(`bundles/${served}.map`), 'utf8'));
    const line = text.split('\n')[0] as string;
    const place = originalPositionFor(map, { line: 1, column: line.indexOf('c{') });
    expect(place).to.include({ line: 1, column: css.indexOf('c{') });
    project.write({ 'styles/im ages/x.svg': svg(9) });
    const next = await run(project, ...args);
    expect(next.code, next.output).to.equal(0);
    const now = JSON.parse(readFileSync(project.path('bundles/aliases.json'), 'utf8'))['main.css'];
    expect(now).to.not.equal(served);
  });

  it('has styles as they come: those that pages start with in full, others as patches', async () => {
    const rules = (name: string): string =>
      Array.from({ length: 999 }, (_, id) => `.${name}-${id * 7919} { left: ${id * 31}px }`).join('\n');
    const project = new Project({
      'main.js': "import './main.css'; self.later = () => import('./later.css');",
      'main.css': rules('main'),
      'later.css': rules('later'),
    });
    await run(project, 'main.js', '-r', 'kept');
    project.write({ 'main.css': `${rules('main')} .a { }`, 'later.css': `${rules('later')} .a { }` });
    const { output } = await run(project, 'main.js', '-r', 'kept');
    const row = (name: string): RegExpExecArray | null =>
      new RegExp(`^ {4}${name} +(\\d+) .* (\\d+)( in full)?$`, 'm').exec(output);
    expect(Number(row('main\\.css')?.[1]), output).to.be.above(2000);
    expect(row('main\\.css')?.[3]).to.equal(' in full');
    expect(Number(row('later\\.css')?.[2]), output).to.be.within(10, 150);
    expect(row('later\\.css')?.[3]).to.equal(undefined);
  });

  it('names what is wrong', async () => {
    const project = new Project({ 'main.js': main('one'), file: 'x' });
    expect((await run(project, 'main.js', '-r', 'kept', '--watch')).output).to.include(
      'does not go with --watch',
    );
    expect((await run(project, 'main.js', '-r', '')).output).to.include('needs a directory');
    const { code: status, output } = await run(project, 'main.js', '-r', 'file');
    expect(status).to.equal(1);
    expect(output).to.match(/RELEASES.*file/);
  });
});
