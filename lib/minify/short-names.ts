/**
 * Short names in an order that is always the same. Terser's own order follows how often letters occur in a text, so that an edit
 * renames all of a module; and modules whose names are alike compress better together.
 */

/** The letters that are frequent in scripts come first. */
const FIRST = 'etnraisolcudfhmpgvbyxkwjqzETNRAISOLCUDFHMPGVBYXKWJQZ_$';
const FOLLOWING = `${FIRST}0123456789`;

/** What terser's option `mangle.nth_identifier` takes; it leaves out reserved words itself. */
export const shortNames = {
  /** The name with this number, which counts from 0. */
  get(number: number): string {
    let name = FIRST[number % FIRST.length] as string;
    for (let rest = Math.floor(number / FIRST.length); rest > 0; rest = Math.floor(rest / FOLLOWING.length)) {
      rest--;
      name += FOLLOWING[rest % FOLLOWING.length];
    }
    return name;
  },
};
