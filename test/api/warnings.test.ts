/** When a warning is given: once, and again when what it is about has changed; in builds with a cache, too. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** `main.js` leads to an import that is unknown, and to two copies of a package that some want to share. */
const files: ProjectFiles = {
  'main.js': "require('./unknown.js'); require('old'); require('react'); self.main = 1;",
  'unknown.js': 'import(self.name);',
  'other.js': '',
  'node_modules/react/package.json': { name: 'react', version: '2.0.0' },
  'node_modules/react/index.js': '',
  'node_modules/old/package.json': { name: 'old', peerDependencies: { react: '1' } },
  'node_modules/old/index.js': "require('react');",
  'node_modules/old/node_modules/react/package.json': { name: 'react', version: '1.0.0' },
  'node_modules/old/node_modules/react/index.js': '',
};
const MAIN = String(files['main.js']);
const ALL = ['DUPLICATE_PEER', 'UNKNOWN_IMPORT'];

/** Codes of the warnings of one build. */
async function build(project: Project, cache?: dynapack.Cache): Promise<string[]> {
  const pack = dynapack({ root: project.directory, ...(cache && { cache }) });
  const codes: string[] = [];
  pack.on('warning', ({ code }) => codes.push(code));
  await finish(pack.end(project.path('main.js'))).catch(({ code }) => codes.push(code));
  return codes.sort();
}

describe('warnings', () => {
  it('come with every build that has no cache', async () => {
    const project = new Project(files);
    expect(await build(project)).to.deep.equal(ALL);
    expect(await build(project)).to.deep.equal(ALL);
  });

  it('come once with a cache, and again when the module is edited, or both copies of a package are there again', async () => {
    const project = new Project(files);
    const cache = dynapack.cache();
    expect(await build(project, cache)).to.deep.equal(ALL);
    const edits: [what: string, edit: ProjectFiles, codes: string[]][] = [
      ['nothing', {}, []],
      ['the text of another module', { 'main.js': `${MAIN} self.more = 1;` }, []],
      ['lines of another module', { 'main.js': `\n${MAIN}` }, []],
      ['imports of another module', { 'main.js': `${MAIN} require('./other.js');` }, []],
      ['the module', { 'unknown.js': 'import(self.name);\n' }, ['UNKNOWN_IMPORT']],
      ['the place in the module', { 'unknown.js': '\nimport(self.name);' }, ['UNKNOWN_IMPORT']],
      [
        'imports of the module',
        { 'unknown.js': "import('./other.js'); import(self.name);" },
        ['UNKNOWN_IMPORT'],
      ],
      ['a mistake', { 'other.js': 'var 1;' }, ['SYNTAX_ERROR']],
      ['the mistake is mended', { 'other.js': '' }, []],
      ['a package that is gone', { 'main.js': MAIN.replace("require('react');", '') }, []],
      ['the package is back', { 'main.js': MAIN }, ['DUPLICATE_PEER']],
      ['nothing any more', {}, []],
    ];
    for (const [what, edit, codes] of edits) {
      project.write(edit);
      expect(await build(project, cache), what).to.deep.equal(codes);
    }
  });

  it('are told to the process where nobody listens: once, and again when the module is edited', async () => {
    const project = new Project(files);
    const told: string[] = [];
    const listen = (warning: Error & { code?: string }): unknown =>
      warning.name === 'DynapackWarning' && told.push(`${warning.code} ${warning.message}`);
    process.on('warning', listen);
    const run = async (): Promise<string[]> => {
      await finish(dynapack({ root: project.directory }).end(project.path('main.js')));
      await new Promise(setImmediate);
      return told.splice(0).sort();
    };
    try {
      const [duplicate, unknown] = await run();
      expect(duplicate).to.match(/^DUPLICATE_PEER .*is another copy of react/);
      expect(unknown)
        .to.include(`UNKNOWN_IMPORT ${project.path('unknown.js')}:1:1 import() of`)
        .and.include('Write the');
      expect(await run()).to.deep.equal([]);
      project.write({ 'unknown.js': '\nimport(self.name);' });
      expect(await run()).to.have.length(1);
    } finally {
      process.off('warning', listen);
    }
  });
});
