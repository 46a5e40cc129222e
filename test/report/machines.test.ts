/** What other programs read: metafile, graph for Graphviz, and the event `graph`. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { analyzeMetafile, type Metafile } from 'esbuild';
import { renderDot } from '../../lib/report/dot';
import { makeMetafile } from '../../lib/report/metafile';
import { hush } from '../helpers/pack';
import { command } from '../helpers/process';
import { Project } from '../helpers/project';
import { buildSite, makeSite, named, sizesOnDisk } from './site';

describe('the metafile', () => {
  it('has inputs and outputs as the build has them', async () => {
    const project = makeSite({
      'src/about.js': "import $ from 'jquery'; const moment = require('moment'); self.about = [$, moment];",
    });
    const { data } = await buildSite(project, { options: { external: { jquery: 'jQuery' } } });
    const { inputs, outputs } = makeMetafile(data, 'out');
    for (const [path, { bytes }] of Object.entries(outputs))
      expect(bytes, path).to.equal(sizesOnDisk(project, path.replace(/^out\//, '')).raw);
    expect(inputs['node_modules/moment/moment.js']?.bytes).to.equal(
      named(data.modules, 'moment/moment.js').source,
    );
    expect(inputs).to.include.keys(
      'src/home.js',
      'node_modules/tiles/node_modules/moment/moment.js',
      'src/home.css',
    );
    expect(inputs['src/home.js']?.imports).to.deep.include({ path: 'src/map.js', kind: 'dynamic-import' });
    expect(inputs['src/home.js']?.imports).to.deep.include({
      path: 'src/dates.js',
      kind: 'import-statement',
    });
    expect(inputs['src/about.js']?.imports).to.deep.include({
      path: 'jquery',
      kind: 'import-statement',
      external: true,
    });
    expect(inputs['src/home.css']?.imports).to.deep.include({ path: 'src/menu.css', kind: 'import-rule' });
    expect(inputs['src/home.css']?.imports).to.deep.include({ path: 'src/logo.png', kind: 'url-token' });
    expect(inputs['node_modules/tiles/index.js']?.imports).to.deep.include({
      path: 'node_modules/tiles/node_modules/moment/moment.js',
      kind: 'require-call',
    });
    expect(outputs['out/home.js']?.entryPoint).to.equal('src/home.js');
    expect(outputs['out/src-map.js']?.entryPoint).to.equal('src/map.js');
    expect(outputs['out/home.js']?.imports).to.deep.include({
      path: 'out/src-map.js',
      kind: 'dynamic-import',
    });
    expect(outputs['out/home.js']?.imports).to.deep.include({
      path: 'out/home.css',
      kind: 'import-statement',
    });
    for (const { inputs: own, bytes } of Object.values(outputs)) {
      expect(inputs).to.include.all.keys({ ...inputs, ...own });
      expect(Object.values(own).reduce((sum, { bytesInOutput }) => sum + bytesInOutput, 0)).to.be.at.most(
        bytes,
      );
    }
  });

  it('has paths from the working directory: packages above it are told from those below', async () => {
    const project = new Project({
      'app/main.js': "import a from 'kit'; import b from 'deep'; self.x = [a, b];",
      'node_modules/kit/package.json': { name: 'kit', version: '1.0.0', main: 'lib/kit/index.js' },
      'node_modules/kit/lib/kit/index.js': 'module.exports = 1;',
      'app/node_modules/deep/package.json': { name: 'deep', version: '1.0.0', main: 'index.js' },
      'app/node_modules/deep/index.js': "module.exports = require('kit');",
      'app/node_modules/deep/node_modules/kit/package.json': {
        name: 'kit',
        version: '2.0.0',
        main: 'index.js',
      },
      'app/node_modules/deep/node_modules/kit/index.js': 'module.exports = 2;',
    });
    const args = ['main.js', '-o', '../public/js', '--metafile', 'meta.json', '--report', 'report.json'];
    expect((await command(project.path('app'), ...args).finished).code).to.equal(0);
    const { inputs, outputs } = JSON.parse(readFileSync(project.path('app/meta.json'), 'utf8'));
    expect(inputs).to.include.keys(
      ...['main.js', 'node_modules/deep/index.js', 'node_modules/deep/node_modules/kit/index.js'],
      '../node_modules/kit/lib/kit/index.js',
    );
    expect(Object.keys(outputs)).to.deep.equal(['../public/js/main.js']);
    const data = JSON.parse(readFileSync(project.path('app/report.json'), 'utf8')) as dynapack.ReportData;
    expect(data.packages.map(({ directory, version }) => `${directory} ${version}`)).to.include.members([
      '../node_modules/kit 1.0.0',
      'node_modules/deep/node_modules/kit 2.0.0',
    ]);
  });

  it("is opened by esbuild's own analyser", async () => {
    const { data } = await buildSite(makeSite());
    const text = await analyzeMetafile(makeMetafile(data, 'out') as Metafile, { verbose: true });
    expect(text)
      .to.match(/home\.js/)
      .and.match(/node_modules\/moment\/moment\.js.*\d/);
    expect(text).to.include('src/dates.js').and.include('└');
  });
});

describe('the graph for Graphviz', () => {
  it('has a cluster for each bundle, and a line for each edge', async () => {
    const { data } = await buildSite(makeSite());
    const text = renderDot(data);
    const idOf = (name: string): string => `m${data.modules.findIndex((module) => module.name === name)}`;
    const [home, dates, map, worker] = [
      './src/home.js',
      './src/dates.js',
      './src/map.js',
      './src/worker.js',
    ].map(idOf);
    expect(text).to.include(`${home} -> ${dates};`);
    expect(text).to.include(`${home} -> ${map} [style=dashed];`);
    expect(text).to.include(`${home} -> ${worker} [style=dotted];`);
    expect(text.match(/subgraph/g)).to.have.length(data.bundles.length);
    const nodes = new Set([...text.matchAll(/^ +(m\d+) \[label/gm)].map(([, id]) => id));
    for (const [, from, to] of text.matchAll(/^ +(m\d+) -> (m\d+)/gm))
      expect([...nodes]).to.include.members([from, to]);
    expect(text).to.not.include('pure/index.js');
  });

  it('takes names as names, whatever they hold', async () => {
    const hostile = ['a"];evil[label="', 'back\\slash\\', 'line\nend', '\u202eright', '<b>&amp;'];
    const files = Object.fromEntries(
      hostile.map((name) => [`src/${name}.js`, `self.x = ${JSON.stringify(name)};`]),
    );
    const { data } = await buildSite(makeSite(files), { entries: hostile });
    const text = renderDot(data);
    const lines = text.split('\n');
    const labels = lines.filter((line) => line.includes('label='));
    for (const line of labels) expect(line).to.match(/^ +(?:m\d+ \[)?label="(?:[^"\\\p{C}]|\\["\\])*"\]?;$/u);
    expect(labels).to.have.length(data.modules.length + data.bundles.length);
    expect(text).to.include(String.raw`label="./src/line\\nend.js"`);
  });
});

describe("the event 'graph'", () => {
  it('has the modules and edges as plain data, also from the cache on disk', async () => {
    const project = makeSite();
    const run = async () => {
      const options = { root: project.directory, cache: dynapack.cache(project.path('.cache')) };
      const pack = hush(dynapack(options));
      const graphs: dynapack.BuildGraph[] = [];
      pack.on('graph', (graph) => graphs.push(graph));
      pack.end(project.path('src/home.js'));
      for await (const _ of pack);
      return graphs;
    };
    const [graph, ...others] = await run();
    expect(others).to.deep.equal([]);
    expect(JSON.parse(JSON.stringify(graph))).to.deep.equal(graph);
    const { modules, edges } = graph as dynapack.BuildGraph;
    const shown = edges.map(({ from, to, kind }) => [modules[from]?.name, kind, modules[to]?.name]);
    expect(shown).to.deep.include(['./src/home.js', 'static', './src/dates.js']);
    expect(shown).to.deep.include(['./src/home.js', 'dynamic', './src/map.js']);
    expect(shown).to.deep.include(['./src/home.js', 'worker', './src/worker.js']);
    expect(named(modules, './src/map.js')).to.include({
      path: project.path('src/map.js'),
      bundle: 'src-map.js',
    });
    expect((await run())[0]).to.deep.equal(graph);
  });
});
