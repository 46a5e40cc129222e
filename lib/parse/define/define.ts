/** Names that are values when the program is built: free ones, and members of free ones or of `import.meta`. */
import { type Constant, literalOf } from '../constant';
import { wordsIn } from '../words-in';

/** Name or path, such as `VERSION` or `import.meta.env.MODE` → what stands in its place: JSON of a string, a number, a boolean or null; or a name or path. */
export type Define = Readonly<Record<string, string>>;

const PATH = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** Whether it is a name, or names with dots between them. */
export const isPath = (text: string): boolean => PATH.test(text);

/** The value in a JSON text, if that is no object; `undefined` where it is none. */
export function constantIn(text: string): Constant | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Object(value) === value ? undefined : (value as Constant);
  } catch {
    return undefined;
  }
}

/** Whether a text may stand in place of a name, wherever that is. */
export const isReplacement = (text: string): boolean => isPath(text) || constantIn(text) !== undefined;

/** What stands in place of a name. */
export interface Definition {
  text: string;
  /** Absent where only the page knows it. */
  value?: Constant;
}

export interface Definitions {
  byPath: ReadonlyMap<string, Definition>;
  /** First names of paths. */
  roots: ReadonlySet<string>;
  /** Whether a source may have one of them. */
  isIn(source: string): boolean;
}

const known = new WeakMap<Define, Definitions>();

function definition(text: string): Definition {
  const value = constantIn(text);
  return value === undefined ? { text } : { text: literalOf(value), value };
}

/** The last name of a path says most. */
function testFor(paths: readonly string[]): (source: string) => boolean {
  return wordsIn(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)));
}

export function definitionsOf(define: Define = {}): Definitions | undefined {
  const paths = Object.keys(define);
  if (paths.length === 0) return undefined;
  const found = known.get(define);
  if (found) return found;
  const made: Definitions = {
    byPath: new Map(Object.entries(define).map(([path, text]) => [path, definition(text)])),
    roots: new Set(paths.map((path) => path.replace(/\..*$/s, ''))),
    isIn: testFor(paths),
  };
  known.set(define, made);
  return made;
}
