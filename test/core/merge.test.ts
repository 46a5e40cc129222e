import { expect } from 'chai';
import { generateGraph, generateSizes, randomNumbers } from '../../bench/generate-graph';
import { isComplete } from '../../lib/core/complete';
import { type Cut, cut } from '../../lib/core/cut';
import { proofOf } from '../../lib/core/minimal';
import { coresOf, split } from '../../lib/core/split';
import type { ModuleGraph, Split, SplitPrice } from '../../lib/model';
import { listClasses, listRequests, membersOf, walkVisits } from './oracle';
import { parseGraph, randomGraph, randomGraphWithWorkers } from './random-graph';

const RANDOM_GRAPHS = 4_000;

const NONE: Omit<Cut, 'sizes'> = { debug: false, requestCost: 0, groupOf: undefined, pages: undefined };

function cutAs(graph: ModuleGraph, wanted: Partial<Cut>) {
  const sizes = Array.from({ length: graph.size }, () => 100);
  return cut(graph, coresOf(graph), proofOf(graph), { ...NONE, sizes, ...wanted });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** What walking all visits says that a split costs. */
function measure(graph: ModuleGraph, made: Split, sizes: ArrayLike<number>, units?: number[][]) {
  const { faults, fetched } = walkVisits(graph, made, units);
  const bytesOf = (modules: readonly number[]): number =>
    sum(modules.map((module) => sizes[module] as number));
  const found = [...fetched.values()];
  const early = found.map((each) => bytesOf(membersOf(each.early)));
  const files = found.map(({ bundles }) => bundles.size);
  const all = found.map(({ bundles }) =>
    sum([...bundles].map((bundle) => bytesOf(made.bundles[bundle] as number[]))),
  );
  const loads = Object.fromEntries(
    [...fetched].map(([root, { bundles }]) => [root, [...bundles].sort((a, b) => a - b)]),
  );
  const meanAndMost = (list: readonly number[]) => ({
    mean: sum(list) / list.length,
    most: Math.max(...list),
  });
  return {
    faults,
    loads,
    files: meanAndMost(files),
    overfetch: { ...meanAndMost(early), share: sum(early) / Math.max(1, sum(all)) },
    cost: (requestCost: number) => requestCost * sum(files) + sum(early),
  };
}

/** Sizes, a price and groups, the same for the same seed. */
function randomWishes(graph: ModuleGraph, seed: number): Cut {
  const random = randomNumbers(seed);
  const sizes = Array.from({ length: graph.size }, () => Math.floor(random() ** 4 * 10_000));
  const isGrouped = random() < 0.3;
  const groupOf = sizes.map(() => Math.floor(random() * 4) - 2).map((group) => Math.max(-1, group));
  return {
    debug: false,
    requestCost: Math.floor(random() ** 3 * 20_000),
    groupOf: isGrouped ? groupOf : undefined,
    pages: undefined,
    sizes,
  };
}

/** Bundles in words, and what is too early. */
function merged(text: string, requestCost: number, bytes: Record<string, number> = {}, entries = 'a') {
  const { graph, names } = parseGraph(text, entries);
  const sizes = names.map((name) => bytes[name] ?? 100);
  const { split: made, price } = cutAs(graph, { requestCost, sizes });
  const { faults, overfetch } = measure(graph, made, sizes);
  expect(faults).to.deep.equal([]);
  expect(price?.overfetch ?? overfetch).to.deep.equal(overfetch);
  const bundles = made.bundles.map((modules) => modules.map((module) => names[module]).join('+'));
  return { bundles: bundles.join(' '), early: overfetch.most };
}

describe('merging bundles', () => {
  describe('named graphs', () => {
    it('without a price nothing is merged', () => {
      expect(merged('a⇒b,c; b,c→d', 0)).to.deep.equal({ bundles: 'a b c d', early: 0 });
    });
    it('what both parts of a diamond need comes with the page where it is small', () => {
      expect(merged('a⇒b,c; b,c→d', 60, { a: 5000, b: 5000, c: 5000 })).to.deep.equal({
        bundles: 'a+d b c',
        early: 100,
      });
      expect(merged('a⇒b,c; b,c→d', 40, { a: 5000, b: 5000, c: 5000 }).bundles).to.equal('a b c d');
    });
    it('what is worth less than a request of its own comes with what asks for it', () => {
      expect(merged('a⇒b', 101)).to.deep.equal({ bundles: 'a+b', early: 100 });
      expect(merged('a⇒b', 100)).to.deep.equal({ bundles: 'a b', early: 0 });
    });
    it('pages that share nothing stay apart', () => {
      expect(merged('a→x; b→y', 1e6, {}, 'a,b').bundles).to.equal('a+x b+y');
    });
    it('what two pages share joins the one that is seldom without it', () => {
      expect(merged('a,b,c→x; a,b→y', 500, { a: 9000, b: 9000, c: 9000 }, 'a,b,c')).to.deep.equal({
        bundles: 'a b c x+y',
        early: 100,
      });
    });
    it('a worker fetches what is merged with its bundles', () => {
      const sizes = { a: 9000, w: 9000 };
      expect(merged('a→l,m; a⇛w; w→l,n; v→m; v⇒l', 500, sizes, 'a,v').early).to.be.greaterThan(0);
    });
  });

  for (const [kind, make] of [
    ['', randomGraph],
    [' with workers', randomGraphWithWorkers],
  ] as const)
    it(`is what walking all visits shows, on ${RANDOM_GRAPHS} random graphs${kind}`, () => {
      let mergers = 0;
      for (let seed = 1; seed <= RANDOM_GRAPHS; seed++) {
        const graph = make(seed);
        const wanted = randomWishes(graph, seed);
        const { split: made, price, isFewest } = cutAs(graph, wanted);
        const before = split(graph);
        const clean = cutAs(graph, { ...wanted, requestCost: 0 }).split;
        const measured = measure(graph, made, wanted.sizes);
        const at = `seed ${seed}`;
        expect(measured.faults, at).to.deep.equal([]);
        expect(Object.fromEntries(made.loads), at).to.deep.equal(measured.loads);
        expect([...made.next], at).to.deep.equal([...before.next]);
        expect(made.bundles.flat().sort(), at).to.deep.equal(before.bundles.flat().sort());
        expect(isFewest, at).to.equal(JSON.stringify(made.bundles) === JSON.stringify(before.bundles));
        const earlier = measure(graph, clean, wanted.sizes);
        expect(earlier.overfetch.most, at).to.equal(0);
        if (price)
          expect(price, at).to.deep.equal({
            before: before.bundles.length,
            after: made.bundles.length,
            filesBefore: measure(graph, before, wanted.sizes).files,
            filesAfter: measured.files,
            overfetch: measured.overfetch,
          } satisfies SplitPrice);
        const { requestCost } = wanted;
        expect(measured.cost(requestCost), at).to.be.at.most(earlier.cost(requestCost));
        if (made.bundles.length < clean.bundles.length) mergers++;
      }
      expect(mergers).to.be.greaterThan(RANDOM_GRAPHS / 10);
    }).timeout(120_000);

  it('groups stay as they are, clean and apart', () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const graph = randomGraph(seed);
      const groupOf = Array.from({ length: graph.size }, (_, module) => (module % 3) - 1);
      const wanted = { groupOf, sizes: groupOf.map(() => 10) };
      const clean = cutAs(graph, wanted).split;
      const made = cutAs(graph, { ...wanted, requestCost: 1e6 }).split;
      const grouped = ({ bundles }: Split): number[][] =>
        bundles.filter(([first]) => groupOf[first as number] !== -1);
      expect(grouped(made), `seed ${seed}`).to.deep.equal(grouped(clean));
      for (const modules of clean.bundles)
        expect(new Set(modules.map((module) => groupOf[module])).size).to.equal(1);
      const fetched = [...walkVisits(graph, clean).fetched.values()];
      expect(fetched.every(({ early }) => early === 0)).to.equal(true);
    }
  });

  it('a price of nothing is the fewest bundles, whatever their sizes are', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const graph = randomGraph(seed);
      const { split: made, price } = cutAs(graph, { sizes: Array.from({ length: graph.size }, () => 0) });
      expect(made).to.deep.equal(split(graph));
      expect(price).to.equal(undefined);
    }
  });

  it('does not depend on the order of edges and entries, nor on repeated edges', () => {
    const random = randomNumbers(1);
    const mix = (list: readonly number[]): number[] => [...list, ...list].sort(() => random() - 0.5);
    for (let seed = 1; seed <= 500; seed++) {
      const graph = randomGraph(seed);
      const mixed = {
        size: graph.size,
        staticEdges: graph.staticEdges.map(mix),
        dynamicEdges: graph.dynamicEdges.map(mix),
        entries: mix(graph.entries),
      };
      const wanted = { ...randomWishes(graph, seed), requestCost: 3000 };
      expect(cutAs(mixed, wanted)).to.deep.equal(cutAs(graph, wanted));
    }
  });

  it('a kilobyte for a request makes at least 8 % fewer bundles for 0.6 % of the bytes at most', () => {
    let [before, after] = [0, 0];
    for (let seed = 1; seed <= 10; seed++) {
      const graph = generateGraph({ modules: 1_000, roots: 200, edges: 4_000, entries: 20 }, seed);
      const { price } = cutAs(graph, { requestCost: 1000, sizes: generateSizes(graph.size, seed) });
      expect(price?.overfetch.share).to.be.at.most(0.006);
      before += price?.before ?? 0;
      after += price?.after ?? 0;
    }
    expect(after / before).to.be.at.most(0.92);
  });
});

describe('pages of several entries', () => {
  /** Bundles in words, with pages such as `ab c`. */
  const bundlesOf = (text: string, entries: string, pages: string): string => {
    const { graph, names } = parseGraph(text, entries);
    const listed = pages.split(' ').map((page) => [...page].map((name) => names.indexOf(name)));
    const { split: made, isFewest } = cutAs(graph, { pages: listed });
    expect(isFewest).to.equal(true);
    return made.bundles.map((modules) => modules.map((module) => names[module]).join('+')).join(' ');
  };

  it('are one bundle where no entry is elsewhere', () => {
    expect(bundlesOf('a,b→l', 'a,b', 'ab')).to.equal('a+b+l');
    expect(bundlesOf('a,b,c→l; c→m', 'a,b,c', 'ab')).to.equal('a+b c+m l');
    expect(bundlesOf('a,b,c→l', 'a,b,c', 'ab ac')).to.equal('a+l b c');
    expect(bundlesOf('a⇒D; b,D→m', 'a,b', 'ab')).to.equal('D a+b+m');
    expect(bundlesOf('a,b→l', 'a,b', 'ab a')).to.equal('a+l b');
  });

  it('are what entries are to a build that declares none', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const graph = randomGraph(seed);
      const pages = graph.entries.map((entry) => [entry]);
      expect(cutAs(graph, { pages }).split, `seed ${seed}`).to.deep.equal(split(graph));
    }
  });

  /** Some entries together, the same for the same seed; those in none are pages of their own. */
  function randomPages({ entries }: ModuleGraph, seed: number): { pages: number[][]; units: number[][] } {
    const random = randomNumbers(seed + 0.25);
    const made = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
      entries.filter(() => random() < 0.7).sort((a, b) => a - b),
    ).filter((page) => page.length > 0);
    const pages = [...new Map(made.map((page) => [String(page), page])).values()];
    const alone = entries.filter((entry) => !pages.flat().includes(entry)).map((entry) => [entry]);
    return { pages, units: [...alone, ...pages] };
  }

  for (const [kind, make] of [
    ['', randomGraph],
    [' with workers', randomGraphWithWorkers],
  ] as const)
    it(`transfer what walking their visits shows, and nothing is missing in any other, on random graphs${kind}`, () => {
      let fewer = 0;
      for (let seed = 1; seed <= RANDOM_GRAPHS; seed++) {
        const graph = make(seed);
        const { pages, units } = randomPages(graph, seed);
        const at = `seed ${seed}`;
        const clean = cutAs(graph, { pages: pages.length > 0 ? pages : undefined }).split;
        expect(clean.bundles, at).to.deep.equal(listClasses(graph, listRequests(graph, units)));
        const wanted = { ...randomWishes(graph, seed), pages: pages.length > 0 ? pages : undefined };
        const { split: made, price } = cutAs(graph, wanted);
        for (const each of [clean, made])
          expect(walkVisits(graph, each).faults, `${at}, each entry alone`).to.deep.equal([]);
        const measured = measure(graph, made, wanted.sizes, units);
        expect(measured.faults, at).to.deep.equal([]);
        expect(measure(graph, clean, wanted.sizes, units).overfetch.most, at).to.equal(0);
        if (price) expect(price.overfetch, at).to.deep.equal(measured.overfetch);
        if (price) expect(price.filesAfter, at).to.deep.equal(measured.files);
        if (clean.bundles.length < split(graph).bundles.length) fewer++;
      }
      expect(fewer).to.be.greaterThan(RANDOM_GRAPHS / 40);
    }).timeout(120_000);
});

describe('isComplete', () => {
  const { graph } = parseGraph('a→l,m; a⇒D,E; D,E→l,x; U→x', 'a');
  const proof = proofOf(graph);
  const right = cutAs(graph, { requestCost: 150 }).split;
  const isRight = (change: Partial<Split>, groupOf?: number[]): boolean =>
    isComplete(graph, { ...right, ...change }, proof, groupOf);

  it('accepts the fewest bundles, and merged ones', () => {
    expect(right.bundles.length).to.be.lessThan(split(graph).bundles.length);
    expect(isComplete(graph, split(graph), proof)).to.equal(true);
    expect(isRight({})).to.equal(true);
  });
  it('refuses bundles that nobody loads, or too few', () => {
    for (const [root, list] of right.loads) {
      for (const bundle of list) {
        const loads = new Map(right.loads).set(
          root,
          list.filter((each) => each !== bundle),
        );
        expect(isRight({ loads })).to.equal(false);
      }
      for (const other of right.bundles.keys())
        if (!list.includes(other)) {
          const loads = new Map(right.loads).set(
            root,
            [...list, other].sort((a, b) => a - b),
          );
          const entry = graph.entries.includes(root);
          // What comes too early only is a matter of price.
          if (!entry) expect(isRight({ loads })).to.equal(false);
        }
    }
    expect(isRight({ loads: new Map() })).to.equal(false);
    expect(isRight({ next: new Map() })).to.equal(false);
  });
  it('refuses modules in no bundle, or in two', () => {
    const [first, ...rest] = right.bundles;
    const bundleOf = right.bundleOf.map((bundle) => bundle - 1).map((bundle) => Math.max(-1, bundle));
    expect(isRight({ bundles: rest, bundleOf })).to.equal(false);
    expect(isRight({ bundles: [...right.bundles, [...(first as number[])]] })).to.equal(false);
  });
  it('refuses groups that are merged with others', () => {
    const groupOf = (numbers: number[]) =>
      Array.from({ length: graph.size }, (_, module) => numbers.indexOf(module));
    const several = right.bundles.find(
      (modules) => !split(graph).bundles.some((clean) => String(clean) === String(modules)),
    );
    expect(isRight({}, groupOf([]))).to.equal(true);
    expect(isRight({}, groupOf([several?.[0] as number]))).to.equal(false);
  });
});
