import { expect } from 'chai';
import { toGraph } from '../../lib/core/graph';
import type { Reference, ReferenceKind } from '../../lib/facts';
import type { Module } from '../../lib/model';

function makeModule(path: string, dependencies: [ReferenceKind, string | undefined][] = []): Module {
  const references = dependencies.map(
    ([kind]): Reference => ({ kind, specifier: '', start: 0, end: 0, optional: false }),
  );
  const facts = { references, replacements: [], nodeGlobals: [], syntax: undefined, concerns: [] };
  const targets = dependencies.map(([, target]) => target);
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

function collect(modules: readonly Module[]): Map<string, Module> {
  return new Map(modules.map((module) => [module.path, module]));
}

const entries = [{ path: '/c', name: 'c' }];
const same = (path: string): string => path;

describe('toGraph', () => {
  it('makes edges of references, shims and the runtime', () => {
    const c = makeModule('/c', [
      ['require', '/b'],
      ['import()', '/a'],
      ['declared', '/d'],
      ['require', undefined],
      ['import', '/e'],
    ]);
    c.shims = { process: '/p' };
    c.runtime = '/r';
    const others = ['/b', '/a', '/d', '/e', '/p', '/r'].map((path) => makeModule(path));
    const { graph, paths } = toGraph(collect([c, ...others]), entries, same);
    expect(paths).to.deep.equal(['/a', '/b', '/c', '/d', '/e', '/p', '/r']);
    expect(graph.staticEdges).to.deep.equal([[], [], [1, 4, 5, 6], [], [], [], []]);
    expect(graph.dynamicEdges).to.deep.equal([[], [], [0, 3], [], [], [], []]);
    expect(graph.entries).to.deep.equal([2]);
    expect(graph.size).to.equal(7);
  });

  it('lets static beat dynamic within a module, and lists a target once', () => {
    const c = makeModule('/c', [
      ['import()', '/a'],
      ['require', '/a'],
      ['declared', '/a'],
      ['require', '/a'],
    ]);
    const { graph } = toGraph(collect([c, makeModule('/a')]), entries, same);
    expect(graph.staticEdges).to.deep.equal([[], [0]]);
    expect(graph.dynamicEdges).to.deep.equal([[], []]);
  });

  it('numbers by stable name, whatever the order of arrival', () => {
    const modules = [
      makeModule('/c', [['require', '/b']]),
      makeModule('/b', [['import()', '/a']]),
      makeModule('/a'),
    ];
    const nameOf = (path: string): string => ({ '/a': 'z', '/b': 'y', '/c': 'x' })[path] as string;
    const graph = toGraph(collect(modules), entries, nameOf);
    expect(graph.paths).to.deep.equal(['/c', '/b', '/a']);
    expect(toGraph(collect(modules.reverse()), entries, nameOf)).to.deep.equal(graph);
  });

  it('refuses a target that is not there', () => {
    const modules = collect([makeModule('/c', [['require', '/gone']])]);
    expect(() => toGraph(modules, entries, same)).to.throw(
      "No module '/gone' in the graph, but /c needs it.",
    );
  });
});
