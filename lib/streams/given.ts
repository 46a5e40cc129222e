/** Whether `scripts()` was given the bundles of its pack: Files that lack what they are recognised by leave pages with names of nothing. */

import type { PlannedAsset } from '../placing';
import type { Aliases, Served } from '../render/aliases';
import { styleNotRewritten } from '../style-failures';
import {
  type BuildWarning,
  foldedBundles,
  foreignBundles,
  missingAssets,
  missingBundles,
  noBundles,
  unknownFiles,
} from '../warnings';

/** What was piped in besides the bundles of the pack. */
export interface Strangers {
  /** Names of Files of scripts that are no bundles of any pack. */
  files: Set<string>;
  /** Names of scripts that maps have new names for. */
  mapped: Set<string>;
  /** Names of Files of bundles of other packs. */
  foreign: Set<string>;
  /** Names of copies of bundles for other uses. */
  copies: Set<string>;
}

interface Given {
  /** Directory of the build. */
  root: string;
  strangers: Strangers;
  /** Whether some stream was to bring the bundles. */
  isPiped: boolean;
  /** Names of the files that the pack gives out besides bundles. */
  assets: readonly string[];
}

/**
 * What is wrong with what was given.
 * @param served what each of the pack's bundles is served as
 * @param aliases all that is known of these names
 */
export function findMisgiven(
  served: ReadonlyMap<string, Served>,
  aliases: Aliases,
  { root, strangers, isPiped, assets }: Given,
): BuildWarning[] {
  const folded = findFolded(served, aliases).map(([name, bundles]) => foldedBundles(root, name, bundles));
  const names = [...served.keys()];
  // Whoever bundles nothing but scripts that stand alone has no pages.
  if (names.length === 0) return [];
  const missing = names.filter((name) => !aliases.knows(name));
  if (missing.length < names.length) {
    // Whoever gives maps alone says what he means.
    const areFiles = names.some((name) => aliases.knowsFile(name));
    const lost = areFiles ? assets.filter((name) => !aliases.knows(name)) : [];
    return [
      ...folded,
      ...(areFiles && missing.length > 0 ? [missingBundles(root, missing, [...strangers.files])] : []),
      ...(lost.length > 0 ? [missingAssets(root, lost)] : []),
    ];
  }
  if (strangers.foreign.size > 0) return [foreignBundles(root, [...strangers.foreign])];
  const others = [...strangers.files, ...strangers.mapped, ...strangers.copies];
  if (others.length > 0) return [unknownFiles(root, others)];
  return isPiped ? [noBundles(root)] : [];
}

/** Names that Files of several bundles have, and these. Maps may say of several bundles that they are in one file, on purpose. */
function findFolded(
  served: ReadonlyMap<string, Served>,
  aliases: Aliases,
): [name: string, bundles: string[]][] {
  const byName = new Map<string, string[]>();
  for (const [bundle, { name }] of served)
    if (aliases.knowsFile(bundle)) byName.set(name, [...(byName.get(name) ?? []), bundle]);
  return [...byName].filter(([, bundles]) => bundles.length > 1);
}

/**
 * Fails when a style names a file by a name that it is not served under.
 * @param styles texts of styles by name, as they came
 * @param served what assets are served as
 */
export function assertRewritten(
  styles: ReadonlyMap<string, string>,
  assets: readonly PlannedAsset[],
  served: ReadonlyMap<string, Served>,
): void {
  for (const { name, styles: naming } of assets) {
    const now = (served.get(name) as Served).name;
    if (now === name) continue;
    for (const style of naming)
      if (holds(styles.get(style) ?? '', name, now)) throw styleNotRewritten(style, name, now);
  }
}

/** Whether a text names the file by its old name, outside of its new one, which may be a part of the old one as well. */
const holds = (text: string, name: string, now: string): boolean =>
  (now.includes(name) ? text.replaceAll(now, '') : text).includes(name);
