/**
 * Splitting: the fewest bundles with which no visitor ever downloads a module too early or twice.
 *
 * DEFINITIONS
 *
 * A static edge says "must be there, and run, before"; a dynamic edge says "may be requested later". A *root* is
 * anything that can be requested: an entry, or the target of a dynamic edge. The *closure* of a root is the root
 * and everything it reaches over static edges: what must be there before the root can run. The *signature* of a
 * module is the set of roots whose closure holds it, in short the roots that need it. In the *root graph*, `r → s`
 * when some module of the closure of `r` has a dynamic edge to `s`.
 *
 * A *visit* requests one or more entries, because a page may hold several, and then any number of roots, each
 * along a dynamic edge of a module it already has. Every request must transfer exactly the modules that are needed
 * and not there yet. A partition of the modules into bundles is *clean* when whole bundles can do that in every
 * visit; that is, when modules of one bundle arrive with the same request, whatever the visit. We look for the
 * clean partition with the fewest bundles.
 *
 * EXAMPLE 1, the diamond: `a` may request `b` and `c`, and both of them need `d`.
 *
 *     a ⇒ b, c     b → d     c → d          signatures  a {a}   b {b}   c {c}   d {b, c}
 *
 * `d` can share a bundle neither with `b` (a visitor of `c` would get `b` too early) nor with `c`. Four bundles.
 *
 * EXAMPLE 2, what is already there: entry `a` needs `l` and may request `c`, which needs `l` as well.
 *
 *     a → l     a ⇒ c     c → l             signatures  a {a}   l {a, c}   c {c}
 *
 * Modules with equal signatures always arrive together, so grouping by signature is clean; but here it makes three
 * bundles where two do: nobody can request `c` without having `a`, hence `l`. Though `c` needs `l`, no request for
 * `c` ever transfers it. What counts is not who needs a module but whose request can be the first that does.
 *
 * THEOREM
 *
 * Let the *core* of a module be those roots of its signature that some entry reaches in the root graph by a path on
 * which no earlier root belongs to the signature; an entry reaches itself by the path of no steps. (In example 2
 * the core of `l` is `{a}`: the only path to `c` passes `a`.) Then two modules arrive together in every visit if
 * and only if their cores are equal. So the classes of equal cores are a clean partition, every clean partition
 * refines it, and it is the only one with the fewest bundles.
 *
 * WORKERS have nothing of what their page has: what starts one begins another visit, with the worker's own module as its entry. So
 * that is an entry in all that is said here, if some visit can start it. Workers and pages share bundles, and with them the browser's
 * cache of downloads.
 *
 * PROOF
 *
 * Equal cores suffice. Let `m` and `n` have the same core, and consider a visit in which `m` arrives, with a
 * request for `r`. In this visit `r` was requested from something loaded for an earlier root, that one from
 * something loaded for a still earlier one, and so on back to an entry: a path of the root graph. No earlier root
 * on it needs `m`, or `m` would have arrived before; so the path shows that `r` is in the core of `m`, therefore
 * in that of `n`, therefore in the signature of `n`. Hence `n` is there once `r` is, and arrives no later than
 * `m`. The same with the names exchanged: `m` arrives no later than `n`. They arrive together.
 *
 * Equal cores are necessary. Let `m` and `n` arrive together in every visit, and let `r` be in the core of `m`.
 * The path that proves it can be walked as a visit; in this visit `m` arrives exactly with the last request, the
 * one for `r`. So does `n`: that means `r` needs `n` and no earlier root of the path does, which is the definition
 * of `r` being in the core of `n`. The same with the names exchanged: the cores are equal.  ∎
 *
 * Two things follow. A request for `r` loads the bundles whose core holds `r`, less those already there: where `r`
 * is in the signature but not in the core, the bundle is there in every visit. And a module has an empty core
 * exactly when no visit loads it; it goes into no bundle.
 *
 * ALGORITHM
 *
 *  1. `roots.ts`: signatures, by handing sets of roots along the static edges between the strongly connected
 *     components; and the root graph.
 *  2. `findCores`: a core depends on the signature only, so one search of the root graph per *distinct*
 *     signature, from the entries, never continuing beyond a root of the signature; the roots of the signature
 *     that the search arrives at are the core. Thirty-two signatures are searched at once, one in each bit of a
 *     word (`searches.ts`): they walk mostly the same ways, and where they do, one step serves them all.
 *  3. `gather`: modules with equal cores are a bundle.
 *
 * COMPLEXITY, for M modules, E edges, R roots, G edges of the root graph and D distinct signatures: step 1 takes
 * O((M + E) · R/32), step 2 O(D · G) at worst, when the searches of a word share nothing, and about
 * O(D/32 · G) in practice; memory is O((M + R) · R/32 + G) words.
 */
import type { ModuleGraph, Split } from '../model';
import { addBit, type BitMatrix, bitMatrix, classifyRows, eachBit, eachBitOfWord } from './bits';
import { findRoots, type Roots } from './roots';
import { searchAll } from './searches';

export { isMinimal } from './minimal';

/** The cores of a graph's modules. */
export interface Cores {
  roots: Roots;
  /** The core of each distinct signature, a set of roots per row. */
  cores: BitMatrix;
  /** Modules with equal cores have equal numbers; -1 for one that no entry can reach. */
  coreOf: Int32Array;
}

export function coresOf(graph: ModuleGraph): Cores {
  const roots = findRoots(graph);
  const cores = findCores(roots);
  const { classOf } = classifyRows(cores);
  const coreOf = roots.signatureOf.map((signature) =>
    signature === -1 ? -1 : (classOf[signature] as number),
  );
  return { roots, cores, coreOf };
}

/** Splits the modules of `graph` that can be reached from its entries into the fewest bundles, as described above. */
export function split(graph: ModuleGraph, known: Cores = coresOf(graph)): Split {
  return gather(graph, known, (module) => known.coreOf[module] as number);
}

/**
 * The same, but modules of different groups are in different bundles: clean as well, since it only cuts bundles further.
 * @param groupOf a number of its group for each module, -1 for those that are in none
 */
export function splitGroups(
  graph: ModuleGraph,
  groupOf: ArrayLike<number>,
  known: Cores = coresOf(graph),
): Split {
  const count = known.cores.rows;
  return gather(
    graph,
    known,
    (module) => (known.coreOf[module] as number) + count * ((groupOf[module] as number) + 1),
  );
}

/** Gives every module of `graph` that can be reached a bundle of its own, for debugging. Clean, but far from minimal. */
export const onePerModule = (graph: ModuleGraph, known: Cores = coresOf(graph)): Split =>
  gather(graph, known, (module) => module);

/** The core of each distinct signature, a set of roots per row. */
function findCores(roots: Roots): BitMatrix {
  const { signatures, modules } = roots;
  const cores = bitMatrix(signatures.rows, modules.length);
  searchAll(roots, signatures, (root, arrived, members, first) => {
    eachBitOfWord(arrived & members, (bit) => addBit(cores, first + bit, root));
  });
  return cores;
}

/** Makes a bundle of all modules of one group; modules of a group must have equal cores. */
function gather({ textless }: ModuleGraph, known: Cores, groupOf: (module: number) => number): Split {
  const { roots } = known;
  const bundles: number[][] = [];
  const bundleOfGroup = new Map<number, number>();
  const bundleOf = roots.signatureOf.map((signature, module) => {
    if (signature === -1 || textless?.has(module)) return -1;
    const group = groupOf(module);
    const bundle = bundleOfGroup.get(group) ?? bundles.push([]) - 1;
    bundleOfGroup.set(group, bundle);
    bundles[bundle]?.push(module);
    return bundle;
  });
  const firsts = bundles.map(([first]) => first as number);
  return { bundles, bundleOf, loads: listLoads(known, firsts), next: nextOf(known) };
}

/**
 * Root → the bundles whose core contains it.
 * @param members a module of each bundle
 */
export function listLoads({ roots, cores }: Cores, members: readonly number[]): Map<number, number[]> {
  const { modules, signatureOf } = roots;
  const lists: number[][] = modules.map(() => []);
  members.forEach((member, bundle) => {
    eachBit(cores, signatureOf[member] as number, (root) => lists[root]?.push(bundle));
  });
  return new Map(modules.map((module, root) => [module, lists[root] as number[]]));
}

/** Root → the roots that may be requested once it is loaded, ascending: the root graph in terms of modules. */
export function nextOf({ roots: { modules, next } }: Pick<Cores, 'roots'>): Map<number, number[]> {
  const toModule = (root: number): number => modules[root] as number;
  return new Map(modules.map((module, root) => [module, (next[root] as number[]).map(toModule)]));
}
