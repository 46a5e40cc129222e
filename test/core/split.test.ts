import { expect } from 'chai';
import { generateGraph, randomNumbers } from '../../bench/generate-graph';
import { isMinimal, onePerModule, split } from '../../lib/core/split';
import type { ModuleGraph, Split } from '../../lib/model';
import { findFaults, isClean, listClasses, listRequests } from './oracle';
import { parseGraph, randomGraph, randomGraphWithWorkers } from './random-graph';

const RANDOM_GRAPHS = 20_000;

/** Bundles as words: `ab c` for modules a and b together, c alone. */
function bundlesOf(text: string, entries = 'a'): string {
  const { graph, names } = parseGraph(text, entries);
  const result = split(graph);
  expect(findFaults(graph, result)).to.deep.equal([]);
  expect(isMinimal(graph, result)).to.equal(true);
  return result.bundles.map((modules) => modules.map((module) => names[module]).join('+')).join(' ');
}

/** What a wrong theorem would say is the core. */
interface Mutation {
  prunes: boolean;
  entries: 'all' | 'first';
}

/** Splits as simply as possible, by cores or by what a mutation makes of them. */
function splitNaively(graph: ModuleGraph, { prunes, entries }: Mutation): Split {
  const right = split(graph);
  const closures = new Map(
    [...right.next.keys()].map((root) => [root, collect([root], (m) => graph.staticEdges[m])]),
  );
  const starts = entries === 'all' ? graph.entries : graph.entries.slice(0, 1);
  const classes = new Map<string, number[]>();
  const loads = new Map([...right.next.keys()].map((root): [number, number[]] => [root, []]));
  for (let module = 0; module < graph.size; module++) {
    const needs = (root: number): boolean => closures.get(root)?.has(module) === true;
    const reached = collect(starts, (root) => (prunes && needs(root) ? [] : right.next.get(root)));
    const core = [...reached].filter(needs).sort((a, b) => a - b);
    if (core.length > 0) classes.set(`${core}`, [...(classes.get(`${core}`) ?? []), module]);
  }
  const bundleOf = new Int32Array(graph.size).fill(-1);
  const bundles = [...classes].map(([core, modules], bundle) => {
    for (const module of modules) bundleOf[module] = bundle;
    for (const root of core.split(',')) loads.get(Number(root))?.push(bundle);
    return modules;
  });
  return { bundles, bundleOf, loads, next: right.next };
}

/** Everything that can be reached from `starts`. */
function collect(
  starts: readonly number[],
  follow: (item: number) => readonly number[] | undefined,
): Set<number> {
  const found = new Set(starts);
  for (const item of found) for (const later of follow(item) ?? []) found.add(later);
  return found;
}

/** All partitions of `items` into any number of sets. */
function partitionsOf(items: readonly number[]): number[][][] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  return partitionsOf(rest).flatMap((sets) => [
    [[first], ...sets],
    ...sets.map((set, index) => sets.with(index, [first, ...set])),
  ]);
}

function countFaulty(mutation: Mutation): number {
  let faulty = 0;
  for (let seed = 1; seed <= 1_000; seed++) {
    const graph = randomGraph(seed);
    if (findFaults(graph, splitNaively(graph, mutation)).length > 0) faulty++;
  }
  return faulty;
}

describe('split', () => {
  describe('named graphs', () => {
    it('diamond', () => expect(bundlesOf('a⇒b,c; b,c→d')).to.equal('a b c d'));
    it('loaded by every path', () => expect(bundlesOf('a→l,m; a⇒D; D→l')).to.equal('D a+l+m'));
    it('two entries both hold l before D', () => {
      expect(bundlesOf('a,b→l,m; a,b⇒D; D→l', 'a,b')).to.equal('D a b l+m');
    });
    it('chain', () => expect(bundlesOf('a⇒b; b⇒c; b,c→d')).to.equal('a b+d c'));
    it('a way around keeps a module from its entry', () => {
      expect(bundlesOf('E1⇒D2; E2⇒D1; D1⇒D2; E1,D2→m', 'E1,E2')).to.equal('D1 D2 E1 E2 m');
    });
    it('opening one entry does not run another', () => {
      expect(bundlesOf('e0→e1,x; e1⇒p; p→x', 'e0,e1')).to.equal('e0 e1 p x');
    });
    it('an entry that is also a dynamic target', () => {
      expect(bundlesOf('a,b→l; a⇒b', 'a,b')).to.equal('a b l');
      expect(bundlesOf('a,b→l; a⇒b', 'a')).to.equal('a+l b');
    });
    it('mutual dynamic cycles', () => {
      expect(bundlesOf('a⇒b; b⇒a; a,b→l')).to.equal('a+l b');
      expect(bundlesOf('a⇒b,c; b⇒c; c⇒b; b,c→l')).to.equal('a b c l');
    });
    it('a module static for one root and dynamic for another', () => {
      expect(bundlesOf('a→m; b⇒m', 'a,b')).to.equal('a b m');
      expect(bundlesOf('a→m; a⇒m')).to.equal('a+m');
    });
    it('a static cycle is one bundle', () => expect(bundlesOf('a→b; b→c; c→a')).to.equal('a+b+c'));
    it('a worker shares with its page what both need, and has nothing of it', () => {
      expect(bundlesOf('a→l,x; a⇛w; w→l,y')).to.equal('a+x l w+y');
      expect(bundlesOf('a→l; a⇒D; D⇛w; D,w→m')).to.equal('D a+l m w');
      expect(bundlesOf('a→l; a⇒D; D→l; w⇒D; a⇛w')).to.equal('D a l w');
    });
    it('a module that starts itself as a worker', () => {
      expect(bundlesOf('a→l,w; w⇛w; w→m')).to.equal('a+l m+w');
    });
    it('workers of workers, and such as nobody starts', () => {
      expect(bundlesOf('a⇛v; v⇛w; a,w→l; x⇛y; y→l')).to.equal('a l v w');
    });
    it('what only unreachable modules request counts for nothing', () => {
      expect(bundlesOf('a→l; x⇒y; x,y→l,z')).to.equal('a+l');
    });
  });

  it('loads what a root may be the first to need, and nothing else', () => {
    const { graph, names } = parseGraph('a→l; a⇒c; c→l; c⇒l', 'a');
    const { loads, next, bundleOf } = split(graph);
    const number = (name: string): number => names.indexOf(name);
    expect(loads.get(number('c'))).to.deep.equal([bundleOf[number('c')]]);
    expect(loads.get(number('l'))).to.deep.equal([]);
    expect(next.get(number('a'))).to.deep.equal([number('c')]);
    expect(next.get(number('c'))).to.deep.equal([number('l')]);
  });

  it(`is what walking all visits shows, on ${RANDOM_GRAPHS} random graphs`, () => {
    for (let seed = 1; seed <= RANDOM_GRAPHS; seed++) {
      const graph = randomGraph(seed);
      const result = split(graph);
      const faults = findFaults(graph, result);
      if (faults.length > 0) expect.fail(`seed ${seed}: ${faults.join('; ')}`);
      if (!isMinimal(graph, result)) expect.fail(`seed ${seed}: isMinimal is wrong`);
    }
  }).timeout(30_000);

  it(`is what walking all visits shows, on ${RANDOM_GRAPHS} random graphs with workers`, () => {
    let workers = 0;
    for (let seed = 1; seed <= RANDOM_GRAPHS; seed++) {
      const graph = randomGraphWithWorkers(seed);
      const result = split(graph);
      const faults = findFaults(graph, result);
      if (faults.length > 0) expect.fail(`seed ${seed}: ${faults.join('; ')}`);
      if (!isMinimal(graph, result)) expect.fail(`seed ${seed}: isMinimal is wrong`);
      // The split is another one than without workers.
      const { workerEdges: _, ...pages } = graph;
      if (String(split(pages).bundles) !== String(result.bundles)) workers++;
    }
    expect(workers).to.be.greaterThan(RANDOM_GRAPHS / 10);
  }).timeout(30_000);

  it('has fewer bundles than any other clean partition', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const graph = randomGraph(seed, 5);
      const requests = listRequests(graph);
      const loaded = listClasses(graph, requests).flat();
      const clean = partitionsOf(loaded).filter((bundles) => isClean(bundles, requests));
      const fewest = Math.min(...clean.map((bundles) => bundles.length));
      const best = clean.filter((bundles) => bundles.length === fewest);
      expect(best.length, `seed ${seed}`).to.equal(1);
      expect(split(graph).bundles.length, `seed ${seed}`).to.equal(fewest);
    }
  }).timeout(30_000);

  it('is checked by an oracle with teeth', () => {
    expect(countFaulty({ prunes: true, entries: 'all' })).to.equal(0);
    expect(countFaulty({ prunes: false, entries: 'all' }), 'grouping by signature').to.be.greaterThan(50);
    expect(countFaulty({ prunes: true, entries: 'first' }), 'only the first entry').to.be.greaterThan(50);
  });

  it('does not depend on the order of edges and entries, nor on repeated edges', () => {
    const random = randomNumbers(1);
    const mix = (list: readonly number[]): number[] => [...list, ...list].sort(() => random() - 0.5);
    for (let seed = 1; seed <= 500; seed++) {
      const graph = randomGraph(seed);
      const { size, staticEdges, dynamicEdges, entries } = graph;
      const mixed = {
        size,
        staticEdges: staticEdges.map(mix),
        dynamicEdges: dynamicEdges.map(mix),
        entries: mix(entries),
      };
      expect(split(mixed)).to.deep.equal(split(graph));
      expect(isMinimal(mixed, split(graph))).to.equal(true);
    }
  });

  describe('deep graphs', () => {
    const size = 100_000;
    const none: number[][] = Array.from({ length: size }, () => []);

    it('a chain and a ring of 100,000 modules', () => {
      const chain = none.map((_, module) => (module + 1 < size ? [module + 1] : []));
      const ring = none.map((_, module) => [(module + 1) % size]);
      for (const staticEdges of [chain, ring]) {
        const graph = { size, staticEdges, dynamicEdges: none, entries: [0] };
        const result = split(graph);
        expect(result.bundles.length).to.equal(1);
        expect(isMinimal(graph, result)).to.equal(true);
      }
    });

    it('a chain of 2,000 requests', () => {
      const dynamicEdges = Array.from({ length: 2_000 }, (_, module) => (module > 0 ? [module - 1] : []));
      const graph = { size: 2_000, staticEdges: dynamicEdges.map(() => [0]), dynamicEdges, entries: [1_999] };
      const result = split(graph);
      expect(result.bundles.length).to.equal(1_999);
      expect(isMinimal(graph, result)).to.equal(true);
    });
  });
});

describe('isMinimal', () => {
  const { graph } = parseGraph('a→l,m; a⇒D,E; D,E→l,x; U→x', 'a');
  const right = split(graph);

  function withBundles(bundles: number[][]): Split {
    const bundleOf = new Int32Array(graph.size).fill(-1);
    bundles.forEach((modules, bundle) => {
      for (const module of modules) bundleOf[module] = bundle;
    });
    return { ...right, bundles, bundleOf };
  }

  it('accepts the split', () => expect(isMinimal(graph, right)).to.equal(true));
  it('refuses more bundles than needed', () => expect(isMinimal(graph, onePerModule(graph))).to.equal(false));
  it('refuses every merger of two bundles', () => {
    right.bundles.forEach((_, first) => {
      for (let second = first + 1; second < right.bundles.length; second++) {
        const merged = [...(right.bundles[first] ?? []), ...(right.bundles[second] ?? [])].sort(
          (a, b) => a - b,
        );
        const rest = right.bundles.filter((_bundle, index) => index !== first && index !== second);
        expect(isMinimal(graph, withBundles([merged, ...rest]))).to.equal(false);
      }
    });
  });
  it('refuses a split without some bundle, or with unreachable modules', () => {
    expect(isMinimal(graph, withBundles(right.bundles.slice(1)))).to.equal(false);
    expect(isMinimal(graph, withBundles([...right.bundles, [right.bundleOf.indexOf(-1)]]))).to.equal(false);
  });
  it('refuses bundles that contradict bundleOf', () => {
    expect(isMinimal(graph, { ...right, bundleOf: right.bundleOf.map(() => 0) })).to.equal(false);
    expect(isMinimal(graph, { ...right, bundleOf: right.bundleOf.slice(1) })).to.equal(false);
    expect(isMinimal(graph, { ...right, bundles: [...right.bundles].reverse() })).to.equal(false);
  });
  it('refuses other loads and other next', () => {
    for (const root of right.loads.keys()) {
      expect(isMinimal(graph, { ...right, loads: new Map(right.loads).set(root, [99]) })).to.equal(false);
      expect(isMinimal(graph, { ...right, next: new Map(right.next).set(root, [99]) })).to.equal(false);
    }
    expect(isMinimal(graph, { ...right, loads: new Map() })).to.equal(false);
  });
  it('agrees with the oracle on wrong splits of random graphs', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const random = randomGraph(seed);
      const candidate = splitNaively(random, {
        prunes: seed % 2 === 0,
        entries: seed % 3 === 0 ? 'all' : 'first',
      });
      expect(isMinimal(random, candidate), `seed ${seed}`).to.equal(
        findFaults(random, candidate).length === 0,
      );
    }
  });
  it('accepts the split of a large graph', () => {
    const large = generateGraph({ modules: 5_000, roots: 300, edges: 25_000, entries: 30 }, 7);
    expect(isMinimal(large, split(large))).to.equal(true);
  });
});

describe('onePerModule', () => {
  it('gives every reachable module a bundle, and loads the same modules', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const graph = randomGraph(seed);
      const debug = onePerModule(graph);
      const minimal = split(graph);
      const modulesOf = ({ bundles, loads }: Split): number[][] =>
        [...loads.values()].map((list) =>
          list.flatMap((bundle) => bundles[bundle] ?? []).sort((a, b) => a - b),
        );
      expect(debug.bundles.flat()).to.deep.equal(minimal.bundles.flat().sort((a, b) => a - b));
      expect(debug.bundles.every((modules) => modules.length === 1)).to.equal(true);
      expect(modulesOf(debug)).to.deep.equal(modulesOf(minimal));
      expect(isClean(debug.bundles, listRequests(graph))).to.equal(true);
    }
  });
});
