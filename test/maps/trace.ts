/** Reads maps with another library than the one that wrote them, and finds texts in sources and bundles. */
import { eachMapping, originalPositionFor, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';
import { expect } from 'chai';
import type File from 'vinyl';

/** A place in a text: the line counts from 1, the column from 0. */
export interface Place {
  line: number;
  column: number;
}

/** Where a place comes from. */
export interface Original extends Place {
  source: string;
  name: string | null;
}

const LINE_END = /\r\n?|[\n\u2028\u2029]/g;

/** The lines of a text, as JavaScript counts them. */
export const linesOf = (text: string): string[] => text.split(LINE_END);

/** Where an offset is. */
export function placeAt(text: string, offset: number): Place {
  const lines = linesOf(text.slice(0, offset));
  return { line: lines.length, column: (lines.at(-1) as string).length };
}

/** Where the only occurrence of a text is, or one in the middle of it that `^` marks. */
export function placeOf(text: string, marked: string): Place {
  const searched = marked.replace('^', '');
  const first = text.indexOf(searched);
  expect(first, `'${searched}' is there`).to.be.at.least(0);
  expect(text.indexOf(searched, first + 1), `'${searched}' is there once`).to.equal(-1);
  return placeAt(text, first + Math.max(0, marked.indexOf('^')));
}

/** A bundle's text with its map. */
export class Traced {
  readonly map: TraceMap;
  readonly lines: string[];

  constructor(
    readonly text: string,
    map: SourceMapInput,
  ) {
    this.map = new TraceMap(map);
    this.lines = linesOf(text);
  }

  /** Where a place of the bundle comes from; fails when it comes from nowhere. */
  original(place: Place): Original {
    const { source, line, column, name } = originalPositionFor(this.map, place);
    if (source === null) throw new Error(`line ${place.line}, column ${place.column} comes from nowhere`);
    return { source, line, column, name };
  }

  /** Where the only occurrence of a text in the bundle comes from. */
  originalOf(marked: string): Original {
    return this.original(placeOf(this.text, marked));
  }

  /** The first and the last line of the bundle that come from a source. */
  linesFrom(name: string): [first: number, last: number] {
    const lines: number[] = [];
    eachMapping(this.map, ({ source, generatedLine }) => {
      if (source === name) lines.push(generatedLine);
    });
    return [Math.min(...lines), Math.max(...lines)];
  }

  content(source: string): string {
    const index = this.map.sources.indexOf(source);
    return this.map.sourcesContent?.[index] as string;
  }

  /** The text at every place that the map mentions, in the bundle and in the source. */
  pairs(): { generated: string; original: string; name: string | null }[] {
    const contents = new Map(
      this.map.sources.map((source) => [source, linesOf(this.content(source as string))]),
    );
    const pairs: { generated: string; original: string; name: string | null }[] = [];
    eachMapping(
      this.map,
      ({ generatedLine, generatedColumn, source, originalLine, originalColumn, name }) => {
        if (source === null) return;
        const line = contents.get(source)?.[originalLine - 1] ?? '';
        expect(originalColumn, 'a column of the line').to.be.at.most(line.length);
        const generated = this.lines[generatedLine - 1]?.slice(generatedColumn) as string;
        pairs.push({ generated, original: line.slice(originalColumn), name });
      },
    );
    return pairs;
  }
}

/** A bundle File with its map. */
export function traceFile(file: File | undefined): Traced {
  expect(file?.sourceMap, 'a source map').to.be.an('object');
  return new Traced(String(file?.contents), (file as File).sourceMap as SourceMapInput);
}
