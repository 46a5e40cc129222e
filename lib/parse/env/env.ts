/** `process.env.X`, whose value is known when the program is built. */
import type { Replacement } from '../../facts';

/** What `process.env.X` is. */
export type Env = Readonly<Record<string, string>>;

export const valueIn = (env: Env, name: string): string | undefined =>
  Object.hasOwn(env, name) ? env[name] : undefined;

/** A JavaScript string literal in place of a read, valid in ES5 too. */
export const replacementOf = (start: number, end: number, value: string): Replacement => ({
  start,
  end,
  text: JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'),
});
