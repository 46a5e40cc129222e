/** What the command says, and how it exits, when it cannot do what it was asked. */
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { main } from '../../lib/cli/main';
import { command, type Finished, Running } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';

async function run(files: ProjectFiles, ...args: string[]): Promise<Finished & { project: Project }> {
  const project = new Project(files);
  return { ...(await command(project.directory, ...args).finished), project };
}

const stack = /^\s+at .*(node_modules|dist\/lib|node:internal)/m;

describe('the command line', () => {
  for (const flag of ['--help', '-h']) {
    it(`${flag} explains every option and exits with 0`, async () => {
      const { code, output } = await run({}, flag);
      expect(code).to.equal(0);
      for (const option of [
        '--output',
        '--prefix',
        '--debug',
        '--standalone',
        '--library',
        '--help',
        '--version',
      ])
        expect(output).to.include(option);
      expect(output).to.match(/^Usage: dynapack/);
    });
  }

  for (const flag of ['--version', '-v']) {
    it(`${flag} prints the version and exits with 0`, async () => {
      const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
      expect(await run({}, flag)).to.include({ code: 0, output: `${version}\n` });
    });
  }

  const wrong: Record<string, [args: string[], said: string | RegExp]> = {
    'without an entry': [[], 'no entry given'],
    'with options but no entry': [['-o', 'out'], 'no entry given'],
    'with a library without a name': [['--library', 'main.js'], '--library is given <entry>=<name>'],
    'with a library of nothing': [['--library', '=Lib'], '--library is given <entry>=<name>'],
    'with a misspelt option': [['main.js', '--ouput', 'out'], '--ouput, did you mean --output?'],
    'with a misspelt option and a value': [['main.js', '--perfix=/js/'], '--perfix, did you mean --prefix?'],
    'with a misspelt option before the entry': [['--degub', 'main.js'], '--degub, did you mean --debug?'],
    'with an option like no other': [['main.js', '--colours'], /unknown option --colours\n/],
    'with an unknown letter': [['main.js', '-x'], /unknown option -x\b/],
    'with one unknown letter among known ones': [['main.js', '-dx'], /unknown option -x\b/],
    'with an option that lacks its value': [['main.js', '-o'], /output/],
    'with an option in place of a value': [['main.js', '-o', '-d'], /output/],
    'with a value for a flag': [['main.js', '--debug=yes'], /debug/],
    'with a price that is no number': [
      ['main.js', '--request-cost', '1 KB'],
      '--request-cost needs a number',
    ],
    'with a price below nothing': [['main.js', '--request-cost=-1'], '--request-cost needs a number'],
    'with an empty output directory': [['main.js', '-o', ''], /output/],
  };
  for (const [name, [args, said]] of Object.entries(wrong)) {
    it(`${name} is explained, and how the command is used, and exits with 2`, async () => {
      const { code, output, project } = await run({ 'main.js': '' }, ...args);
      expect(code, output).to.equal(2);
      expect(output)
        .to.match(/^dynapack: /)
        .and.include('Usage: dynapack');
      // All options are told to who has typed nothing else; others are to see what is wrong.
      expect(output.includes('Exit codes:')).to.equal(said === 'no entry given');
      expect(output.includes('dynapack --help says more')).to.equal(said !== 'no entry given');
      const [reason] = output.split('Usage:') as [string];
      if (typeof said === 'string') expect(reason).to.include(said);
      else expect(reason).to.match(said);
      expect(existsSync(project.path('bundles'))).to.equal(false);
    });
  }

  it('takes what follows -- as entries', async () => {
    const { code, output, project } = await run({ '--odd.js': '' }, '--', '--odd.js');
    expect(code, output).to.equal(0);
    expect(existsSync(project.path('bundles/--odd.html'))).to.equal(true);
  });

  it('a wrong line is explained on standard error only', async () => {
    const streams = ['', ''];
    const to = (index: number) => ({
      write(text: string) {
        streams[index] += text;
      },
    });
    expect(await main(['--ouput'], to(0), to(1))).to.equal(2);
    expect(streams[0]).to.equal('');
    expect(streams[1]).to.include('--ouput');
  });
});

describe('a failing build', () => {
  const failing: Record<string, [files: ProjectFiles, args: string[], said: string[]]> = {
    'a missing entry': [{}, ['gone.js'], ['entry does not exist', 'gone.js']],
    'one missing entry of two': [
      { 'main.js': '' },
      ['main.js', 'gone.js'],
      ['entry does not exist', 'gone.js'],
    ],
    'a pattern that no shell has expanded': [{ 'a.js': '' }, ['*.js'], ['does not exist', 'by the shell']],
    'a directory as entry': [{ 'pages/main.js': '' }, ['pages'], ['is a directory', 'pages']],
    'a syntax error': [
      { 'main.js': 'var ok;\nvar broken = ;\n' },
      ['main.js'],
      ['main.js:2:14', '> 2 | var broken = ;', '^'],
    ],
    'a missing module': [
      { 'main.js': "require('./part');", 'part.js': "var a;\nrequire('./gone');" },
      ['main.js'],
      ["cannot find module './gone'", 'part.js:2:9', "> 2 | require('./gone');"],
    ],
    'an import of a name that is not exported': [
      { 'main.js': "import { paint } from './b';", 'b.js': 'export let point, paints;' },
      ['main.js'],
      ["no export 'paint'", 'main.js:1:10', "> 1 | import { paint } from './b';", "Did you mean 'paints'?"],
    ],
    'an assignment to an import': [
      { 'main.js': "import { a } from './b';\na = 1;", 'b.js': 'export let a;' },
      ['main.js'],
      ["cannot assign to 'a'", 'main.js:2:1', '> 2 | a = 1;'],
    ],
    'broken JSON': [
      { 'main.js': "require('./data');", 'data.json': '{ "a": }' },
      ['main.js'],
      ['not valid JSON', 'data.json'],
    ],
  };
  for (const [name, [files, args, said]] of Object.entries(failing)) {
    it(`for ${name} says so without a stack, writes nothing and exits with 1`, async () => {
      const { code, output, project } = await run(files, ...args);
      expect(code, output).to.equal(1);
      for (const part of said) expect(output).to.include(part);
      expect(output).to.not.match(stack).and.not.include('Written to');
      expect(existsSync(project.path('bundles'))).to.equal(false);
    });
  }

  it('for an output that is a file says what to do, and no more', async () => {
    const { code, output } = await run({ 'main.js': '', file: '' }, 'main.js', '-o', 'file');
    expect(code, output).to.equal(1);
    expect(output).to.include('name another place').and.not.include('warning');
    expect(output).to.not.match(stack);
  });

  it('names what is missing by its full path', async () => {
    const { output, project } = await run({}, 'pages/gone.js');
    expect(output).to.include(project.path('pages/gone.js'));
  });

  const overwriting: Record<string, [args: string[], source: string]> = {
    'beside the entry': [['src/main.js', '-o', 'src'], 'src/main.js'],
    'in the working directory': [['root.js', '-o', '.'], 'root.js'],
    'through a link': [['src/main.js', '-o', 'link'], 'src/main.js'],
    'over a module that is none of the entries': [['root.js', '-d', '-o', 'src/..'], 'root.js'],
    'over JSON that a module needs': [['data.js', '-o', 'src'], 'src/manifest.json'],
  };
  for (const [name, [args, source]] of Object.entries(overwriting)) {
    it(`for output ${name} that would replace a source writes nothing`, async () => {
      const made = new Project({
        'root.js': "require('./src/main');",
        'data.js': "require('./src/manifest.json');",
        'src/main.js': 'self.result = 1;',
        'src/manifest.json': '{}',
      });
      symlinkSync(made.path('src'), made.path('link'));
      const before = readdirSync(made.directory, { recursive: true });
      const text = readFileSync(made.path(source), 'utf8');
      const { code, output } = await command(made.directory, ...args).finished;
      expect(code, output).to.equal(1);
      expect(output).to.include('OVERWRITES_SOURCE').and.include(made.path(source)).and.include('-o');
      expect(output).to.not.match(stack);
      expect(readdirSync(made.directory, { recursive: true })).to.deep.equal(before);
      expect(readFileSync(made.path(source), 'utf8')).to.equal(text);
    });
  }

  it('for a prefix that would run into the names is a wrong line', async () => {
    const { code, output, project } = await run({ 'main.js': '' }, 'main.js', '-p', '/js');
    expect(code, output).to.equal(2);
    expect(output).to.include("'prefix'").and.include("'/js'");
    expect(existsSync(project.path('bundles'))).to.equal(false);
  });

  it('is none when nobody reads the rest of the output', async () => {
    const { directory } = new Project({ 'main.js': '' });
    const bin = join(__dirname, '../../dist/lib/cli/bin.js');
    const line = `{ "$0" "$1" main.js; echo "exit $?" >&2; } | true`;
    const { output } = await new Running('sh', ['-c', line, process.execPath, bin], directory).finished;
    expect(output).to.equal('exit 0\n');
  });

  it('leaves alone what was written before', async () => {
    const made = new Project({ 'main.js': 'self.result = 1;' });
    expect(await command(made.directory, 'main.js').finished).to.include({ code: 0 });
    const before = readFileSync(made.path('bundles/main.js'), 'utf8');
    made.write({ 'main.js': 'self.result = ;' });
    expect(await command(made.directory, 'main.js').finished).to.include({ code: 1 });
    expect(readFileSync(made.path('bundles/main.js'), 'utf8')).to.equal(before);
  });

  it('for a file where the output directory should be names it, without a stack', async () => {
    const { code, output, project } = await run({ 'main.js': '', out: 'a file' }, 'main.js', '-o', 'out');
    expect(code, output).to.equal(1);
    expect(output)
      .to.match(/^dynapack: /)
      .and.include(project.path('out'))
      .and.not.match(stack);
    expect(output).to.not.include('Written to');
  });

  it('for an output directory that may not be written names it, without a stack', async function () {
    const made = new Project({ 'main.js': '', 'locked/.keep': '' });
    chmodSync(made.directory, 0o755);
    chmodSync(made.path('locked'), 0o555);
    const asNobody = process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--clear-groups'] : [];
    if (asNobody.length > 0 && !existsSync('/usr/bin/setpriv')) return this.skip();
    const bin = join(__dirname, '../../dist/lib/cli/bin.js');
    const args = [process.execPath, bin, 'main.js', '-o', 'locked/js'];
    const [name, ...rest] = [...asNobody, ...args];
    const { code, output } = await new Running(name as string, rest, made.directory).finished;
    chmodSync(made.path('locked'), 0o755);
    expect(code, output).to.equal(1);
    expect(output)
      .to.match(/^dynapack: /)
      .and.include(made.path('locked/js'))
      .and.not.match(stack);
  });
});
