import { expect } from 'chai';
import { command } from '../helpers/process';
import { Project, readFiles } from '../helpers/project';
import { Traced } from './trace';

describe('maps: dynapack --sourcemaps', () => {
  const files = { 'main.js': "import('./lazy.js');", 'lazy.js': '\n  lazy();' };

  it('writes a map beside each bundle, and sums up bundles only', async () => {
    const project = new Project(files);
    const { code, output } = await command(project.directory, 'main.js', '--sourcemaps').finished;
    expect(code, output).to.equal(0);
    expect(output).to.not.include('.map');
    const written = readFiles(project.path('bundles'));
    expect(written).to.include.keys('main.js', 'main.js.map', 'lazy.js', 'lazy.js.map', 'main.html');
    expect(written['lazy.js']).to.match(/\n\/\/# sourceMappingURL=lazy\.js\.map\n$/);
    const traced = new Traced(written['lazy.js'] as string, JSON.parse(written['lazy.js.map'] as string));
    expect(traced.originalOf('lazy()')).to.include({ source: 'lazy.js', line: 2, column: 2 });
    expect(Object.keys(JSON.parse(written['aliases.json'] as string))).to.not.include('lazy.js.map');
  });

  it('is off by default', async () => {
    const project = new Project(files);
    const { code, output } = await command(project.directory, 'main.js').finished;
    expect(code, output).to.equal(0);
    const written = readFiles(project.path('bundles'));
    expect(Object.keys(written).filter((name) => name.endsWith('.map'))).to.deep.equal([]);
    for (const text of Object.values(written)) expect(text).to.not.include('sourceMappingURL');
  });

  it('refuses to write a map over a source', async () => {
    const project = new Project({ 'main.js': "require('./out/main.js.map');", 'out/main.js.map': '1;' });
    const { code, output } = await command(project.directory, 'main.js', '-s', '-o', 'out').finished;
    expect(code).to.equal(1);
    expect(output).to.include('OVERWRITES_SOURCE').and.include('main.js.map');
  });
});
