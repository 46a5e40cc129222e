/** Rendered modules → the source map of their bundle. */
import { encode } from '@jridgewell/sourcemap-codec';
import type { Module, ModuleInput, SourceMap } from '../model';
import { fileOf } from '../module-path';
import { type Piece, textOf } from './edits';
import { type ReadMap, readInputMap } from './input-maps';
import { lineStarts, mappedOrigins, type Origins, type Segment, tokenOrigins } from './origins';
import { type Mapped, segmentsOf } from './segments';

/** A module, and what its function is made of. */
export interface RenderedModule {
  module: Module;
  pieces: readonly Piece[];
}

const toSegments = (path: string): string[] =>
  (/^([A-Za-z]:|\\\\)/.test(path) ? path.replaceAll('\\', '/') : path).split('/').filter(Boolean);

/**
 * What a source is called in maps: its path relative to the root, which is the base of bundle Files; for packages that are
 * installed elsewhere, the path from `node_modules/` on. URLs stay.
 */
export function sourceName(path: string, root: string): string {
  if (/^(?!file:)[\w+.-]+:\/\//.test(path)) return path;
  const from = toSegments(root);
  const to = toSegments(path.replace(/^file:\/\//, ''));
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  const up = from.slice(common).map(() => '..');
  const installed = to.indexOf('node_modules');
  return (up.length > 0 && installed >= 0 ? to.slice(installed) : [...up, ...to.slice(common)]).join('/');
}

/** Sources and names of one map, each once. */
class Tables {
  readonly sources: string[] = [];
  readonly contents: (string | null)[] = [];
  readonly names: string[] = [];
  private readonly sourceIndices = new Map<string, number[]>();
  private readonly nameIndices = new Map<string, number>();

  constructor(private readonly root: string) {}

  /** The index of a source. Two of one name are the same if they have the same content. */
  source(path: string, content: string | null): number {
    const name = sourceName(path, this.root);
    const namesakes = this.sourceIndices.get(name) ?? [];
    const known = namesakes.find((index) => this.contents[index] === content);
    if (known !== undefined) return known;
    const index = this.sources.push(name) - 1;
    this.contents.push(content);
    this.sourceIndices.set(name, [...namesakes, index]);
    return index;
  }

  readonly name = (name: string): number => {
    const index = this.nameIndices.get(name) ?? this.names.push(name) - 1;
    this.nameIndices.set(name, index);
    return index;
  };
}

function mapOrigins({ lines, sources, names }: ReadMap, path: string, tables: Tables): Origins {
  const indices = sources.map((source) => tables.source(source.path ?? path, source.content));
  return mappedOrigins(lines, indices, names);
}

/** Where the text of JSON begins in a module that exports it. */
function firstPlace(text: string, offset: number): Mapped['first'] {
  if (offset === 0) return { offset, line: 0, column: 0 };
  const begin = Math.max(0, text.search(/\S/));
  const starts = lineStarts(text.slice(0, begin));
  return { offset, line: starts.length - 1, column: begin - (starts.at(-1) as number) };
}

/** Everything comes from one place. */
function singleOrigin({ line, column }: Mapped['first'], source: number): Origins {
  return { at: () => ({ source, line, column }), visit: () => undefined };
}

/** Whether each line of JSON stands unchanged in the module that exports it. */
function isVerbatim(text: string, source: string, offset: number): boolean {
  return source.slice(offset, -1) === text.trim().replaceAll('\r\n', '\n');
}

/** Finds out where a module's source comes from. */
function toMapped(module: Module, input: ModuleInput, tables: Tables): Mapped {
  const { source } = module;
  const path = fileOf(module.path);
  const { start: offset, map } = input;
  const starts = lineStarts(source);
  const text = input.text.startsWith('\uFEFF') ? input.text.slice(1) : input.text;
  const first = firstPlace(text, offset);
  const mapped = (origins: Origins): Mapped => ({ source, starts, first, origins });
  const textStarts = text === source ? starts : lineStarts(text);
  const read = map && readInputMap(map, path, textStarts.length);
  if (read) return mapped(mapOrigins(read, path, tables));
  if (offset > 0) {
    const index = tables.source(path, text);
    const isSame = isVerbatim(text, source, offset);
    return mapped(isSame ? tokenOrigins(text, textStarts, index) : singleOrigin(first, index));
  }
  // "\r\r\n" is two ends of lines, but one where "\r\n" became "\n".
  const isAligned = starts.length === textStarts.length;
  const [content, lines] = isAligned ? [text, textStarts] : [source, starts];
  return mapped(tokenOrigins(content, lines, tables.source(path, content)));
}

/** What is ours around JSON is so among the pieces, too. */
function isolate(pieces: readonly Piece[], source: string, start: number): Piece[] {
  return pieces.flatMap((piece): Piece[] =>
    typeof piece === 'string'
      ? [piece]
      : [source.slice(0, start), { start, end: piece.end - 1 }, source.slice(piece.end - 1, piece.end)],
  );
}

/** Lines of segments for a module's text; without any where it comes from nowhere. */
function mapModule({ module, pieces }: RenderedModule, tables: Tables): Segment[][] {
  const { source, input } = module;
  if (input === undefined) return lineStarts(textOf(pieces, source)).map(() => []);
  const exact = input.start === 0 ? pieces : isolate(pieces, source, input.start);
  return segmentsOf(exact, toMapped(module, input, tables), tables.name);
}

/** The value of a field in the last segment that has it. */
function lastValue(lines: readonly (readonly Segment[])[], field: 1 | 2 | 3 | 4): number | undefined {
  const line = lines.findLast((segments) => segments.some((segment) => segment.length > field));
  return line?.findLast((segment) => segment.length > field)?.[field];
}

/** Encodes lines that follow others: all values are relative to the ones before. */
class Encoder {
  private source = 0;
  private line = 0;
  private column = 0;
  private name = 0;

  encode(lines: readonly Segment[][]): string {
    const before: Segment = [0, this.source, this.line, this.column, this.name];
    const encoded = encode([[before], ...lines]);
    this.source = lastValue(lines, 1) ?? this.source;
    this.line = lastValue(lines, 2) ?? this.line;
    this.column = lastValue(lines, 3) ?? this.column;
    this.name = lastValue(lines, 4) ?? this.name;
    return encoded.slice(encoded.indexOf(';') + 1);
  }
}

/**
 * The map of a bundle, or `undefined` when nothing of it comes from a source.
 * @param name of the bundle
 * @param head what stands before the first module
 * @param modules each begins on a line of its own
 * @param root what sources are named relative to
 * @throws INVALID_SOURCE_MAP when a map that came with a module is damaged
 */
export function renderMap(
  name: string,
  head: string,
  modules: readonly RenderedModule[],
  root: string,
): SourceMap | undefined {
  const tables = new Tables(root);
  const encoder = new Encoder();
  const mappings = modules.map((module) => encoder.encode(mapModule(module, tables)));
  if (tables.sources.length === 0) return undefined;
  return {
    version: 3,
    file: name,
    sources: tables.sources,
    sourcesContent: tables.contents,
    names: tables.names,
    mappings: ';'.repeat(lineStarts(head).length - 1) + mappings.join(';'),
  };
}
