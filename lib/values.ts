/** What values of options may be that the pack and the server have in common. */

/** Longer, and timers of browsers end at once. */
const LONGEST_TIMEOUT = 2 ** 31 / 1000 - 1;

/** Seconds that a page may wait. */
export const isTimeout = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value <= LONGEST_TIMEOUT;

/** The name of a policy of Trusted Types, as the directive `trusted-types` has it. */
export const isPolicyName = (value: unknown): boolean =>
  typeof value === 'string' && /^[\w#=/@.%-]+$/.test(value);

/** A value as messages quote it. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  const isData = Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]';
  return (isData && JSON.stringify(value)) || String(value);
}
