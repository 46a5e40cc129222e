/** What a module may be told of others when it is read once more. */
import type { Constant } from './facts';

/** What is known of some imports of a module: by the local name, or that of a namespace with a name in it, such as `flags.DEV`. */
export interface KnownImports {
  values: Readonly<Record<string, Constant>>;
  /** Functions whose calls have no effects, sorted. */
  effectless: readonly string[];
}
