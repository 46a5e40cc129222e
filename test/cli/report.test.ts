/** What the command makes of reports: files, what it prints, and what it says of wrong options. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readArguments } from '../../lib/cli/arguments';
import { command, Running } from '../helpers/process';
import { Project } from '../helpers/project';

const files = {
  'main.js': "import { part } from './part.js'; self.main = part; self.open = () => import('./later.js');",
  'part.js': 'export const part = [1]; export const unused = 2;',
  'later.js': "export const later = 'later';",
};

const run = async (project: Project, ...args: string[]) => command(project.directory, ...args).finished;

const read = (project: Project, name: string): string => readFileSync(project.path(name), 'utf8');

describe('dynapack --report', () => {
  it('writes a page beside the sources, not among what is served', async () => {
    const project = new Project(files);
    const { code, output } = await run(project, 'main.js', '--report');
    expect(code, output).to.equal(0);
    expect(output).to.match(/Written to bundles and report\.html\n$/);
    expect(read(project, 'report.html')).to.match(/^<!doctype html>[\s\S]*id="data"/);
    expect(readdirSync(project.path('bundles'))).to.not.include('report.html');
  });

  it('writes where it is told, data where the name says so', async () => {
    const project = new Project(files);
    expect((await run(project, '--report', 'made/here.json', 'main.js')).code).to.equal(0);
    expect(JSON.parse(read(project, 'made/here.json')).pages[0].name).to.equal('main');
    expect((await run(project, '--report', 'main.js')).code).to.equal(0);
    expect(existsSync(project.path('report.html'))).to.equal(true);
  });

  it('says what has changed since the report that it replaces, and since another one', async () => {
    const project = new Project(files);
    const first = await run(project, 'main.js', '--report', 'first.json');
    expect(first.output).to.not.include('Since the report before');
    project.write({ 'part.js': "export const part = 'much longer than before';" });
    await run(project, 'main.js', '--report', 'second.html');
    const same = await run(project, 'main.js', '--report', 'second.html');
    expect(same.output).to.match(/Since the report before.*\n {2}main +[\d.]+ kB → [\d.]+ kB \(the same\)\n/);
    const compared = await run(project, 'main.js', '--compare', 'first.json');
    expect(compared.output).to.match(/\(\+\d+ B\)\n {2}1 module of another size: \.\/part\.js \(\+\d+ B\)/);
    const none = await run(project, 'main.js', '--compare', 'none.json');
    expect(none.output).to.include('There is no none.json to compare with').and.not.include('Since');
    project.write({ 'other.json': '{"version":1}' });
    const other = await run(project, 'main.js', '--compare', 'other.json');
    expect([other.code, other.output.includes('NO_REPORT')]).to.deep.equal([1, true]);
  });

  it('prints nothing but data with --json', async () => {
    const project = new Project(files);
    const { code, output } = await run(project, 'main.js', '--json', '-m');
    expect(code).to.equal(0);
    const data = JSON.parse(output);
    expect(data.version).to.equal(1);
    expect(data.bundles[0].raw).to.equal(
      readFileSync(project.path(`bundles/${data.bundles[0].served}`)).length,
    );
  });

  it('fails when it cannot be written, and replaces no source', async () => {
    const project = new Project(files);
    const { code, output } = await run(project, 'main.js', '--report', 'main.js/report.html');
    expect(code).to.equal(1);
    expect(output).to.match(/dynapack: E\w+: /);
    const source = await run(project, 'main.js', '--graph', 'part.js');
    expect(source).to.include({ code: 1 });
    expect(source.output).to.include('OVERWRITES_SOURCE');
    expect(read(project, 'part.js')).to.equal(files['part.js']);
  });

  it('is written again by --watch', async () => {
    const project = new Project(files);
    const watch = command(project.directory, 'main.js', '--watch', '--report', 'report.json');
    await watch.next(/Written to bundles and report\.json/);
    project.write({ 'part.js': "export const part = ['another'];" });
    await watch.next(/\d ms\)/);
    const { modules } = JSON.parse(read(project, 'report.json'));
    expect(modules.find(({ name }: { name: string }) => name === './part.js').source).to.equal(32);
    expect(watch).to.be.instanceOf(Running);
  });
});

describe('dynapack --budget', () => {
  it('fails a build that goes beyond it, with the reasons', async () => {
    const project = new Project(files);
    const right = await run(project, 'main.js', '--budget', 'main=1MB', '--budget', './later.js=0.5 kB');
    expect(right.code, right.output).to.equal(0);
    const { code, output } = await run(project, 'main.js', '--budget', './later.js=10');
    expect(code).to.equal(1);
    expect(output).to.match(
      /^dynapack BUDGET: a request for '\.\/later\.js' brings \d+ B after brotli, \d+ bytes above its budget of 10 B\./m,
    );
    expect(output).to.include('./later.js, about');
    const misspelt = await run(project, 'main.js', '--budget', 'mian=1MB');
    expect(misspelt.code).to.equal(2);
    expect(misspelt.output).to.include("Did you mean 'main'?");
  });
});

describe('dynapack above a budget', () => {
  it('writes the report and all that is made of it, says what has changed, and fails', async () => {
    const project = new Project(files);
    await run(project, 'main.js', '--report', 'before.json');
    project.write({ 'part.js': "export const part = 'much longer than before';" });
    const more = ['--report', '--metafile', 'made/meta.json', '--graph', 'graph.dot'];
    const { code, output } = await run(
      project,
      ...['main.js', '--budget', 'main=10B', '--compare', 'before.json', ...more],
    );
    expect(code, output).to.equal(1);
    expect(output).to.match(/Since the report before.*\n {2}main .*\(\+\d+ B\)\n/);
    expect(output).to.match(/Report written to report\.html\n[\s\S]*dynapack BUDGET: 'main' starts with/);
    expect(output).to.not.include('Written to bundles');
    expect(read(project, 'report.html')).to.include('id="data"').and.include('id="before"');
    expect(Object.keys(JSON.parse(read(project, 'made/meta.json')).outputs)).to.have.length(2);
    expect(read(project, 'graph.dot')).to.match(/^digraph/);
  });

  it('prints data, or nothing but the error where no report is asked for', async () => {
    const project = new Project(files);
    const budget = ['main.js', '--budget', 'main=10B'];
    const data = await run(project, ...budget, '--json');
    expect(data.code).to.equal(1);
    expect(JSON.parse(/^\{"version".*$/m.exec(data.output)?.[0] ?? '').pages).to.have.length(1);
    expect((await run(project, ...budget)).output).to.match(/^dynapack BUDGET/);
  });

  it('says so as well where the report cannot be written', async () => {
    const project = new Project({ ...files, file: '' });
    const budget = ['main.js', '--budget', 'main=10B', '--report', 'file/r.html'];
    for (const more of [[], ['--json']]) {
      const { code, output } = await run(project, ...budget, ...more);
      expect(code).to.equal(1);
      expect(output).to.match(/^dynapack: E[A-Z]+: .*file[\s\S]*^dynapack BUDGET: 'main' starts with/m);
      expect(output).to.not.match(/undefined|Report written/);
    }
  });

  it('tries again under --watch, with a report of each build', async () => {
    const project = new Project(files);
    const watch = command(
      project.directory,
      'main.js',
      '--watch',
      '--report',
      'r.json',
      '--budget',
      'main=150',
    );
    project.write({ 'r.json': '' });
    await watch.next(/BUDGET/);
    expect(JSON.parse(read(project, 'r.json')).pages[0].name).to.equal('main');
    project.write({ 'part.js': '', 'main.js': 'self.x = 1;' });
    await watch.next(/Written to bundles and r\.json/);
    expect(JSON.parse(read(project, 'r.json')).modules).to.have.length(1);
  });
});

describe('dynapack why', () => {
  it('builds without writing anything', async () => {
    const project = new Project(files);
    const { code, output } = await run(project, 'why', 'part.js', 'main.js');
    expect(code, output).to.equal(0);
    expect(output).to.match(/^\.\/part\.js\nIn main\.js: \d+ B of /);
    expect(output).to.include('main, at once: ./main.js → ./part.js');
    expect(existsSync(project.path('bundles'))).to.equal(false);
    expect((await run(project, 'why', '-m', 'part.js', 'main.js')).code).to.equal(0);
  });

  it('tells what fails the build, and what nobody has heard of', async () => {
    const project = new Project({ 'main.js': "require('./none');" });
    const broken = await run(project, 'why', 'x', 'main.js');
    expect(broken).to.include({ code: 1 });
    expect(broken.output).to.include('MODULE_NOT_FOUND');
    const unknown = await run(new Project(files), 'why', 'pa\x1b[31mrt.js', 'main.js');
    expect(unknown).to.include({ code: 1 });
    expect(unknown.output).to.include('\\u{1b}[31m').and.not.include('\x1b[31m');
  });

  it('knows modules by what sources and people call them', async () => {
    const project = new Project({
      'main.js':
        "import { join } from 'node:path'; import './count.js'; import W from './count.js?worker'; import text from './a.txt?raw'; self.x = [join, W, text];",
      'count.js': 'self.count = 1;',
      'a.txt': 'a',
      'nowhere.js': '',
    });
    const why = (name: string) => run(project, 'why', name, 'main.js');
    expect((await why('count')).output).to.match(/^\.\/count\.js\n/);
    expect((await why('a.txt')).output).to.match(/^\.\/a\.txt with type text\n/);
    expect((await why('path')).output)
      .to.match(/^path-browserify\/index\.js\n/)
      .and.include('./main.js imports');
    expect(await why('nowhere.js')).to.include({
      code: 0,
      output: 'nowhere.js\nIn no bundle: nothing imports it\n',
    });
    expect(await why('os')).to.include({ code: 1 });
  });

  it('bundles an entry that is called why', async () => {
    const project = new Project({ why: 'self.why = 1;' });
    const { code, output } = await run(project, 'why');
    expect(code, output).to.equal(0);
    expect(existsSync(project.path('bundles/why.js'))).to.equal(true);
    const none = await run(new Project(files), 'why');
    expect(none).to.include({ code: 2 });
    expect(none.output).to.match(/^dynapack: why needs the name of a module or a package, and an entry\n/);
  });

  it('knows scripts that stand alone, and bundles that a cost of requests merges', async () => {
    const project = new Project({
      ...files,
      'sw.js': "import './part.js'; import { only } from './only.js'; self.x = only;",
      'only.js': 'export const only = [1];',
    });
    const alone = await run(project, 'why', 'only.js', '--standalone', 'sw.js');
    expect(alone.output).to.match(/^\.\/only\.js\nIn sw\.js, which stands alone: /);
    const merged = await run(project, 'why', 'later.js', 'main.js', '--request-cost', '1000000');
    expect(merged.output).to.match(
      /\n {2}2 bundles that the option split has merged: .* early come, for main \d+ B\n/,
    );
  });

  it('knows a module by its absolute path', async () => {
    const project = new Project(files);
    const { output } = await run(project, 'why', project.path('part.js'), 'main.js');
    expect(output).to.match(/^\.\/part\.js\nIn main\.js/);
  });
});

describe('arguments of reports', () => {
  const commandOf = (...args: string[]) => {
    const found = readArguments(args);
    if (!('command' in found)) throw new Error(JSON.stringify(found));
    return found.command;
  };
  const usage = (...args: string[]) => (readArguments(args) as { usage?: string }).usage;

  it('have a file for --report where something is called like one', () => {
    expect(commandOf('a.js', '--report')).to.include({ report: 'report.html' });
    expect(commandOf('--report', 'a.js'))
      .to.include({ report: 'report.html' })
      .and.deep.include({ entries: ['a.js'] });
    expect(commandOf('--report', 'x.htm', 'a.js')).to.include({ report: 'x.htm' });
    expect(commandOf('--report=x', 'a.js')).to.include({ report: 'x' });
    expect(commandOf('--report', '--json', 'a.js')).to.include({ report: 'report.html', json: true });
    expect(commandOf('--', '--report'))
      .to.include({ report: undefined })
      .and.deep.include({ entries: ['--report'] });
    expect(commandOf('a.js')).to.include({ report: undefined, json: false, metafile: undefined });
  });

  it('have budgets by name', () => {
    expect(
      commandOf('a.js', '--budget', 'a=80kB', '--budget=b=x=12', '--budget', '*=1 MiB').budgets,
    ).to.deep.equal({
      a: '80kB',
      'b=x': 12,
      '*': '1 MiB',
    });
    for (const wrong of ['80kB', 'a=', '=80kB'])
      expect(usage('a.js', '--budget', wrong), wrong).to.include('--budget needs a name and a size');
    for (const wrong of ['80kb', '1 KB', '-1', '1e3', 'x'])
      expect(usage('a.js', '--budget', `a=${wrong}`), wrong).to.equal(
        `option --budget takes bytes, or a size in B, kB, MB, KiB or MiB, not '${wrong}', such as: --budget home=80kB`,
      );
  });

  it('are refused where one would go unseen', () => {
    const twice = usage('a.js', '--budget', 'a=1kB', '--budget=a=2MB');
    expect(twice).to.equal("option --budget is given twice for 'a'");
    const library = usage('--library', 'a.js=A', '--library', 'a.js=B');
    expect(library).to.equal("option --library is given twice for 'a.js'");
    const same = usage('a.js', '--metafile', './x/../r.json', '--report', 'r.json');
    expect(same).to.equal('options --report and --metafile name the same file');
    expect(usage('a.js', '--graph', 'r', '--metafile', 'r')).to.include('--metafile and --graph');
    expect(commandOf('a.js', '--report=r', '--compare=r')).to.include({ report: 'r', compare: 'r' });
  });

  it('are told of when they are wrong', () => {
    expect(usage('a.js', '--metafile', '')).to.include('--metafile needs a file');
    expect(usage('a.js', '--report=')).to.include('--report needs a file');
    expect(usage('a.js', '--json', '--watch')).to.include('--json does not go with --watch');
    expect(usage('a.js', '--reprot')).to.include('did you mean --report?');
    expect(usage('a.js', '--metafile')).to.be.a('string');
    expect(usage('why', 'moment')).to.include('why needs');
    for (const option of [
      '--json',
      '--report',
      '--watch',
      '--budget=a=1',
      '--graph=x',
      '-o=x',
      '--compare=x',
    ])
      expect(usage('why', 'moment', 'a.js', option), option).to.match(
        /^option --\w+ does not go with: dynapack why$/,
      );
  });
});
