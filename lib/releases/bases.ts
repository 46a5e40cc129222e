/**
 * Which old texts a patch is for: what a visitor of an older release surely holds.
 *
 * WHO COMES. A bundle is downloaded on the way to a root, an entry or the target of a dynamic dependency, that needs it. Who
 * comes to the root r a second time came to it before, and so has all that the older release loaded for r: its *holding*.
 * A bundle that several roots need is asked for by visitors with different holdings; what they all have, the intersection
 * of the holdings, makes a patch that fits everybody. Where much of the text is in what only some of them have, they get
 * a *variant*, which names what is in the intersection and more.
 *
 * Which modules a bundle has is of no interest here: modules move between bundles, packages rename their files, and with
 * them bundles change their names. What counts is the text. Fingerprints tell which of the texts of a holding have
 * passages in common with the new one, and they are taken greedily, the one with most of what is still missing first: that
 * is within 1 - 1/e of the best choice of as many (Nemhauser, Wolsey and Fisher, 1978). A base costs every page twelve
 * characters and every visitor a condition, so each must bring MIN_GAIN, and there are MAX_BASES at most.
 *
 * Where no root is known to the older release, or no pack has made the files, the text of the same name is the base.
 */
import { RATE } from './fingerprints';
import type { Release } from './manifest';

/** Units of the new text that a base must have beyond what others have: some two hundred bytes of a patch. */
const MIN_GAIN = 600;
const MAX_BASES = 10;
/** Variants to try per release, besides the patch for everybody. */
const MAX_VARIANTS = 2;
/** What a variant must save of the part that the patch for everybody leaves new. */
const VARIANT_SHARE = 0.2;

/** A bundle to make patches for. */
export interface Wanted {
  name: string;
  version: string;
  /** Ids of the roots that need it. */
  roots: readonly string[];
}

/** Old texts to make a patch of, by version, in the patch's order. */
export interface Choice {
  bases: string[];
  /** Everybody who comes has them. */
  isForAll: boolean;
}

/** Bases that were taken, and what of the target they have. */
interface Cover {
  bases: string[];
  /** By fingerprint of the target. */
  marks: Uint8Array;
  covered: number;
}

/** Gives the indices of the target's fingerprints that an old text has, too. */
export type CommonWith = (version: string) => Uint32Array;

/** What visitors of a release hold who may ask for the target: distinct sets of versions, and how many roots give each. */
function holdings({ name, roots }: Wanted, release: Release): { held: Set<string>; weight: number }[] {
  const versionOf = (bundle: string): string => release.bundles[bundle]?.version as string;
  const known = roots.filter((root) => Object.hasOwn(release.roots, root));
  const lists = known.map((root) => release.roots[root] as string[]);
  if (known.length === 0 && Object.hasOwn(release.bundles, name)) lists.push([name]);
  const sets = new Map<string, { held: Set<string>; weight: number }>();
  for (const list of lists) {
    const key = list.join('\n');
    const found = sets.get(key) ?? { held: new Set(list.map(versionOf)), weight: 0 };
    found.weight++;
    sets.set(key, found);
  }
  return [...sets.values()];
}

/**
 * Versions of the old texts that patches of the target may be made of; empty when everybody who comes has it.
 */
export function heldVersions(target: Wanted, release: Release): Set<string> {
  const sets = holdings(target, release).map(({ held }) => held);
  return sets.every((held) => held.has(target.version)) ? new Set() : union(sets);
}

const union = (sets: readonly Set<string>[]): Set<string> => new Set(sets.flatMap((set) => [...set]));

function intersection(sets: readonly Set<string>[]): Set<string> {
  const [first = new Set<string>(), ...others] = sets;
  return new Set([...first].filter((version) => others.every((set) => set.has(version))));
}

/** How many of the fingerprints are not covered yet. */
function gainOf({ marks }: Cover, indices: Uint32Array): number {
  let gain = 0;
  for (const index of indices) gain += 1 - (marks[index] as number);
  return gain;
}

/** Whether so many fingerprints more are worth a base. */
const isEnough = (gain: number): boolean => gain * RATE >= MIN_GAIN;

/** Adds bases from `held` to a cover, as long as one brings enough. */
function extend(start: Cover, held: Iterable<string>, commonWith: CommonWith): Cover {
  const cover = { ...start, bases: [...start.bases], marks: start.marks.slice() };
  const candidates = new Set([...held].filter((version) => !cover.bases.includes(version)));
  while (cover.bases.length < MAX_BASES) {
    let best = { version: '', gain: 0 };
    for (const version of candidates) {
      const gain = gainOf(cover, commonWith(version));
      if (!isEnough(gain)) candidates.delete(version);
      else if (gain > best.gain) best = { version, gain };
    }
    if (best.gain === 0) return cover;
    candidates.delete(best.version);
    cover.bases.push(best.version);
    cover.covered += best.gain;
    for (const index of commonWith(best.version)) cover.marks[index] = 1;
  }
  return cover;
}

/** The most promising of the covers, one for each list of bases. */
function bestVariants(
  covers: readonly (Cover & { weight: number })[],
  common: Cover,
  size: number,
): Choice[] {
  const least = common.covered + Math.max(MIN_GAIN / RATE, VARIANT_SHARE * (size - common.covered));
  const byBases = new Map<string, Cover & { weight: number }>();
  for (const cover of covers) {
    const key = cover.bases.join();
    const weight = cover.weight + (byBases.get(key)?.weight ?? 0);
    if (cover.covered >= least) byBases.set(key, { ...cover, weight });
  }
  const value = ({ covered, weight }: Cover & { weight: number }): number => covered * weight;
  return [...byBases.values()]
    .sort((a, b) => value(b) - value(a))
    .slice(0, MAX_VARIANTS + (common.bases.length === 0 ? 1 : 0))
    .map(({ bases }) => ({ bases, isForAll: false }));
}

/** Sets of versions without those that are nothing like the target; how many roots have each. */
function likeliest(
  known: readonly { held: Set<string>; weight: number }[],
  commonWith: CommonWith,
): { held: string[]; weight: number }[] {
  const sets = new Map<string, { held: string[]; weight: number }>();
  for (const { held, weight } of known) {
    const alike = [...held].filter((version) => isEnough(commonWith(version).length)).sort();
    const key = alike.join();
    sets.set(key, { held: alike, weight: weight + (sets.get(key)?.weight ?? 0) });
  }
  return [...sets.values()];
}

/**
 * What to make patches of for visitors of a release: at most one choice for all of them, first, and few for some. None for
 * who has the target already.
 * @param size how many fingerprints the target has
 * @param commonWith is asked about texts of the release; one that is lost has nothing in common
 */
export function chooseBases(
  target: Wanted,
  size: number,
  release: Release,
  commonWith: CommonWith,
): Choice[] {
  const known = holdings(target, release);
  const shared = intersection(known.map(({ held }) => held));
  if (shared.has(target.version)) return [];
  const nothing: Cover = { bases: [], marks: new Uint8Array(size), covered: 0 };
  const common = extend(nothing, shared, commonWith);
  const partial = known.filter(({ held }) => !held.has(target.version) && held.size > shared.size);
  const covers = likeliest(partial, commonWith).map(({ held, weight }) => ({
    ...extend(common, held, commonWith),
    weight,
  }));
  const variants = bestVariants(covers, common, size);
  return common.bases.length === 0 ? variants : [{ bases: common.bases, isForAll: true }, ...variants];
}
