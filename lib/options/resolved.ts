import type { ResolverSettings } from '../fs/settings';
import type { Standalone } from '../model';
import type { Parser, Provide } from '../parse/parse';

/** An entry that stands alone, as it was named. */
export interface StandaloneOption extends Standalone {
  /** Path relative to the root, or relative name. */
  entry: string;
}

/** `Options` with every default filled in; the rest of the library sees only this. */
export interface ResolvedOptions extends ResolverSettings {
  /** Unlike that of any other pack. In no output. */
  id: string;
  prefix: string;
  debug: boolean;
  split: {
    requestCost: number;
    groups: Readonly<Record<string, RegExp>>;
    pages: Readonly<Record<string, readonly string[]>>;
  };
  shake: boolean;
  labels: readonly string[];
  env: Readonly<Record<string, string>>;
  define: Readonly<Record<string, string>>;
  /** Absolute paths of the files that options were read from. */
  files: readonly string[];
  provide: Provide;
  root: string;
  parser: Parser | undefined;
  loader: 'inline' | 'file';
  updates: 'page' | 'worker' | undefined;
  worker: string;
  trustedTypes: string | undefined;
  /** Bytes. */
  inline: number;
  standalone: readonly StandaloneOption[];
  name: string;
  /** `undefined`: when a module has one. */
  sourcemaps: boolean | undefined;
  /** Name of a page or a request, or `*` → bytes. */
  budgets: ReadonlyMap<string, number>;
  timeout: number;
}
