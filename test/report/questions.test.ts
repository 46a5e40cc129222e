/** Questions that users ask, each answered by one command, or by one look at the data. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { analyzeMetafile } from 'esbuild';
import { command } from '../helpers/process';
import type { Project } from '../helpers/project';
import { makeSite, named, namesOf, site } from './site';

type Data = dynapack.ReportData;

interface Printed {
  output: string;
  code: number | null;
}

/** The command, with both entries. */
const ask = (project: Project, ...args: string[]): Promise<Printed> =>
  command(project.directory, ...args, 'src/home.js', 'src/about.js').finished;

const why = async (name: string, project = makeSite()): Promise<string> => {
  const { output, code } = await ask(project, 'why', name);
  expect(code, output).to.equal(0);
  return output;
};

async function data(project = makeSite(), ...args: string[]): Promise<Data> {
  const { output, code } = await ask(project, '--json', ...args);
  expect(code, output).to.equal(0);
  // Warnings come by standard error.
  return JSON.parse(output.slice(output.indexOf('{"version"'))) as Data;
}

const moduleNames = (found: Data, indices: readonly number[]): string[] => namesOf(found.modules, indices);

const start = (found: Data, name: string) =>
  named(found.pages, name).bundles.map((bundle) => found.bundles[bundle] as Data['bundles'][number]);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

async function rebuilt(change: Record<string, string>, ...args: string[]): Promise<Printed> {
  const project = makeSite();
  await ask(project, '-m', '--report', ...args);
  project.write(change);
  return ask(project, '-m', '--report', ...args);
}

const home = site['src/home.js'] as string;
const withTiles = { 'src/home.js': `import tiles from 'tiles'; self.tiles = tiles; ${home}` };

const questions: Record<string, () => Promise<void>> = {
  'why is moment in my first page?': async () => {
    expect(await why('moment')).to.include(
      'home, at once: ./src/home.js → ./src/dates.js → moment/moment.js',
    );
  },
  'what would have to change for it to leave the page?': async () => {
    const text = await why('moment');
    expect(text).to.match(
      /To leave about, home and worker \.\/src\/worker\.js: one change is enough, since every chain goes through \.\/src\/dates\.js → moment\/moment\.js/,
    );
    expect(text).to.include('import() in ./src/dates.js');
  },
  'and what, if several modules ask for it?': async () => {
    const project = makeSite({ 'src/home.js': `import moment from 'moment'; self.m = moment; ${home}` });
    const text = await why('moment', project);
    expect(text).to.match(
      /To leave home: no single import is enough; all of these would have to go:\n {2}\.\/src\/home\.js → moment\/moment\.js\n {2}\.\/src\/dates\.js → moment\/moment\.js\n/,
    );
    expect(text).to.include(
      'To leave about: import() in ./src/dates.js in place of ./src/dates.js → moment/moment.js',
    );
  },
  'why does a page load what it never asks for?': async () => {
    const { output } = await ask(makeSite(), 'why', 'src/about.js', '--request-cost', '5000');
    expect(output).to.match(
      /\n {2}home, too early, in [\w-]+\.js, which the option split has merged; nothing there asks for it\n/,
    );
    expect(output).to.match(/\nTo leave home( and worker \S+)?: have the option split merge less\n/);
  },
  'who imports this module, and what of it?': async () => {
    const text = await why('src/dates.js');
    expect(text).to.include('  ./src/home.js imports format and used of ./src/dates.js');
    expect(text).to.include('  ./src/worker.js imports used of ./src/dates.js');
  },
  'how does a page come to what is loaded later?': async () => {
    const text = await why('./src/map.js');
    expect(text).to.include('home, later: ./src/home.js ⇒ ./src/map.js').and.include('about: never');
    expect(text).to.not.include('To leave');
  },
  'why do I ship two versions of a package, and who brings the second?': async () => {
    const text = await why('moment');
    expect(text).to.match(/^package moment 2\.29\.4 and 1\.7\.0, 2 modules\n/);
    expect(text).to.include('  tiles/index.js requires tiles/node_modules/moment/moment.js');
  },
  'why are these modules not in one bundle?': async () => {
    expect(await why('src/dates.js')).to.include(
      'first needed by about, home and ./src/worker.js, so it cannot share a bundle with what others are the first to need',
    );
    expect(await why('./src/map.js')).to.include('first needed by ./src/map.js,');
  },
  'which exports are kept, and which are left out?': async () => {
    expect(await why('src/dates.js')).to.include(
      './src/dates.js: what others ask for is kept; exports kept: format and used; exports left out: unused; 2 declarations left out of 4',
    );
  },
  'why is a module there whose exports nobody uses?': async () => {
    const project = makeSite({
      'src/setup.js': 'self.setup = 1; export const x = 1;',
      'src/about.js': "import './setup.js';",
    });
    expect(await why('src/setup.js', project)).to.include('it is kept for what it does when it runs');
  },
  'why can nothing of a package be left out?': async () => {
    const text = await why('tiles/node_modules/moment/moment.js');
    expect(text).to.include('it is required: whatever it exports may be asked for');
  },
  'why is a package not there that I import?': async () => {
    const text = await why('pure');
    expect(text).to.include('In no bundle: nothing of it is needed');
    expect(text).to.include('./src/dates.js imports pure/index.js, but needs nothing of it');
  },
  'what have I misspelt?': async () => {
    const { output, code } = await ask(makeSite(), 'why', 'momnet');
    expect(code).to.equal(1);
    expect(output).to.include("called 'momnet', did you mean 'moment'?");
  },
  'what did this commit add?': async () => {
    const { output } = await rebuilt(withTiles);
    expect(output).to.match(/Since the report before[\s\S]*\n {2}home +[\d.]+ kB → [\d.]+ kB \(\+\d+ B\)/);
    expect(output).to.match(/\n {2}about +[\d.]+ kB → [\d.]+ kB \(the same\)/);
  },
  'which packages came, and which went?': async () => {
    const { output } = await rebuilt({ 'src/map.js': 'export const map = 1;' });
    expect(output).to.include('  packages gone: tiles 1.0.0 and moment 1.7.0');
    expect(output).to.match(/3 modules gone, \d+ B: tiles\/(?:index|node_modules\/moment\/moment)\.js/);
    const { output: back } = await rebuilt({
      'src/about.js': "import x from 'more'; self.x = x;",
      'node_modules/more/package.json': '{"name":"more","version":"9.0.0"}',
      'node_modules/more/index.js': 'module.exports = 1;',
    });
    expect(back)
      .to.include('packages added: more 9.0.0')
      .and.match(/1 module added, \d+ B: more\/index\.js/);
  },
  'which modules have grown?': async () => {
    const { output } = await rebuilt({
      'src/worker.js': `${site['src/worker.js']} self.more = '${'x'.repeat(500)}';`,
    });
    expect(output).to.match(/1 module of another size: \.\/src\/worker\.js \(\+5\d\d B\)/);
  },
  'what does a returning visitor pay?': async () => {
    const project = makeSite({
      'src/home.css': '.home { color: red }',
      'src/home.js': home.replace(/ +import logo.*\n/, '').replace(', logo]', ']'),
    });
    await data(project, '-m', '--releases', 'kept');
    project.write({ 'src/worker.js': `${site['src/worker.js']} self.more = 1;` });
    await data(project, '-m', '--releases', 'kept');
    const moment = site['node_modules/moment/moment.js'] as string;
    project.write({ 'node_modules/moment/moment.js': moment.replace('moment 7919 of', 'another of') });
    const found = await data(project, '-m', '--releases', 'kept');
    const paid = found.releases?.map(({ id, visitors }) => [
      id.split('-')[0],
      ...visitors.map(({ page, bytes }) => `${found.pages[page]?.name}: ${bytes > 0 && bytes < 300}`),
    ]);
    expect(paid).to.deep.equal([
      ['1', 'about: true', 'home: true'],
      ['2', 'about: true', 'home: true'],
      ['3', 'about: false', 'home: false'],
    ]);
    expect(found.releases?.[0]?.visitors[0]?.bundles.map(({ how }) => how))
      .to.include('patch')
      .and.include('held');
  },
  'how much does a page download first?': async () => {
    const found = await data();
    expect(sum(start(found, 'home').map(({ brotli }) => brotli as number))).to.be.within(2500, 8000);
  },
  'what is the largest in it?': async () => {
    const found = await data();
    const modules = start(found, 'about').flatMap((bundle) => bundle.modules);
    const largest = modules.toSorted((a, b) => (found.modules[b]?.size ?? 0) - (found.modules[a]?.size ?? 0));
    expect(moduleNames(found, largest.slice(0, 2))).to.have.members([
      'dynapack/virtual/runtime.js',
      'moment/moment.js',
    ]);
  },
  'what is loaded when something is clicked?': async () => {
    const found = await data();
    const map = found.requests.find(({ module }) => found.modules[module]?.name === './src/map.js');
    expect(namesOf(found.bundles, map?.bundles ?? [])).to.deep.equal(['src-map.js', 'src-map.css']);
  },
  'which bundles do two pages share?': async () => {
    const found = await data();
    const [a, b] = ['home', 'about'].map((name) => start(found, name).map((bundle) => bundle.name)) as [
      string[],
      string[],
    ];
    expect(a.filter((name) => b.includes(name))).to.have.members([
      'shared-moment-moment.js',
      'shared-src-menu.css',
    ]);
  },
  'could there be fewer bundles?': async () => {
    expect((await data()).minimal).to.equal(true);
  },
  'what does the worker load?': async () => {
    expect(start(await data(), './src/worker.js').map(({ name }) => name)).to.deep.equal([
      'dynapack-worker-loader.js',
      'shared-moment-moment.js',
      'src-worker.js',
    ]);
  },
  'which modules were read for nothing?': async () => {
    const found = await data();
    expect(found.modules.filter(({ bundle }) => bundle === -1).map(({ name }) => name)).to.deep.equal([
      'pure/index.js',
    ]);
  },
  'which packages do I ship, in which versions?': async () => {
    const found = await data();
    const shipped = found.packages.filter((_, index) =>
      found.modules.some((module) => module.package === index && module.bundle !== -1),
    );
    expect(shipped.map(({ name, version }) => `${name}@${version}`)).to.deep.equal([
      `dynapack@${found.dynapack}`,
      'moment@2.29.4',
      'tiles@1.0.0',
      'moment@1.7.0',
    ]);
  },
  'what may not work, and where?': async () => {
    const found = await data(makeSite({ 'src/about.js': 'self.x = require;' }));
    expect(found.warnings).to.have.length(1);
    expect(found.warnings[0]).to.include({ code: 'INDIRECT_REQUIRE', path: 'src/about.js', line: 1 });
  },
  'does my page keep to its budget?': async () => {
    expect((await ask(makeSite(), '-m', '--budget', 'home=80kB', '--budget', '*=200 kB')).code).to.equal(0);
  },
  'which page does not, and what of?': async () => {
    const { output, code } = await ask(makeSite(), '-m', '--budget', 'home=2000');
    expect(code).to.equal(1);
    expect(output)
      .to.match(/BUDGET: 'home' starts with .* above its budget of 2\.0 kB/)
      .and.include('./src/dates.js → moment/moment.js');
  },
  'what do the analysers that I know say?': async () => {
    const project = makeSite();
    await ask(project, '--metafile', 'meta.json');
    const text = await analyzeMetafile(readFileSync(project.path('meta.json'), 'utf8'));
    expect(text).to.match(/node_modules\/moment\/moment\.js/);
  },
  'how does the graph look?': async () => {
    const project = makeSite();
    await ask(project, '--graph', 'out/graph.dot');
    expect(readFileSync(project.path('out/graph.dot'), 'utf8')).to.match(/^digraph dynapack \{/);
  },
};

describe('questions', () => {
  it('are at least twenty-five', () => {
    expect(Object.keys(questions)).to.have.length.at.least(25);
  });

  for (const [question, answer] of Object.entries(questions)) it(question, answer);
});
