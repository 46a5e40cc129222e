/**
 * One bundle of a pack: the id of one of its modules, which is in no other bundle; the name it is served under; and its
 * subresource integrity value. Bundles do not say what they are called, so that any plugin may rename them: a bundle has
 * arrived when its module is here.
 *
 * For the updating loader the integrity is that by SHA-256, and patches follow it, the smallest first. A patch is
 * named after the short versions of the old texts that it is for, joined by dots; its url is the prefix, `patches/`,
 * the short version of the bundle, a dot, this name, and `.txt`. A short version is the first 11 characters of the
 * SHA-256 in base64url.
 */
type ConfiguredBundle = [module: string, served: string, integrity?: string, ...patches: string[]];

/**
 * What a snippet hands to the loader. The keys are short because they are JSON in every page, where no
 * minifier reaches them.
 */
interface LoaderConfig {
  /** Name of the pack's registry: the property of `self` that its bundles push themselves to. */
  n: string;
  /** Url prefix: a bundle's url is the prefix followed by its served name. */
  p: string;
  /** The bundles this snippet knows. Snippets of one pack meet on a page: a bundle is known by its module. */
  b: ConfiguredBundle[];
  /** For every root, the indices into `b` of the bundles that a request for it must have. */
  r: { [root: string]: number[] };
  /** Id of the entry to run as soon as its bundles are there. */
  e: string;
  /** Value of the `crossorigin` attribute of the script elements: `anonymous` or `use-credentials`. */
  c?: string;
  /** Seconds that a bundle may take to arrive, 120 if nothing is said. */
  t?: number;
  /** For the updating loader: seconds that a patch may keep it waiting without a byte, 5 if nothing is said. */
  u?: number;
  /**
   * So many of the bundles, the first ones, have script tags in the page: those that the entry needs, without such as have
   * patches. Entries of such snippets run in the order of the page when it is parsed, others as soon as they can.
   */
  d?: number;
  /**
   * By served name, the bundles that have come by other means, as far as these tell: no other one of them is of this snippet's
   * release. Without it, all are.
   */
  o?: { [served: string]: 1 };
  /** By id of their module, what the assets are served as that modules of these bundles may ask for: urls without the prefix. */
  a?: { [id: string]: string };
  /**
   * Index of the first of the bundles that is a style. Styles are the last ones, in the order of the page; each is known by the id of one of its
   * modules as well, and on the page by its url.
   */
  y?: number;
  /** By id of their module, the workers that modules of these bundles start, and those that these start. */
  k?: { [id: string]: WorkerConfig };
  /** Served name of the loader of workers, where there are any. */
  l?: string;
  /** By served name, the bundles that are too long for a worker to ask for before their turn, if any are. */
  h?: { [served: string]: 1 };
  /** Set by the loader when the entry has been started. */
  s?: 1;
  /** Set by the loader when all that the entry needs is there, or cannot be had. */
  f?: 1;
  /** Set by the loader, where entries wait for each other: the script element that has brought the snippet. */
  q?: object | null | undefined;
  /**
   * For the updating loader: url of the service worker that answers for the bundles that were made of patches. Without
   * it the page runs them by itself, from `blob:` urls.
   */
  w?: string;
}

/** What a worker's config is made of. */
interface WorkerConfig {
  /** Indices into `b` of the page, of the bundles that the worker knows. */
  b: number[];
  /** For every root of the worker, the indices into its own bundles of those that a request for it must have. */
  r: { [root: string]: number[] };
  /** Ids of the workers that it starts, and that these start. */
  k?: string[];
  /** Ids of the assets that it may ask for. */
  a?: string[];
}
