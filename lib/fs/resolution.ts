/** What a specifier comes to: the path of a module, or the reason why there is none. */

/**
 * The path of a module, or why there is none.
 * `main`: the package's file for `require`, where a field of package.json names another one for `import`.
 */
export type Found = { path: string; main?: string } | { reason: Reason };

/** Why a specifier means none. Many references are optional, so what takes a look at the disk is done on request. */
export interface Reason {
  /** Where it is not that there is no such module. */
  problem?: { code: string; verb: string };
  message: string;
  /** What to do about it. */
  hint(): string;
}
