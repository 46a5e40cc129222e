/** The text of a bundle as it is served → how many of its bytes each module has. */

/** A module as it was rendered. */
export interface Slice {
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

/** The modules as parts of the text; `undefined` when they cannot be told apart. */
function cut(text: string, modules: readonly Slice[], made: string): string[] | undefined {
  const starts: number[] = [];
  for (const { id } of modules) {
    const start = findStart(text, id, starts.at(-1) ?? 0);
    if (start < 0) return undefined;
    starts.push(start);
  }
  const ends = [tailOf(made, modules), '}])'].map((tail) => text.lastIndexOf(tail));
  const end = ends.find((each) => each > (starts.at(-1) ?? 0)) ?? text.length;
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? end).replace(/[,\s]+$/, ''));
}

/** Shares of a whole, rounded down. */
function share(whole: number, parts: readonly number[]): number[] {
  const total = parts.reduce((sum, each) => sum + each, 0);
  return parts.map((each) => (total === 0 ? 0 : Math.floor((whole * each) / total)));
}

/**
 * Bytes of each module in a bundle, without what stands around and between them. Where plugins have left nothing to tell them apart by, as of
 * styles, all of the bundle is divided in proportion to what they were.
 * @param text as it is served
 * @param modules in the order in which they were written
 * @param made what the pack has given out
 */
export function sliceBundle(text: string, modules: readonly Slice[], made: string): number[] {
  const before = modules.map((module) => Buffer.byteLength(module.text));
  if (text === made) return before;
  const parts = cut(text, modules, made);
  return parts ? parts.map((part) => Buffer.byteLength(part)) : share(Buffer.byteLength(text), before);
}
