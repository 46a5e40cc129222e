/** Which package a module belongs to. */
import { expect } from 'chai';
import { createPackages, type PackageInfo } from '../../lib/fs/packages';
import { emptyModule, externalModule } from '../../lib/fs/virtual';
import { Project, type ProjectFiles } from '../helpers/project';

type Found = Partial<Omit<PackageInfo, 'directory'>> & { directory: string };

/** Files → module → what is expected of its package, directories relative; `undefined` for none. */
const cases: Record<string, [files: ProjectFiles, expected: Record<string, Found | undefined>]> = {
  'an installed package, from any directory of it': [
    { 'node_modules/pkg/package.json': { name: 'pkg', version: '1.2.3', type: 'module' } },
    {
      'node_modules/pkg/index.js': {
        directory: 'node_modules/pkg',
        name: 'pkg',
        version: '1.2.3',
        type: 'module',
      },
      'node_modules/pkg/a/b/c.js': {
        directory: 'node_modules/pkg',
        name: 'pkg',
        version: '1.2.3',
        type: 'module',
      },
    },
  ],
  'scopes, packages in packages and pnpm': [
    {
      'node_modules/@s/p/package.json': { name: '@s/p', type: 'commonjs' },
      'node_modules/@s/p/node_modules/q/package.json': { name: 'q', version: '2.0.0' },
      'node_modules/.pnpm/r@1.0.0/node_modules/r/package.json': { name: 'r', version: '1.0.0' },
    },
    {
      'node_modules/@s/p/x.js': { directory: 'node_modules/@s/p', name: '@s/p', type: 'commonjs' },
      'node_modules/@s/p/node_modules/q/x.js': {
        directory: 'node_modules/@s/p/node_modules/q',
        name: 'q',
        type: undefined,
      },
      'node_modules/.pnpm/r@1.0.0/node_modules/r/x.js': {
        directory: 'node_modules/.pnpm/r@1.0.0/node_modules/r',
        name: 'r',
      },
    },
  ],
  'a package is called what it is installed as': [
    { 'node_modules/react-17/package.json': { name: 'react', version: '17.0.2' } },
    {
      'node_modules/react-17/index.js': {
        directory: 'node_modules/react-17',
        name: 'react-17',
        version: '17.0.2',
      },
    },
  ],
  'a package.json in a directory of a package tells the type of its files, and nothing else': [
    {
      'node_modules/pkg/package.json': { name: 'pkg', version: '1.0.0', type: 'commonjs' },
      'node_modules/pkg/esm/package.json': { type: 'module' },
      'node_modules/pkg/plain/package.json': { name: 'pkg/plain', main: 'x.js' },
    },
    {
      'node_modules/pkg/esm/x.js': {
        directory: 'node_modules/pkg',
        name: 'pkg',
        version: '1.0.0',
        type: 'module',
      },
      'node_modules/pkg/plain/x.js': { directory: 'node_modules/pkg', name: 'pkg', type: undefined },
      'node_modules/pkg/x.js': { type: 'commonjs', directory: 'node_modules/pkg' },
    },
  ],
  'workspaces are packages of their own': [
    {
      'package.json': { name: 'root', type: 'module' },
      'packages/a/package.json': { name: '@my/a', version: '0.1.0' },
      'packages/a/test/package.json': { type: 'module' },
    },
    {
      'src/x.js': { directory: '', name: 'root', type: 'module' },
      'packages/a/src/x.js': { directory: 'packages/a', name: '@my/a', version: '0.1.0', type: undefined },
      'packages/a/test/x.js': { directory: 'packages/a', name: '@my/a', type: 'module' },
    },
  ],
  'an installed package takes nothing from what is around it': [
    {
      'package.json': { name: 'root', type: 'module' },
      'node_modules/bare/index.js': '',
      'node_modules/.cache/x.js': '',
    },
    {
      'node_modules/bare/index.js': {
        directory: 'node_modules/bare',
        name: 'bare',
        version: undefined,
        type: undefined,
      },
      'node_modules/.cache/x.js': undefined,
    },
  ],
  'what is wrong with a package.json is no matter here': [
    {
      'node_modules/broken/package.json': '{ bad',
      'node_modules/list/package.json': '[1]',
      'node_modules/null/package.json': 'null',
      'node_modules/odd/package.json': { name: 7, version: null, type: 'esm', peerDependencies: null },
      'node_modules/marked/package.json': '\uFEFF{ "version": "1.0.0" }',
      'node_modules/directory/package.json/x.js': '',
    },
    {
      'node_modules/broken/x.js': { directory: 'node_modules/broken', name: 'broken', version: undefined },
      'node_modules/list/x.js': { directory: 'node_modules/list', name: 'list' },
      'node_modules/null/x.js': { directory: 'node_modules/null', name: 'null' },
      'node_modules/odd/x.js': {
        directory: 'node_modules/odd',
        name: 'odd',
        version: undefined,
        type: undefined,
        peers: [],
      },
      'node_modules/marked/x.js': { directory: 'node_modules/marked', version: '1.0.0' },
      'node_modules/directory/x.js': { directory: 'node_modules/directory', name: 'directory' },
    },
  ],
  'peer dependencies': [
    { 'node_modules/widget/package.json': { peerDependencies: { react: '>=17', 'react-dom': '*' } } },
    { 'node_modules/widget/x.js': { directory: 'node_modules/widget', peers: ['react', 'react-dom'] } },
  ],
};

describe('fs/packages', () => {
  for (const [name, [files, expected]] of Object.entries(cases)) {
    it(name, () => {
      const project = new Project(files);
      const packageOf = createPackages();
      for (const [path, found] of Object.entries(expected)) {
        const info = packageOf(project.path(path));
        if (found === undefined)
          expect(info?.directory.startsWith(project.directory), path).to.not.equal(true);
        else
          expect(info, path).to.include({
            ...found,
            directory: project.path(found.directory).replace(/\/$/, ''),
            ...(found.peers && { peers: info?.peers }),
          });
        if (found?.peers) expect(info?.peers).to.deep.equal(found.peers);
      }
    });
  }

  it('virtual modules belong to no package', () => {
    const packageOf = createPackages();
    expect(packageOf(emptyModule)).to.equal(undefined);
    expect(packageOf(externalModule('jquery'))).to.equal(undefined);
  });

  it('reads a directory once in a build, and again in the next', () => {
    const project = new Project({ 'package.json': { name: 'app', type: 'module' } });
    const first = createPackages();
    expect(first(project.path('a.js'))?.type).to.equal('module');
    project.write({ 'package.json': { name: 'app', type: 'commonjs' } });
    expect(first(project.path('b.js'))?.type).to.equal('module');
    expect(createPackages()(project.path('b.js'))?.type).to.equal('commonjs');
  });
});
