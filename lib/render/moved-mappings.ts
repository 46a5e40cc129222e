/** A text in which something has been replaced, and the mappings of a source map that was made for it before. */
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import { lastIndexUpTo, lineStarts } from './origins';

/** A range of a text, and what stands in its place. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** The text with the replacements, which are given in its order. */
export function replaceAll(code: string, replacements: readonly Replacement[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, text } of replacements) {
    parts.push(code.slice(position, start), text);
    position = end;
  }
  return parts.join('') + code.slice(position);
}

/** Where ascending offsets of a text are once it has been replaced in; what is inside of a replacement is where that begins. */
function mover(replacements: readonly Replacement[]): (offset: number) => number {
  let index = 0;
  let shift = 0;
  return (offset) => {
    for (let next = replacements[index]; next && next.end <= offset; next = replacements[++index])
      shift += next.text.length - (next.end - next.start);
    const around = replacements[index];
    return (around && around.start < offset ? around.start : offset) + shift;
  };
}

/** The mappings of a text → those of the text with the replacements. */
export function moveMappings(
  mappings: string,
  before: string,
  after: string,
  replacements: readonly Replacement[],
): string {
  const starts = lineStarts(before);
  const startsAfter = lineStarts(after);
  const lines: SourceMapSegment[][] = startsAfter.map(() => []);
  const move = mover(replacements);
  decode(mappings).forEach((segments, line) => {
    for (const segment of segments) {
      const offset = move((starts[line] ?? before.length) + segment[0]);
      const lineAfter = lastIndexUpTo(startsAfter, offset, (start) => start);
      segment[0] = offset - (startsAfter[lineAfter] as number);
      lines[lineAfter]?.push(segment);
    }
  });
  return encode(lines);
}

/** Of the mappings of a longer text, those of the text that it begins with. */
export function mappingsWithin(mappings: string, text: string): string {
  const starts = lineStarts(text);
  const lines = decode(mappings).slice(0, starts.length);
  const last = text.length - (starts.at(-1) as number);
  lines.splice(starts.length - 1, 1, lines[starts.length - 1]?.filter(([column]) => column < last) ?? []);
  return encode(lines);
}
