/** The text of a bundle as it is served → how many of its bytes each module has. */

/** A module as it was rendered. */
export interface Slice {
  /** Modules with the same, one behind the other, share a function. */
  id: string;
  text: string;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Where the property of a module begins; minifiers may have left out the quotation marks. */
function findStart(text: string, id: string, from: number): number {
  const plain = text.indexOf(`\n${JSON.stringify(id)}:`, from);
  if (plain >= 0) return plain + 1;
  const pattern = new RegExp(`(?<=[{,]\\s*)(["'\`]?)${escapeRegExp(id)}\\1\\s*:`, 'g');
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

/** What stood behind the last module. */
function tailOf(made: string, modules: readonly Slice[]): string {
  const last = modules.at(-1)?.text ?? '';
  return made.slice(made.lastIndexOf(last) + last.length);
}

/** The functions as parts of the text; `undefined` when they cannot be told apart. */
function cut(
  text: string,
  functions: readonly (readonly [Slice, ...Slice[]])[],
  made: string,
): string[] | undefined {
  const starts: number[] = [];
  for (const [{ id }] of functions) {
    const start = findStart(text, id, starts.at(-1) ?? 0);
    if (start < 0) return undefined;
    starts.push(start);
  }
  const ends = [tailOf(made, functions.flat()), '}])'].map((tail) => text.lastIndexOf(tail));
  const end = ends.find((each) => each > (starts.at(-1) ?? 0)) ?? text.length;
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? end).replace(/[,\s]+$/, ''));
}

/** Shares of a whole, rounded down. */
function share(whole: number, parts: readonly number[]): number[] {
  const total = parts.reduce((sum, each) => sum + each, 0);
  return parts.map((each) => (total === 0 ? 0 : Math.floor((whole * each) / total)));
}

/** Comments, as far as they can be told without reading the rest, and white space. */
const LEFT_OUT = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*|\s+/g;

/** What a text may come to when it is minified, beside others. */
const weightOf = ({ text }: Slice): number => text.replace(LEFT_OUT, '').length;

/** Modules by the functions that hold them. */
function byFunction(modules: readonly Slice[]): [Slice, ...Slice[]][] {
  const functions: [Slice, ...Slice[]][] = [];
  for (const module of modules) {
    const last = functions.at(-1);
    if (last !== undefined && last[0].id === module.id) last.push(module);
    else functions.push([module]);
  }
  return functions;
}

/**
 * Bytes of each module in a bundle, without what stands around and between them. In a function that several share, these have shares by
 * what they were, without comments. Where plugins have left nothing to tell them apart by, as of styles, all of the bundle is divided so.
 * @param text as it is served
 * @param modules in the order in which they were written
 * @param made what the pack has given out
 */
export function sliceBundle(text: string, modules: readonly Slice[], made: string): number[] {
  const before = modules.map((module) => Buffer.byteLength(module.text));
  if (text === made) return before;
  const functions = byFunction(modules);
  const parts = cut(text, functions, made);
  if (parts === undefined) return share(Buffer.byteLength(text), before);
  return functions.flatMap((members, index) => {
    const size = Buffer.byteLength(parts[index] as string);
    return members.length === 1 ? size : share(size, members.map(weightOf));
  });
}
