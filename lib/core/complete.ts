/**
 * The check of builds that are not to have the fewest bundles: does every request have all that it needs, and does nothing come twice? Worked out anew,
 * with what `minimal.ts` says of the graph:
 *
 *     held(start) = ∅        held(s) = ⋂ over all r → s of (loads(r) ∪ held(r)), the greatest solution
 *
 * `held(s)` are the bundles that are there in every visit before `s` is requested. All that the closure of `s` has any module in must be among `loads(s)` and
 * `held(s)`, and nothing may be in both. That modules are in one bundle each is why nothing comes twice.
 */
import type { ModuleGraph, Split } from '../model';
import { addBit, type BitMatrix, bitMatrix, eachBit, hasBit } from './bits';
import { classesOf, expectNext, findSurely, isEqual, isPartition, type Proof } from './minimal';

/**
 * True when all modules that can be needed are in one bundle each, `loads` and `next` are right, and bundles of groups are clean.
 * @param groupOf number of the group of each module, -1 for none
 */
export function isComplete(
  graph: ModuleGraph,
  split: Split,
  proof: Proof,
  groupOf?: ArrayLike<number>,
): boolean {
  return (
    isPartition(graph, split) &&
    holdsWhatIsNeeded(graph, split, proof) &&
    isEqual(split.next, expectNext(proof)) &&
    loadsWhatIsNeeded(split, proof) &&
    (groupOf === undefined || areGroupsClean(split, proof, groupOf))
  );
}

/** Modules are in a bundle if and only if some request needs them, and they are something in scripts. */
function holdsWhatIsNeeded({ textless }: ModuleGraph, { bundleOf }: Split, proof: Proof): boolean {
  const { classOf, empty } = classesOf(proof);
  return bundleOf.every((bundle, module) => {
    const isNeeded = classOf[module] !== empty && !textless?.has(module);
    return isNeeded === (bundle !== -1);
  });
}

function loadsWhatIsNeeded({ bundles, bundleOf, loads }: Split, proof: Proof): boolean {
  const { roots, starts, next, kindOf, closures, isRequested } = proof;
  const arriving = bitMatrix(roots.length, bundles.length);
  roots.forEach((module, root) => {
    for (const bundle of loads.get(module) ?? []) addBit(arriving, root, bundle);
  });
  const held = findSurely(starts, roots, arriving, next);
  const holding = bundlesOfKinds(bundleOf, kindOf);
  return roots.every((module, root) => {
    const list = loads.get(module);
    if (!isRequested(root)) return list === undefined;
    if (list === undefined || !isAscending(list)) return false;
    return (
      list.every((bundle) => bundle < bundles.length && !hasBit(held, root, bundle)) &&
      isThere(root, closures, holding, [arriving, held])
    );
  });
}

const isAscending = (list: readonly number[]): boolean =>
  list.every((bundle, index) => index === 0 || bundle > (list[index - 1] as number));

/** By kind of modules, the bundles that hold any. */
function bundlesOfKinds(bundleOf: Int32Array, kindOf: Int32Array): ReadonlyMap<number, ReadonlySet<number>> {
  const holding = new Map<number, Set<number>>();
  bundleOf.forEach((bundle, module) => {
    if (bundle === -1) return;
    const kind = kindOf[module] as number;
    holding.set(kind, (holding.get(kind) ?? new Set()).add(bundle));
  });
  return holding;
}

/** Whether all bundles that a root needs anything of are in one of the sets of bundles that it has. */
function isThere(
  root: number,
  closures: BitMatrix,
  holding: ReadonlyMap<number, ReadonlySet<number>>,
  sets: readonly BitMatrix[],
): boolean {
  let isRight = true;
  eachBit(closures, root, (kind) => {
    for (const bundle of holding.get(kind) ?? [])
      if (!sets.some((set) => hasBit(set, root, bundle))) isRight = false;
  });
  return isRight;
}

/** What is in a group shares its bundle with modules of this group, and of one core. */
function areGroupsClean({ bundles }: Split, proof: Proof, groupOf: ArrayLike<number>): boolean {
  const { classOf } = classesOf(proof);
  return bundles.every((modules) => {
    const [first] = modules as [number];
    return modules.every(
      (module) =>
        groupOf[module] === groupOf[first] && (groupOf[module] === -1 || classOf[module] === classOf[first]),
    );
  });
}
