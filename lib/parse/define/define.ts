/** Names that are values when the program is built: free ones, members of free ones or of `import.meta`, and imports of which that is known. */
import type { Constant } from '../../facts';
import type { KnownImports } from '../../known-imports';
import { literalOf } from '../constant';
import { wordsIn } from '../words-in';

/** Name or path, such as `VERSION` or `import.meta.env.MODE` → what stands in its place: JSON, or a name or path. */
export type Define = Readonly<Record<string, string>>;

const PATH = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** Whether it is a name, or names with dots between them. */
export const isPath = (text: string): boolean => PATH.test(text);

/** The value in a JSON text; `undefined` where it is none. (In an object literal, `__proto__` would be no member.) */
export function valueIn(text: string): unknown {
  try {
    return text.includes('__proto__') ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a text may stand in place of a name, wherever that is. */
export const isReplacement = (text: string): boolean => isPath(text) || valueIn(text) !== undefined;

/** What stands in place of a name. */
export interface Definition {
  text: string;
  /** Absent where it is no constant, or only the page knows it. */
  value?: Constant;
  /** What has members that are known as well. */
  object?: object;
  /** It certainly is `undefined`. */
  isNothing?: boolean;
}

const NOTHING: Definition = { text: '(void 0)', isNothing: true };

const isObject = (value: unknown): value is object => Object(value) === value;

const definitionOf = (value: unknown): Definition =>
  isObject(value)
    ? { text: `(${literalOf(value)})`, object: value }
    : { text: literalOf(value as Constant), value: value as Constant };

/** What a member of an object is, by the names that lead to it; `undefined` where only the page knows it. */
export function memberOf(object: object, names: readonly string[]): Definition | undefined {
  let value: unknown = object;
  for (const [index, name] of names.entries()) {
    if (!isObject(value)) return undefined;
    if (!Object.hasOwn(value, name)) return index < names.length - 1 || name in value ? undefined : NOTHING;
    value = (value as Record<string, unknown>)[name];
  }
  return definitionOf(value);
}

export interface Definitions {
  byPath: ReadonlyMap<string, Definition>;
  /** First names of paths. */
  roots: ReadonlySet<string>;
  /** Those of them that are imports, and not free. */
  imported: ReadonlySet<string>;
  /** Whether a source may have one of them. */
  isIn(source: string): boolean;
}

const known = new WeakMap<Define, Definitions>();

function definition(text: string): Definition {
  const value = valueIn(text);
  return value === undefined ? { text } : definitionOf(value);
}

/** The last name of a path says most. */
function testFor(paths: readonly string[]): (source: string) => boolean {
  const hasLast = wordsIn(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)));
  const areIn = paths.map((path) => path.split('.').map((name) => wordsIn([name])));
  return (source) => hasLast(source) && areIn.some((names) => names.every((isIn) => isIn(source)));
}

const NO_NAMES: ReadonlySet<string> = new Set();

const rootOf = (path: string): string => path.replace(/\..*$/s, '');

const rootsOf = (paths: readonly string[]): ReadonlySet<string> => new Set(paths.map(rootOf));

/** The definitions with others for imports. Where a module imports the first name of a path, that is not free, and means no definition. */
export function withImports(
  definitions: Definitions | undefined,
  known: KnownImports['values'] = {},
): Definitions | undefined {
  const imported = rootsOf(Object.keys(known));
  if (imported.size === 0) return definitions;
  const free = [...(definitions?.byPath ?? [])].filter(([path]) => !imported.has(rootOf(path)));
  const own = Object.entries(known).map(([path, value]) => [path, definitionOf(value)] as const);
  return {
    byPath: new Map([...free, ...own]),
    roots: new Set([...(definitions?.roots ?? []), ...imported]),
    imported,
    isIn: () => true,
  };
}

export function definitionsOf(define: Define = {}): Definitions | undefined {
  const paths = Object.keys(define);
  if (paths.length === 0) return undefined;
  const found = known.get(define);
  if (found) return found;
  const made: Definitions = {
    byPath: new Map(Object.entries(define).map(([path, text]) => [path, definition(text)])),
    roots: rootsOf(paths),
    imported: NO_NAMES,
    isIn: testFor(paths),
  };
  known.set(define, made);
  return made;
}
