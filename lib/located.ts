/** Where something in a module is: in the file that people have written, if a transform says what it has made of what. */
import { DynapackError, type Location, locate } from './errors';
import type { Module } from './model';
import { shownFile } from './module-path';
import { readOrFault } from './render/input-maps';
import { lastIndexUpTo, lineStarts } from './render/origins';

/** What tells where a text comes from. */
type Located = Pick<Module, 'path' | 'source' | 'input'>;

/**
 * A place in the source of a module, as errors and warnings tell it.
 * @param offset in the source
 */
export const locateIn = (module: Located, offset: number): Location =>
  locateOrigin(module, offset) ?? locate(shownFile(module.path), module.source, offset);

/** An error about the source of a module, with the place as above. */
export function atOrigin(error: DynapackError, module: Located): DynapackError {
  const { lineNumber, columnNumber } = error;
  if (lineNumber === undefined || columnNumber === undefined) return error;
  const offset = (lineStarts(module.source)[lineNumber - 1] ?? 0) + columnNumber - 1;
  const place = locateOrigin(module, offset);
  return place ? new DynapackError(error.code, error.message, { ...error, ...place, cause: error }) : error;
}

/** By the map that came with the text; nothing where that does not say it, or what the file held. */
function locateOrigin({ path, input }: Located, offset: number): Location | undefined {
  if (input?.map === undefined) return undefined;
  const starts = lineStarts(input.text);
  const read = readOrFault(input.map, starts.length);
  if (typeof read === 'string') return undefined;
  const inText = offset - input.start;
  const line = lastIndexUpTo(starts, inText, (start) => start);
  const segments = read.lines[line] ?? [];
  const segment = segments[lastIndexUpTo(segments, inText - (starts[line] as number), ([column]) => column)];
  const [, source, lineBefore, column] = segment ?? [];
  const { path: file, content } = read.sources[source ?? -1] ?? {};
  if (content === null || content === undefined) return undefined;
  const start = lineStarts(content)[lineBefore as number];
  if (start === undefined) return undefined;
  const fileName = read.sources.length === 1 ? undefined : file;
  return locate(fileName ?? shownFile(path), content, start + (column as number));
}
