/** `resolve.tsconfig`: names that `paths` and `baseUrl` of a tsconfig.json stand for. */
import { rmSync } from 'node:fs';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, finish, hush, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const config = (compilerOptions: object, more: object = {}): string =>
  JSON.stringify({ ...more, compilerOptions });

const FILES: ProjectFiles = {
  'tsconfig.json': `{ // as people write it
    "extends": "./base.json",
    "compilerOptions": { "paths": { "@/*": ["./src/*", "./generated/*"], "exact": ["./src/exact.js"], "typed": ["./types/typed.d.ts"] }, },
  }`,
  'base.json': config({ baseUrl: './' }),
  'src/main.js': `import a from '@/a.js'; import made from '@/made'; import exact from 'exact'; import typed from 'typed';
    import below from 'src/below/index'; import other from 'other'; import text from '@/a.js?raw'; import '@/main.css';
    self.result = [a, made, exact, typed, below, other, text.length];`,
  'src/a.js': 'export default "a";',
  'generated/made.js': 'export default "made";',
  'src/exact.js': 'export default "exact";',
  'src/below/index.js': 'export default "below";',
  'src/main.css': '.main { color: red }',
  'types/typed.d.ts': 'export default "no";',
  'node_modules/typed/index.js': 'module.exports = "typed";',
  'node_modules/other/index.js':
    'try { module.exports = require("@/a.js"); } catch { module.exports = "other"; }',
};

function build(project: Project, options: dynapack.Options = {}) {
  const resolve = { tsconfig: 'tsconfig.json', ...options.resolve };
  return pack([project.path('src/main.js')], { ...options, root: project.directory, resolve });
}

const resultOf = async (packed: Awaited<ReturnType<typeof build>>) =>
  (await packed.visit('main')).page.result;

describe('resolve.tsconfig', () => {
  it('has names mean what they mean to TypeScript, but in packages', async () => {
    const packed = await build(new Project(FILES));
    expect(await resultOf(packed)).to.deep.equal([
      'a',
      'made',
      'exact',
      'typed',
      'below',
      'other',
      (FILES['src/a.js'] as string).length,
    ]);
    expect(packed.styles['main.css']).to.include('color: red');
  });

  it('takes paths of a file that is extended from where that is', async () => {
    const project = new Project({
      'tsconfig.json': '{ "extends": "./config/base.json" }',
      'config/base.json': config({ paths: { one: ['./src/a.js'], 'up/*': ['../src/*'] } }),
      'config/src/a.js': 'export default "of the base";',
      'src/a.js': 'export default "of the program";',
      'src/main.js': "import one from 'one'; import up from 'up/a.js'; self.result = [one, up];",
    });
    expect(await resultOf(await build(project))).to.deep.equal(['of the base', 'of the program']);
  });

  it('comes after aliases, and before packages and builtins', async () => {
    const project = new Project({
      'tsconfig.json': config({ baseUrl: './lib', paths: { '@/*': ['./*'] } }),
      'src/main.js':
        "import a from '@/a.js'; import util from 'util'; import p from 'p'; self.result = [a, util, p];",
      'src/a.js': 'export default "alias";',
      'lib/a.js': 'export default "path";',
      'lib/util.js': 'export default "own util";',
      'lib/p.js': 'export default "own p";',
      'node_modules/p/index.js': 'module.exports = "p";',
    });
    const packed = await build(project, { resolve: { alias: { '@': './src' } } });
    expect(await resultOf(packed)).to.deep.equal(['alias', 'own util', 'own p']);
  });

  it('is looked at anew when files come and go, and when it changes', async () => {
    const project = new Project(FILES);
    const cache = dynapack.cache();
    const result = async () => (await resultOf(await build(project, { cache })))[1];
    expect(await result()).to.equal('made');
    project.write({ 'src/made.js': 'export default "written";' });
    expect(await result()).to.equal('written');
    rmSync(project.path('src/made.js'));
    expect(await result()).to.equal('made');
    project.write({
      'third/made.js': 'export default "third";',
      'base.json': config({ baseUrl: './' }),
      'tsconfig.json': (FILES['tsconfig.json'] as string).replace('./generated/', './third/'),
    });
    expect(await result()).to.equal('third');
  });

  it('is among the files that a build has read', async () => {
    const project = new Project(FILES);
    const bundles = hush(dynapack({ root: project.directory, resolve: { tsconfig: 'tsconfig.json' } }));
    bundles.end(project.path('src/main.js'));
    await finish(bundles);
    expect(bundles.files()).to.include(project.path('tsconfig.json'));
  });

  it('says where a module is missing', async () => {
    const project = new Project({ ...FILES, 'src/main.js': "import '@/nix.js';" });
    const { message, hint } = await failure(build(project));
    expect(`${message} ${hint}`).to.include("'@/nix.js'").and.include(project.path('src/nix.js'));
    expect(`${hint}`).to.include(project.path('generated/nix.js'));
  });

  const broken: [name: string, text: string | undefined, problem: RegExp][] = [
    ['is missing', undefined, /Cannot resolve|not found/i],
    ['is no JSON', '{,,', /neither 'paths' nor 'baseUrl'/],
    ['has no names', '{}', /neither 'paths' nor 'baseUrl'/],
    ['extends what is missing', '{ "extends": "./nix.json" }', /nix\.json/],
    ['extends itself', '{ "extends": "./tsconfig.json" }', /[Cc]ircular/],
    ['has a pattern of two stars', config({ paths: { 'a*b*': ['./x'] } }), /a\*b\*/],
    ['has a string for a list', config({ paths: { a: './x' } }), /'paths'/],
  ];
  for (const [name, text, problem] of broken) {
    it(`is refused where it ${name}`, async () => {
      const project = new Project({
        'src/main.js': '',
        ...(text !== undefined && { 'tsconfig.json': text }),
      });
      const { code, message } = await failure((async () => build(project))());
      expect(code).to.equal('INVALID_OPTION');
      expect(message)
        .to.match(/resolve\.tsconfig/)
        .and.match(problem);
    });
  }
});
