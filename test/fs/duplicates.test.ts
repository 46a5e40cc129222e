/** Packages of which a build holds two instances. */
import { expect } from 'chai';
import { findDuplicates } from '../../lib/check/duplicates';
import type { Reference } from '../../lib/facts';
import { createPackages } from '../../lib/fs/packages';
import type { Module } from '../../lib/model';
import type { BuildWarning } from '../../lib/warnings';
import type { ProjectFiles } from '../helpers/project';
import { type Resolver, resolverOf } from './resolver';

/** Module → its references: `import x`, `require x`, `import() x`. Targets are resolved, and what they name is read. */
type References = Record<string, readonly string[]>;

const kinds = { import: 'import', require: 'require', 'import()': 'import()', declared: 'declared' } as const;

function moduleOf(path: string, references: readonly string[], { resolve }: Resolver): Module {
  const parsed = references.map((text): Reference => {
    const [kind, specifier] = text.split(' ') as [keyof typeof kinds, string];
    return { kind: kinds[kind], specifier, start: 0, end: 0, optional: false };
  });
  const targets = parsed.map(({ kind, specifier }) => {
    const resolution = resolve(specifier, path, kind.startsWith('import') ? 'import' : 'require');
    if (!('path' in resolution)) throw new Error(`${path}: ${specifier} means no file`);
    return resolution.path;
  });
  const facts = { references: parsed, replacements: [], nodeGlobals: [], syntax: undefined, concerns: [] };
  return {
    path,
    source: '',
    facts,
    targets,
    shims: {},
    runtime: undefined,
    isNodeModule: false,
    isPure: false,
  };
}

/** The warnings for a build of the given modules, project paths made relative. */
function warningsOf(files: ProjectFiles, references: References, reversed = false): BuildWarning[] {
  const sources = Object.fromEntries(Object.keys(references).map((name) => [name, '']));
  const ask = resolverOf({ ...sources, ...files });
  const modules = Object.entries(references).map(([name, used]) =>
    moduleOf(ask.project.path(name), used, ask),
  );
  if (reversed) modules.reverse();
  const byPath = new Map(modules.map((module) => [module.path, module]));
  for (const path of modules.flatMap(({ targets }) => targets))
    if (path !== undefined && !byPath.has(path)) byPath.set(path, moduleOf(path, [], ask));
  const relative = (text: string): string => text.replaceAll(`${ask.project.directory}/`, '');
  return findDuplicates(byPath, createPackages(), ask.resolve).map((warning) => ({
    ...warning,
    path: relative(warning.path),
    message: relative(warning.message),
    hint: relative(warning.hint),
  }));
}

const twoReacts: ProjectFiles = {
  'package.json': { name: 'app' },
  'node_modules/react/package.json': { name: 'react', version: '18.2.0' },
  'node_modules/old/package.json': { name: 'old', version: '1.0.0' },
  'node_modules/old/node_modules/react/package.json': { name: 'react', version: '17.0.2' },
  'node_modules/widget/package.json': { name: 'widget', peerDependencies: { react: '*' } },
};

const useReacts: References = {
  'main.js': ['import react', 'import widget', 'require old'],
  'node_modules/react/index.js': [],
  'node_modules/old/index.js': ['require react'],
  'node_modules/old/node_modules/react/index.js': ['require ./cjs/react.js'],
  'node_modules/old/node_modules/react/cjs/react.js': [],
  'node_modules/widget/index.js': ['import react'],
};

const dual = {
  exports: { '.': { import: './esm/index.mjs', require: './cjs/index.cjs' } },
  version: '2.0.0',
};

const useDual: References = {
  'main.js': ['import pkg', 'require other'],
  'node_modules/other/index.js': ['require pkg'],
};

describe('duplicates', () => {
  it('two copies of a package that another one names as its peer', () => {
    const warnings = warningsOf(twoReacts, useReacts);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include({ code: 'DUPLICATE_PEER', path: 'node_modules/old/node_modules/react' });
    expect(warnings[0]?.message).to.equal(
      'is another copy of react, which widget expects to share (peerDependencies): ' +
        '18.2.0 in node_modules/react (used by main.js:1:1, node_modules/widget/index.js:1:1); ' +
        '17.0.2 in node_modules/old/node_modules/react (used by node_modules/old/index.js:1:1)',
    );
    expect(warnings[0]?.hint).to.include('npm ls react');
  });

  it('the same in whatever order the modules came', () => {
    expect(warningsOf(twoReacts, useReacts, true)).to.deep.equal(warningsOf(twoReacts, useReacts));
  });

  it('nothing of a copy that is not in the build, and of a package that nobody names as a peer', () => {
    const references = {
      'main.js': ['import react', 'import widget'],
      'node_modules/react/index.js': [],
      'node_modules/widget/index.js': ['import react'],
    };
    expect(warningsOf(twoReacts, references)).to.deep.equal([]);
    const nobody = { 'node_modules/widget/package.json': { name: 'widget' } };
    expect(warningsOf({ ...twoReacts, ...nobody }, useReacts)).to.deep.equal([]);
  });

  it('nothing of versions installed under names of their own', () => {
    const files = {
      ...twoReacts,
      'node_modules/react-17/package.json': { name: 'react', version: '17.0.2' },
    };
    const references = {
      'main.js': ['import react', 'import react-17', 'import widget'],
      'node_modules/react/index.js': [],
      'node_modules/react-17/index.js': [],
      'node_modules/widget/index.js': ['import react'],
    };
    expect(warningsOf(files, references)).to.deep.equal([]);
  });

  it('a package whose files for import and for require are both there', () => {
    const warnings = warningsOf(
      { 'node_modules/pkg/package.json': dual, 'node_modules/other/package.json': {} },
      {
        ...useDual,
        'node_modules/pkg/esm/index.mjs': ['import ./state.mjs'],
        'node_modules/pkg/esm/state.mjs': [],
        'node_modules/pkg/cjs/index.cjs': ['require ./state.cjs'],
        'node_modules/pkg/cjs/state.cjs': [],
      },
    );
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include({ code: 'DUAL_PACKAGE', path: 'node_modules/pkg' });
    expect(warnings[0]?.message).to.equal(
      'is in the build twice (pkg 2.0.0): import gives node_modules/pkg/esm/index.mjs (in main.js:1:1), require gives ' +
        'node_modules/pkg/cjs/index.cjs (in node_modules/other/index.js:1:1), and the two have no file in common',
    );
    expect(warnings[0]?.hint).to.include("alias: { 'pkg$': 'node_modules/pkg/cjs/index.cjs' }");
  });

  it('also where require reaches the file of the other kind by way of another one', () => {
    const exports = { ...dual.exports, './sub': './cjs/sub.cjs' };
    const warnings = warningsOf(
      { 'node_modules/pkg/package.json': { exports }, 'node_modules/other/package.json': {} },
      {
        'main.js': ['import() pkg', 'require other'],
        'node_modules/other/index.js': ['require pkg/sub'],
        'node_modules/pkg/esm/index.mjs': [],
        'node_modules/pkg/cjs/sub.cjs': ['require ./index.cjs'],
        'node_modules/pkg/cjs/index.cjs': [],
      },
    );
    expect(warnings.map(({ code }) => code)).to.deep.equal(['DUAL_PACKAGE']);
  });

  const single: Record<string, [files: ProjectFiles, references: References]> = {
    'one kind of reference only': [
      { 'node_modules/pkg/package.json': dual },
      { 'main.js': ['import pkg'], 'node_modules/pkg/esm/index.mjs': [] },
    ],
    'one file for both kinds': [
      { 'node_modules/pkg/package.json': { exports: { module: './esm/index.mjs', ...dual.exports['.'] } } },
      { ...useDual, 'node_modules/pkg/esm/index.mjs': [] },
    ],
    'an ES module that wraps the CommonJS one': [
      { 'node_modules/pkg/package.json': dual },
      {
        ...useDual,
        'node_modules/pkg/esm/index.mjs': ['import ../cjs/index.cjs'],
        'node_modules/pkg/cjs/index.cjs': [],
      },
    ],
    'state in a file that both share': [
      { 'node_modules/pkg/package.json': dual },
      {
        ...useDual,
        'node_modules/pkg/esm/index.mjs': ['import ../state.cjs'],
        'node_modules/pkg/cjs/index.cjs': ['require ../state.cjs'],
        'node_modules/pkg/state.cjs': [],
      },
    ],
    'ES modules beside a CommonJS package of another name': [
      {
        'node_modules/lodash/package.json': { main: 'index.js' },
        'node_modules/lodash-es/package.json': { type: 'module', main: 'index.js' },
      },
      {
        'main.js': [
          'import lodash-es/map.js',
          'import lodash-es',
          'require lodash',
          'require lodash-es/map.js',
        ],
        'node_modules/lodash-es/index.js': ['import ./map.js'],
        'node_modules/lodash-es/map.js': [],
        'node_modules/lodash/index.js': [],
      },
    ],
    'different files of a package by their own names': [
      { 'node_modules/pkg/package.json': {} },
      {
        'main.js': ['import pkg/a.mjs', 'require pkg/a.cjs'],
        'node_modules/pkg/a.mjs': [],
        'node_modules/pkg/a.cjs': [],
      },
    ],
  };
  for (const [name, [files, references]] of Object.entries(single)) {
    it(`nothing of ${name}`, () => {
      const other = { 'node_modules/other/package.json': {} };
      expect(warningsOf({ ...other, ...files }, references)).to.deep.equal([]);
    });
  }
});
