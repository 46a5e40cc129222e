/** What Node refuses to link, dynapack refuses to bundle, and says which name is missing and where. */
import { basename } from 'node:path';
import { expect } from 'chai';
import { failure, pack } from '../helpers/pack';
import { Project } from '../helpers/project';
import { type BrokenGraph, brokenGraph, KINDS } from './broken-graphs';
import { entryOf, filesOf } from './files';
import { traceInNode } from './native';

const PER_KIND = 40;

function listBroken(kind: string): BrokenGraph[] {
  const found: BrokenGraph[] = [];
  for (let seed = 10_001; found.length < PER_KIND; seed++) {
    const graph = brokenGraph(seed, kind);
    if (graph) found.push(graph);
  }
  return found;
}

async function expectRefused(graph: BrokenGraph, project: Project): Promise<void> {
  const error = await failure(pack([project.path(entryOf(graph))], { root: project.directory }));
  const about = `seed ${graph.seed}: ${error}`;
  expect(error.code, about).to.equal(graph.code);
  expect(error.message, about).to.include(graph.name);
  expect(graph.importers, about).to.include(basename(error.fileName ?? ''));
  expect(error.lineNumber, about).to.be.a('number');
}

describe('ES modules: names that lead nowhere', () => {
  for (const kind of KINDS) {
    it(`are refused as in Node: ${kind}`, async () => {
      const graphs = listBroken(kind);
      const project = new Project(filesOf(graphs));
      const traces = await traceInNode(graphs.map((graph) => project.path(entryOf(graph))));
      for (const [index, graph] of graphs.entries()) {
        expect(traces[index]?.[0], `seed ${graph.seed}`).to.match(/(throws|start:) SyntaxError$/);
        await expectRefused(graph, project);
      }
    });
  }

  it('say so where a name leads round a circle', async () => {
    const project = new Project({
      'main.js': "import { a } from './a.js'; self.result = a;",
      'a.js': "export { b as a } from './b.js';",
      'b.js': "export { a as b } from './a.js';",
    });
    const error = await failure(pack([project.path('main.js')], { root: project.directory }));
    expect(error.message).to.equal("'./b.js' has no export 'b': that leads round a circle");
    expect(`${basename(error.fileName ?? '')}:${error.lineNumber}`).to.equal('a.js:1');
    const way = ['b.js', 'a.js', 'b.js'].map((name) => project.path(name));
    expect(error.hint).to.include(`in ${way.join(', then ')}.`);
  });
});
