/** What both readers go by when they tell which declarations have no effects. */

/** What is known of names of the top level where a declaration stands. */
export interface Known {
  imported: ReadonlySet<string>;
  functions: ReadonlySet<string>;
  /** All that have a value there; reading another name may throw. */
  declared: Set<string>;
  /** Classes that have one. */
  classes: Set<string>;
}

/** Says of the call behind it that it has no effects. */
export const PURE = /[#@]__PURE__/;

/** Names of the language that nothing can change. */
export const CONSTANTS: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);
