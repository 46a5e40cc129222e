/**
 * Merging: fewer bundles than the fewest clean ones, where requests cost more than the bytes that come too early.
 *
 * A bundle of several, `X`, has the roots that some visit can request first of all that need anything of it: the *core* of `X`. As in `split.ts`, these
 * are the roots of the united cores that a search from the entries arrives at, never continuing beyond one of them; for a visit comes to the
 * signature of a module where it comes to the core. Whoever requests a root of the core gets all of `X`; whoever needs anything of
 * `X` later has it. So nothing is missing, and nothing comes twice. But a root `r` of the core that is not in the core of a module of `X`
 * fetches it too early:
 *
 *     early(X, r) = bytes of the modules of X whose cores do not hold r
 *
 * What bundles cost is `requestCost` for each root of each core, and the bytes that are too early there. Two bundles `A` and `B` are merged if that
 * makes it less, those first that make it the least. Let `surely(A)` be the roots before which `A` is there in every visit. To merge
 *
 *   - saves a request at each root that both cores hold;
 *   - saves one at each root of the core of `A` in `surely(B)`, with what of `A` was too early there, and the other way round;
 *   - costs the bytes of `B` at each other root of the core of `A`, and the other way round.
 *
 * That is at least what is true: a root may be preceded by `A` on some ways and by `B` on the others. Then the core is smaller still, as the search
 * of the merged one finds.
 *
 * Bundles may need each other in circles afterwards. They never do anything on arrival and do not name each other, so that has no meaning.
 *
 * Nothing depends on the order in which anything arrives: of equal mergers that comes first which is the least before other requests, so that a part goes
 * with what asks for it and not with the page; then that of the bundles with the lowest modules, whose numbers ascend with their names.
 *
 * For B bundles and R roots it is a look at each pair, which for most ends after a word of their bits, and for each merger a search and a look at B pairs:
 * at most O(B² · R/32).
 */
import type { Split } from '../model';
import { addBit, type BitMatrix, bitMatrix, eachBit, eachBitOfWord, uniteRow } from './bits';
import { Heap } from './heap';
import type { Roots } from './roots';
import { searchAll } from './searches';
import type { Cores } from './split';

/** A bundle while others may be merged with it. */
interface Part {
  /** Its first module. */
  first: number;
  modules: number[];
  size: number;
  /** Its core, and how many roots that has. */
  core: Uint32Array;
  count: number;
  /** Where the core has any, in words. */
  places: number[];
  /** The roots before which it is there in every visit. */
  surely: Uint32Array;
  /** How many these are. */
  reach: number;
  /** By root of the core, bytes that are too early there; absent where nothing is. */
  early?: Float64Array;
  /** All of these. */
  wasted: number;
  isMerged?: boolean;
}

/** Two parts, that with the lower first module first, and what is gained if they are merged. */
interface Pair {
  gain: number;
  left: Part;
  right: Part;
}

/** The larger gain; of equal ones, what is the least before other requests: few visitors get that far. */
function comesFirst(a: Pair, b: Pair): boolean {
  const order =
    b.gain - a.gain ||
    a.left.reach + a.right.reach - (b.left.reach + b.right.reach) ||
    a.left.first - b.left.first ||
    a.right.first - b.right.first;
  return order < 0;
}

/**
 * Merges bundles of `made`, as described above.
 * @param sizes bytes of each module
 * @param requestCost bytes that a request is worth
 * @param isFixed whether a bundle stays as it is
 */
export function mergeBundles(
  made: Split,
  known: Cores,
  sizes: ArrayLike<number>,
  requestCost: number,
  isFixed: (bundle: number) => boolean = () => false,
): Split {
  const parts = partsOf(made, known, sizes);
  const open = new Set(parts.filter((_, bundle) => !isFixed(bundle)));
  const pairs = new Heap(comesFirst);
  const meet = (part: Part, other: Part): void => {
    const gain = gainOf(part, other, requestCost);
    if (gain <= 0) return;
    const [left, right] = part.first < other.first ? [part, other] : [other, part];
    pairs.push({ gain, left, right });
  };
  const met: Part[] = [];
  for (const part of open) {
    for (const other of met) meet(part, other);
    met.push(part);
  }
  const merged = new Set(parts);
  while (pairs.size > 0) {
    const { left, right } = pairs.pop();
    if (left.isMerged || right.isMerged) continue;
    const united = unite(left, right, known.roots);
    for (const each of [left, right]) {
      each.isMerged = true;
      open.delete(each);
      merged.delete(each);
    }
    for (const other of open) meet(united, other);
    open.add(united);
    merged.add(united);
  }
  return merged.size === parts.length ? made : toSplit(made, [...merged], known.roots);
}

/** The bundles with their cores. */
function partsOf({ bundles }: Split, { roots, cores }: Cores, sizes: ArrayLike<number>): Part[] {
  const sets = bitMatrix(bundles.length, roots.modules.length);
  bundles.forEach(([first], bundle) => {
    uniteRow(sets, bundle, cores, roots.signatureOf[first as number] as number);
  });
  const found = findCores(roots, sets);
  return bundles.map((modules, bundle) => {
    const size = modules.reduce((sum, module) => sum + (sizes[module] as number), 0);
    return { first: modules[0] as number, modules, size, ...coreAt(found, bundle), wasted: 0 };
  });
}

/** A set for each of several sets of roots. */
export interface Found {
  cores: BitMatrix;
  surely: BitMatrix;
}

/** Of each set of roots, those of which some visit requests none before, and the roots before which every visit requests one. */
export function findCores(roots: Roots, sets: BitMatrix): Found {
  const cores = bitMatrix(sets.rows, roots.modules.length);
  const surely = bitMatrix(sets.rows, roots.modules.length);
  searchAll(roots, sets, (root, arrived, members, first, count) => {
    eachBitOfWord(arrived & members, (bit) => addBit(cores, first + bit, root));
    eachBitOfWord(~arrived & (-1 >>> (32 - count)), (bit) => addBit(surely, first + bit, root));
  });
  return { cores, surely };
}

function coreAt(
  { cores, surely: held }: Found,
  row: number,
): Pick<Part, 'core' | 'count' | 'places' | 'surely' | 'reach'> {
  const { words } = cores;
  const rowOf = ({ data }: BitMatrix): Uint32Array => data.subarray(row * words, (row + 1) * words);
  const core = rowOf(cores);
  const places: number[] = [];
  core.forEach((word, place) => {
    if (word !== 0) places.push(place);
  });
  const count = places.reduce((sum, place) => sum + ones(core[place] as number), 0);
  const surely = rowOf(held);
  const reach = surely.reduce((sum, word) => sum + ones(word), 0);
  return { core, count, places, surely, reach };
}

/** How many bits of a word are set. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** What is gained if two parts are merged; nothing, or less, where it is not worth it. */
function gainOf(a: Part, b: Part, requestCost: number): number {
  const most = requestCost * (a.count + b.count) + a.wasted + b.wasted;
  const cost = costAt(a, b, most);
  if (cost >= most) return 0;
  const all = cost + costAt(b, a, most - cost);
  if (all >= most) return 0;
  return savedAt(a, b, requestCost, true) + savedAt(b, a, requestCost, false) - all;
}

/** Bytes of `b` that are too early for the core of `a`; no more than `most` are counted. */
function costAt(a: Part, b: Part, most: number): number {
  let cost = 0;
  for (const place of a.places) {
    const early = (a.core[place] as number) & ~((b.core[place] as number) | (b.surely[place] as number));
    if (early === 0) continue;
    cost += ones(early) * b.size;
    if (cost >= most) break;
  }
  return cost;
}

/** What is saved at roots of `a` since `b` is there before, and, if asked for, since both are fetched at once. */
function savedAt(a: Part, b: Part, requestCost: number, countsBoth: boolean): number {
  let saved = 0;
  for (const place of a.places) {
    const core = a.core[place] as number;
    const later = core & (b.surely[place] as number);
    if (countsBoth) saved += ones(core & (b.core[place] as number)) * requestCost;
    if (later === 0) continue;
    saved += ones(later) * requestCost;
    const { early } = a;
    if (early !== undefined)
      eachBitOfWord(later, (bit) => {
        saved += early[place * 32 + bit] as number;
      });
  }
  return saved;
}

function unite(left: Part, right: Part, roots: Roots): Part {
  const count = roots.modules.length;
  const sets = bitMatrix(1, count);
  for (const { core, places } of [left, right])
    for (const place of places) sets.data[place] = (sets.data[place] as number) | (core[place] as number);
  const found = findCores(roots, sets);
  const early = new Float64Array(count);
  let wasted = 0;
  eachBit(found.cores, 0, (root) => {
    early[root] = earlyAt(left, root) + earlyAt(right, root);
    wasted += early[root];
  });
  return {
    first: left.first,
    modules: [...left.modules, ...right.modules],
    size: left.size + right.size,
    ...coreAt(found, 0),
    early,
    wasted,
  };
}

/** Bytes of a part that are too early for a root that fetches it, be it for what else is merged with it. */
function earlyAt({ core, early, size }: Part, root: number): number {
  const isInCore = (((core[root >>> 5] as number) >>> (root & 31)) & 1) === 1;
  if (!isInCore) return size;
  return early?.[root] ?? 0;
}

/** The parts as bundles, in the order of their first modules. */
function toSplit({ bundleOf: before, next }: Split, parts: Part[], { modules }: Roots): Split {
  const bundleOf = before.slice();
  const lists: number[][] = modules.map(() => []);
  const sorted = parts.sort((a, b) => a.first - b.first);
  const bundles = sorted.map((part, bundle) => {
    for (const module of part.modules) bundleOf[module] = bundle;
    for (const place of part.places)
      eachBitOfWord(part.core[place] as number, (bit) => lists[place * 32 + bit]?.push(bundle));
    return part.modules.sort((a, b) => a - b);
  });
  const loads = new Map(modules.map((module, root) => [module, lists[root] as number[]]));
  return { bundles, bundleOf, loads, next };
}
