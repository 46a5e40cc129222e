/** Where in a module's file a minifier has failed. */
import type { Location } from '../errors';
import { locateIn } from '../located';
import type { Module } from '../model';
import type { RenderedModule } from '../render/maps';
import { scriptShift } from './script';

/** A function, and the modules that are in it. */
interface Rendered {
  id: string;
  members: readonly RenderedModule[];
}

/** A place in a script: the line counts from 1, the column from 0. */
interface Place {
  line: number;
  column: number;
}

const isPlace = (value: unknown): value is Place => {
  const { line, column } = (value ?? {}) as Partial<Place>;
  return Number.isInteger(line) && Number.isInteger(column);
};

/** What terser (`line`, `col`), esbuild (`errors[0].location`) and others (`loc`) tell. */
function toldPlace(error: unknown): Place | undefined {
  const { line, col, loc, errors } = (error ?? {}) as {
    line?: unknown;
    col?: unknown;
    loc?: unknown;
    errors?: readonly { location?: unknown }[];
  };
  const places = [{ line, column: col }, loc, Array.isArray(errors) ? errors[0]?.location : undefined];
  return places.find(isPlace);
}

function offsetIn(text: string, { line, column }: Place): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf('\n', start) + 1;
  return start + column;
}

/** Where a place of a function comes from; text of ours comes from what stands behind it. */
function sourcePlace(offset: number, members: readonly RenderedModule[]): [module: Module, offset: number] {
  let position = 0;
  for (const { module, pieces } of members) {
    for (const piece of pieces) {
      const length = typeof piece === 'string' ? piece.length : piece.end - piece.start;
      if (offset < position + length && typeof piece !== 'string')
        return [module, piece.start + Math.max(0, offset - position)];
      position += length;
    }
    // The end of a line stands between two.
    position++;
  }
  const { module } = members.at(-1) as RenderedModule;
  return [module, module.source.length];
}

/**
 * @param error what a minifier has failed with
 * @param code what it was given
 */
export function placeOfFailure(
  error: unknown,
  code: string,
  { id, members }: Rendered,
): Location | { fileName: string } {
  const place = toldPlace(error);
  if (place === undefined) return { fileName: (members.at(-1) as RenderedModule).module.path };
  const [module, offset] = sourcePlace(offsetIn(code, place) + scriptShift(id), members);
  return locateIn(module, offset);
}
