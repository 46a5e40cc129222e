import { expect } from 'chai';
import { randomNumbers } from '../../bench/generate-graph';
import { Heap } from '../../lib/core/heap';
import { type Proof, proofOf } from '../../lib/core/minimal';
import { type Cores, coresOf, listLoads } from '../../lib/core/split';
import { findDocuments, type StyleItem } from '../../lib/core/styles/documents';
import { areStylesMinimal } from '../../lib/core/styles/minimal';
import { type Choice, orderLists } from '../../lib/core/styles/precedence';
import {
  orderStyles,
  type StyleContradiction,
  type StyleProblem,
  type StyleSplit,
  splitStyles,
} from '../../lib/core/styles/split';
import {
  cascadesOf,
  contradictionsIn,
  documentOf,
  findFaults,
  findOrderFaults,
  isRight,
  listBroken,
  mayFollow,
  pagesOf,
  parseStyles,
  randomStyles,
  range,
  type StyledProgram,
  shuffle,
  visitsOf,
} from './styles';

const RANDOM_PROGRAMS = 20_000;

/** Files, and what requests for roots must have of them. */
type Candidate = StyleSplit & { loads: Map<number, number[]> };

/** A program, and all that is worked out of it before its files. */
interface Posed {
  program: StyledProgram;
  cores: Cores;
  proof: Proof;
  problem: StyleProblem;
}

function pose(program: StyledProgram): Posed {
  const { graph, items, steps } = program;
  const cores = coresOf(graph);
  const problem: StyleProblem = {
    documents: findDocuments(steps, cores.roots.modules),
    pages: pagesOf(program),
    coreOf: (style) => cores.coreOf[(items[style] as StyleItem).module] as number,
    mayFollow: (style, before) => mayFollow(program, style, before),
  };
  return { program, cores, proof: proofOf(graph), problem };
}

function withLoads({ program: { items }, cores }: Posed, result: StyleSplit): Candidate {
  const members = result.files.map(([first]) => (items[first as number] as StyleItem).module);
  return { ...result, loads: listLoads(cores, members) };
}

const isAccepted = ({ program, proof, problem }: Posed, { loads, ...result }: Candidate): boolean =>
  areStylesMinimal(proof, program.items, problem, result, loads);

const sorted = (contradictions: readonly StyleContradiction[]): string[] =>
  contradictions
    .map(({ entry, first, second, root, other }) => `${[entry, first, second, root, other]}`)
    .sort();

/** Splits a program that must be split well, as the oracle has it. */
function splitWell(program: StyledProgram, message: string): Candidate {
  const posed = pose(program);
  const result = withLoads(posed, splitStyles(posed.problem));
  for (const [root, document] of posed.problem.documents)
    if (`${document}` !== `${documentOf(program, root)}`) expect.fail(`${message}: document of ${root}`);
  const faults = findFaults(program, result, result.loads);
  if (faults.length > 0) expect.fail(`${message}: ${faults.join('; ')}`);
  const flat = [...result.orders].map(([entry, order]): [number, number[]] => [
    entry,
    order.flatMap((file) => result.files[file] as number[]),
  ]);
  const contradictions = sorted(contradictionsIn(program, new Map(flat)));
  if (`${sorted(result.contradictions)}` !== `${contradictions}`)
    expect.fail(`${message}: contradictions should be ${contradictions.join('; ')}`);
  if (!isAccepted(posed, result)) expect.fail(`${message}: areStylesMinimal is wrong`);
  return result;
}

/** Files as words, in the order of each page: `AB C` for the styles A and B in one file, C in another. */
function filesOf(text: string, entries = 'a', tops = ''): string {
  const program = parseStyles(text, entries, tops);
  const { files, orders } = splitWell(program, text);
  const nameOf = (file: number): string =>
    (files[file] as number[]).map((style) => program.names[style]).join('');
  return [...orders.values()].map((order) => order.map(nameOf).join(' ')).join(' | ');
}

/** Whether a style follows another one, as some rule has it. */
type Rule = (problem: StyleProblem, orders: readonly (readonly number[])[], pair: Pair) => boolean;

interface Pair {
  style: number;
  before: number;
}

/** Whether a style stands directly behind another one. */
const isNext = (order: readonly number[], { style, before }: Pair): boolean =>
  order.includes(before) && order[order.indexOf(before) + 1] === style;

const isBehind = (order: readonly number[], { style, before }: Pair): boolean =>
  order.includes(before) && order.includes(style) && order.indexOf(before) < order.indexOf(style);

const holding = (orders: readonly (readonly number[])[], style: number): (readonly number[])[] =>
  orders.filter((order) => order.includes(style));

const haveOneCore = ({ coreOf }: StyleProblem, { style, before }: Pair): boolean =>
  coreOf(style) === coreOf(before);

const mayBeNext = (problem: StyleProblem, { style, before }: Pair): boolean =>
  problem.mayFollow(style, before);

const isNextIn = (orders: readonly (readonly number[])[], pair: Pair): boolean =>
  holding(orders, pair.before).every((order) => isNext(order, pair));

const rightRule: Rule = (problem, orders, pair) =>
  haveOneCore(problem, pair) && mayBeNext(problem, pair) && isNextIn(orders, pair);

const onFirstPage: Rule = (problem, orders, pair) =>
  rightRule(problem, holding(orders, pair.before).slice(0, 1), pair);

const wrongRules: Record<string, Rule> = {
  'whatever the cores': (problem, orders, pair) => mayBeNext(problem, pair) && isNextIn(orders, pair),
  'whatever may follow': (problem, orders, pair) => haveOneCore(problem, pair) && isNextIn(orders, pair),
  'on the first page': onFirstPage,
  'whatever other pages have between': (problem, orders, pair) =>
    onFirstPage(problem, orders, pair) &&
    holding(orders, pair.before).every((order) => isBehind(order, pair)),
};

/** Chains of styles that follow each other by a rule. */
function chain(orders: readonly (readonly number[])[], follows: (pair: Pair) => boolean): number[][] {
  const styles = [...new Set(orders.flat())];
  const followers = new Map<number, number>();
  const followed = new Set<number>();
  for (const before of styles) {
    const style = styles.find((each) => !followed.has(each) && follows({ style: each, before }));
    if (style === undefined) continue;
    followers.set(before, style);
    followed.add(style);
  }
  return styles.flatMap((first) => {
    if (followed.has(first)) return [];
    const file = [first];
    for (let next = followers.get(first); next !== undefined; next = followers.get(next)) file.push(next);
    return [file];
  });
}

/** In how many random programs some file of a rule is wrong. */
function countWrong(rule: Rule): number {
  return range(2_000).filter((seed) => {
    const program = randomStyles(seed);
    const { problem } = pose(program);
    const { orders } = orderStyles(problem);
    const visits = visitsOf(program);
    const cascades = cascadesOf(visits, orders);
    const lists = [...orders.values()];
    const files = chain(lists, (pair) => rule(problem, lists, pair));
    return files.some((file) => !isRight(file, program, visits, cascades));
  }).length;
}

/** Makes another candidate of one, in a random place; nothing where there is none. */
type Mutation = (candidate: Candidate, below: (limit: number) => number) => Candidate | undefined;

/** Some file of more than one style. */
const findLong = ({ files }: StyleSplit): number => files.findIndex(({ length }) => length > 1);

/** Leaves a file out. */
function withoutFile({ files, orders, ...rest }: Candidate, gone: number): Candidate {
  const kept = [...orders].map(([entry, order]): [number, number[]] => [
    entry,
    order.filter((file) => file !== gone).map((file) => (file > gone ? file - 1 : file)),
  ]);
  return { ...rest, files: files.toSpliced(gone, 1), orders: new Map(kept) };
}

/** Gives the first page of so many files another order. */
function reorder(
  candidate: Candidate,
  least: number,
  change: (order: readonly number[]) => number[],
): Candidate | undefined {
  const [entry, order] = [...candidate.orders].find(([, { length }]) => length >= least) ?? [];
  if (entry === undefined || order === undefined) return undefined;
  return { ...candidate, orders: new Map(candidate.orders).set(entry, change(order)) };
}

/** Where files change, loads are worked out anew. */
const mutations: Record<string, Mutation> = {
  'two styles that are swapped'(candidate, below) {
    const long = findLong(candidate);
    const file = candidate.files[long];
    if (file === undefined) return undefined;
    const at = below(file.length - 1);
    const swapped = file.toSpliced(at, 2, file[at + 1] as number, file[at] as number);
    return { ...candidate, files: candidate.files.with(long, swapped) };
  },
  'two files that are one'(candidate, below) {
    const { files } = candidate;
    if (files.length < 2) return undefined;
    const first = below(files.length);
    const second = (first + 1 + below(files.length - 1)) % files.length;
    const merged = [...(files[first] as number[]), ...(files[second] as number[])];
    return withoutFile({ ...candidate, files: files.with(first, merged) }, second);
  },
  'a file that is cut'(candidate, below) {
    const long = findLong(candidate);
    const file = candidate.files[long];
    if (file === undefined) return undefined;
    const at = 1 + below(file.length - 1);
    const files = [...candidate.files.with(long, file.slice(0, at)), file.slice(at)];
    const orders = [...candidate.orders].map(([entry, order]): [number, number[]] => [
      entry,
      order.flatMap((each) => (each === long ? [each, files.length - 1] : [each])),
    ]);
    return { ...candidate, files, orders: new Map(orders) };
  },
  'a file in another place'(candidate, below) {
    return reorder(candidate, 2, (order) => {
      const from = below(order.length);
      const to = (from + 1 + below(order.length - 1)) % order.length;
      return order.toSpliced(from, 1).toSpliced(to, 0, order[from] as number);
    });
  },
  'a file that is not loaded'(candidate) {
    const [root, files] = [...candidate.loads].find(([, { length }]) => length > 0) ?? [];
    if (root === undefined || files === undefined) return undefined;
    return { ...candidate, loads: new Map(candidate.loads).set(root, files.slice(1)) };
  },
  'a style in two files'(candidate) {
    const [file] = candidate.files;
    return file && { ...candidate, files: [...candidate.files, file.slice(0, 1)] };
  },
  'a page without a file'(candidate) {
    return reorder(candidate, 1, (order) => order.slice(1));
  },
  'a file twice on a page'(candidate) {
    return reorder(candidate, 1, (order) => [order[0] as number, ...order]);
  },
  'a style that is lost'(candidate, below) {
    const at = below(candidate.files.length);
    const file = candidate.files[at];
    if (file === undefined) return undefined;
    if (file.length === 1) return withoutFile(candidate, at);
    return { ...candidate, files: candidate.files.with(at, file.toSpliced(below(file.length), 1)) };
  },
};

describe('splitStyles', () => {
  describe('named programs', () => {
    it('styles of one entry are one file', () => expect(filesOf('a→A,b,C; b→B')).to.equal('ABC'));
    it('diamond', () => {
      expect(filesOf('a→A; a⇒b,c; b→D,B; c→D,C')).to.equal('A D B C');
    });
    it('styles that arrive before they are needed again', () => {
      expect(filesOf('a→A,B; a⇒c; c→B,C')).to.equal('AB C');
    });
    it('two entries that order three sheets alike', () => {
      expect(filesOf('a,b→A,B,C', 'a,b')).to.equal('ABC | ABC');
    });
    it('two entries that order three sheets differently', () => {
      expect(filesOf('a→A,B,C; b→A,C,B', 'a,b')).to.equal('A B C | A C B');
    });
    it('a lazy style between two of the entry', () => {
      expect(filesOf('a→A,B; a⇒c; c→A,C,B')).to.equal('A C B');
      expect(filesOf('a→A,B; a⇒c; c→A,B,C')).to.equal('AB C');
    });
    it('a lazy style between two, on one of two pages', () => {
      expect(filesOf('a,b→A,B; b⇒c; c→A,C,B', 'a,b')).to.equal('A B | A C B');
    });
    it('styles that import each other', () => {
      expect(filesOf('a→B,C; B→C')).to.equal('CB');
      expect(filesOf('a→B; B→C; C→B')).to.equal('CB');
    });
    it('what may not follow cuts', () => {
      expect(filesOf('a→A,B,C', 'a', 'B')).to.equal('A BC');
      expect(filesOf('a→A,B,C', 'a', 'AB')).to.equal('ABC');
    });
    it('what nobody reaches is in no file', () => expect(filesOf('a→A; x→A,B')).to.equal('A'));
  });

  describe('contradictions', () => {
    const contradictionsOf = (text: string, entries = 'a'): StyleContradiction[] =>
      splitWell(parseStyles(text, entries), text).contradictions;
    /** The modules of these programs are A to C, then a to d; the styles are 0 to 2. */
    const [a, b, c, d] = [3, 4, 5, 6];

    it('name both roots', () => {
      expect(contradictionsOf('a→C; a⇒b,c; b→A,B; c→B,A')).to.deep.equal([
        { entry: a, first: 1, second: 0, root: c, other: b },
      ]);
    });
    it('name the one root of a longer circle', () => {
      expect(contradictionsOf('a⇒b,c,d; b→A,B; c→B,C; d→C,A')).to.deep.equal([
        { entry: a, first: 2, second: 0, root: d, other: undefined },
      ]);
    });
    it('are none between entries, which are pages of their own', () => {
      expect(contradictionsOf('a→A,B,C; b→B,A', 'a,b')).to.deep.equal([]);
    });
    it('leave alone what stands before a circle', () => {
      expect(filesOf('a→A,B; a⇒b; b→C,B,A')).to.equal('C AB');
      expect(contradictionsOf('a→A,B; a⇒b; b→C,B,A')).to.deep.equal([
        { entry: a, first: 1, second: 0, root: b, other: a },
      ]);
    });
  });

  it(`is what walking all visits and trying all files shows, on ${RANDOM_PROGRAMS} random programs`, () => {
    for (let seed = 1; seed <= RANDOM_PROGRAMS; seed++) splitWell(randomStyles(seed), `seed ${seed}`);
  }).timeout(60_000);

  it('is checked by an oracle with teeth', () => {
    expect(countWrong(rightRule)).to.equal(0);
    for (const [name, rule] of Object.entries(wrongRules))
      expect(countWrong(rule), name).to.be.greaterThan(20);
  });
});

describe('areStylesMinimal', () => {
  for (const [name, mutate] of Object.entries(mutations)) {
    it(`refuses ${name}`, () => {
      let wrong = 0;
      for (let seed = 1; seed <= 3_000; seed++) {
        const random = randomNumbers(seed);
        const posed = pose(randomStyles(seed));
        const right = withLoads(posed, splitStyles(posed.problem));
        const mutant = mutate(right, (limit) => Math.floor(random() * limit));
        if (mutant === undefined) continue;
        const candidate = mutant.files === right.files ? mutant : withLoads(posed, mutant);
        const [fault] = findFaults(posed.program, candidate, candidate.loads);
        const isRefused = !isAccepted(posed, candidate);
        if (fault !== undefined) wrong++;
        if (fault !== undefined && !isRefused) expect.fail(`seed ${seed}: accepted, but ${fault}`);
        if (fault === undefined && isRefused && right.contradictions.length === 0)
          expect.fail(`seed ${seed}: refused, but right`);
      }
      expect(wrong).to.be.greaterThan(500);
    });
  }
});

describe('orderLists', () => {
  /** What is next, one after the other, as slowly as can be; what is on a circle, and behind one, is left out. */
  function orderSlowly(lists: readonly (readonly number[])[], { rankOf, groupOf }: Choice): number[] {
    const left = new Set(lists.flat());
    const order: number[] = [];
    const isReady = (item: number): boolean =>
      lists.every((list) => !list.includes(item) || list.find((each) => left.has(each)) === item);
    for (;;) {
      const group = groupOf?.(order.at(-1) ?? -1);
      const isOther = (item: number): number =>
        Number(order.length === 0 || group === undefined || groupOf?.(item) !== group);
      const [next] = [...left]
        .filter(isReady)
        .sort((one, other) => isOther(one) - isOther(other) || rankOf(one) - rankOf(other));
      if (next === undefined) return order;
      left.delete(next);
      order.push(next);
    }
  }

  it('keeps what lists say, earlier ones first, and reports what is lost', () => {
    let circles = 0;
    for (let seed = 1; seed <= 10_000; seed++) {
      const random = randomNumbers(seed);
      const below = (limit: number): number => Math.floor(random() * limit);
      const items = shuffle(range(2 + below(7)), below);
      const lists = range(1 + below(5)).map(() => {
        const list = items.filter(() => below(2) === 0);
        return below(4) === 0 ? shuffle(list, below) : list;
      });
      const ranks = shuffle(items, below);
      const groups = items.map(() => below(3));
      const choice: Choice = {
        rankOf: (item) => ranks[item] as number,
        ...(below(2) === 0 && { groupOf: (item: number) => groups[item] as number }),
      };
      const { order, contradictions } = orderLists(lists, choice);
      const faults = findOrderFaults(lists, order);
      expect(faults, `seed ${seed}`).to.deep.equal([]);
      const broken = listBroken(lists, order);
      expect(contradictions, `seed ${seed}`).to.have.deep.members(broken);
      const slow = orderSlowly(lists, choice);
      const isCircular = slow.length < order.length;
      expect(isCircular, `seed ${seed}`).to.equal(contradictions.length > 0);
      if (isCircular) circles++;
      else expect(order, `seed ${seed}`).to.deep.equal(slow);
    }
    expect(circles).to.be.greaterThan(1_000).and.lessThan(9_000);
  });
  it('keeps what stands before what is lost', () => {
    const lists = [
      [0, 1],
      [2, 1, 0],
    ];
    expect(orderLists(lists, { rankOf: (item) => item })).to.deep.equal({
      order: [2, 0, 1],
      contradictions: [{ list: 1, first: 1, second: 0 }],
    });
  });
});

describe('Heap', () => {
  it('gives the smallest, whatever was pushed and taken before', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const random = randomNumbers(seed);
      const heap = new Heap();
      const items: number[] = [];
      for (let step = 0; step < 200; step++) {
        if (random() < 0.6 || items.length === 0) {
          const item = Math.floor(random() * 50);
          heap.push(item);
          items.push(item);
          items.sort((a, b) => a - b);
        } else {
          expect(heap.first).to.equal(items[0]);
          expect(heap.pop()).to.equal(items.shift());
        }
        expect(heap.size).to.equal(items.length);
      }
    }
  });
});
