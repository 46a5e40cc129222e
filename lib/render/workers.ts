/** What pages hand to the workers that they start: a config for each, which depends on the worker alone. */

/** A worker as it is served. */
export interface ServedWorker {
  /** Id of its module. */
  id: string;
  /** Names of the bundles whose modules start it. */
  bundles: readonly string[];
}

/** What a worker's config is made of; `client/config.ts` documents the keys. */
export interface WorkerConfig {
  b: number[];
  r: Record<string, number[]>;
  k?: string[];
  a?: string[];
}

/** What is known of all of them. */
interface Known {
  workers: readonly ServedWorker[];
  /** A root, and all that a visit can request once it is loaded. */
  rootsFrom(root: string): readonly string[];
  /** Names of the bundles that a request for a root must have. */
  loads(root: string): readonly string[];
  assets: readonly { id: string; bundle: string | undefined }[];
}

/** The scripts that a visit can come to that begins with a root, in an order that follows from the root. */
const bundlesFrom = (root: string, { rootsFrom, loads }: Known): string[] => [
  ...new Set(rootsFrom(root).flatMap(loads)),
];

/** Ids of the workers that modules of bundles start, and those that these start. */
function startedFrom(bundles: Iterable<string>, known: Known): string[] {
  const held = new Set(bundles);
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { id, bundles: starting } of known.workers) {
      if (found.has(id) || !starting.some((bundle) => held.has(bundle))) continue;
      found.add(id);
      for (const bundle of bundlesFrom(id, known)) held.add(bundle);
    }
  }
  return [...found];
}

/**
 * By id, the workers of a page, and their own.
 * @param bundles that modules of the page may be in
 * @param indexOf gives the index of a bundle in the page's config
 */
export function workerConfigs(
  bundles: Iterable<string>,
  known: Known,
  indexOf: (bundle: string) => number,
): Record<string, WorkerConfig> {
  const configs: Record<string, WorkerConfig> = {};
  for (const id of startedFrom(bundles, known)) {
    const own = bundlesFrom(id, known);
    const others = startedFrom(own, known);
    const all = [...new Set([id, ...others].flatMap((each) => bundlesFrom(each, known)))];
    const r: WorkerConfig['r'] = {};
    for (const root of known.rootsFrom(id)) r[root] = known.loads(root).map((bundle) => all.indexOf(bundle));
    const assets = known.assets.filter(({ bundle }) => all.includes(bundle ?? '')).map((asset) => asset.id);
    configs[id] = {
      b: all.map(indexOf),
      r,
      ...(others.length > 0 && { k: others }),
      ...(assets.length > 0 && { a: assets }),
    };
  }
  return configs;
}
