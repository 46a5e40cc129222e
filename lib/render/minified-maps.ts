/** The source map of a bundle, and those of its modules' minification → the source map of the minified bundle. */
import { encode } from '@jridgewell/sourcemap-codec';
import type { SourceMap } from '../model';
import { type ReadMap, readOrFault } from './input-maps';
import { lastIndexUpTo, lineStarts, type Segment } from './origins';

/** A module before and after. Shifts are columns by which a first line stands further to the right in the bundle. */
export interface MappedModule {
  before: { text: string; shift: number };
  after: { text: string; shift: number };
  /** From the minifier's result to what it was given; nothing of a module without one has an origin. */
  map: unknown;
}

const lineCount = (text: string): number => lineStarts(text).length;

const shifted = (column: number, line: number, shift: number): number =>
  line === 0 ? column + shift : column;

const isSameOrigin = (a: Segment | undefined, b: Segment): boolean =>
  a !== undefined && a.length === b.length && a.every((value, index) => index === 0 || value === b[index]);

/** Composes the maps of one bundle. */
class Composer {
  readonly names: string[] = [];
  private readonly indices = new Map<string, number>();

  /** @param read the map of the bundle as it was */
  constructor(private readonly read: ReadMap) {}

  private nameIndex(name: string): number {
    const index = this.indices.get(name) ?? this.names.push(name) - 1;
    this.indices.set(name, index);
    return index;
  }

  /** Where a segment of the minifier's map leads in the end. Names count where exactly that place has an origin. */
  private follow(segment: Segment, names: readonly string[], firstLine: number, shift: number): Segment {
    if (segment.length === 1) return [segment[0]];
    const [column, , line, original, name] = segment;
    const before = this.read.lines[firstLine + line] ?? [];
    const place = shifted(original, line, shift);
    const found = before[lastIndexUpTo(before, place, ([at]) => at)];
    if (found === undefined || found.length === 1) return [column];
    const known = found[4] === undefined ? names[name ?? -1] : this.read.names[found[4]];
    const [, source, sourceLine, sourceColumn] = found;
    return known === undefined || found[0] !== place
      ? [column, source, sourceLine, sourceColumn]
      : [column, source, sourceLine, sourceColumn, this.nameIndex(known)];
  }

  /** The lines of a minified module that began at `firstLine` of the bundle. */
  module({ before, after }: MappedModule, { lines, names }: ReadMap, firstLine: number): Segment[][] {
    return Array.from({ length: lineCount(after.text) }, (_, index) => {
      const result: Segment[] = [];
      for (const segment of lines[index] ?? []) {
        const followed = this.follow(segment, names, firstLine, before.shift);
        followed[0] = Math.max(0, shifted(followed[0], index, after.shift));
        const previous = result.at(-1);
        const isNews = previous !== undefined || followed.length > 1;
        if (isNews && !isSameOrigin(previous, followed)) result.push(followed);
      }
      return result;
    });
  }
}

function readOrThrow(map: unknown, text: string, onDamaged: (reason: string) => Error): ReadMap {
  const read = readOrFault({ map, base: '' }, lineCount(text));
  if (typeof read === 'string') throw onDamaged(read);
  return read;
}

/**
 * @param bundle the map of the bundle as it was
 * @param head what stands before the first module
 * @param modules each begins on a line of its own
 * @param onDamaged gives the error for a map that is damaged: that of a module, by index, or of the bundle, -1
 */
export function composeMaps(
  bundle: SourceMap,
  head: string,
  modules: readonly MappedModule[],
  onDamaged: (index: number, reason: string) => Error,
): SourceMap {
  let line = lineCount(head) - 1;
  const text = modules.map(({ before }) => before.text).join('\n');
  const composer = new Composer(readOrThrow(bundle, text, (reason) => onDamaged(-1, reason)));
  const mappings = modules.flatMap((module, index) => {
    const read = readOrThrow(module.map, module.after.text, (reason) => onDamaged(index, reason));
    const lines = composer.module(module, read, line);
    line += lineCount(module.before.text);
    return lines;
  });
  const before = Array.from({ length: lineCount(head) - 1 }, () => []);
  return { ...bundle, names: composer.names, mappings: encode([...before, ...mappings]) };
}
