/** `process.env.X`, whose value is known when the program is built. */
import type { Replacement } from '../../facts';
import { literalOf } from '../constant';

/** What `process.env.X` is. */
export type Env = Readonly<Record<string, string>>;

export const valueIn = (env: Env, name: string): string | undefined =>
  Object.hasOwn(env, name) ? env[name] : undefined;

/** A JavaScript string literal in place of a read, valid in ES5 too. */
export const replacementOf = (start: number, end: number, value: string): Replacement => ({
  start,
  end,
  text: literalOf(value),
});
