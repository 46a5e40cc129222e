/** Source maps that came with a module's text or from its minifier, checked before anything is believed. */
import type { SourceMapInput } from '@jridgewell/trace-mapping';
import { invalidSourceMap } from '../errors';
import type { InputMap } from '../model';
import type { Segment } from './origins';

/** Loaded when a module comes with a map. */
const traceMapping = () => require('@jridgewell/trace-mapping') as typeof import('@jridgewell/trace-mapping');

/** What a map says. */
export interface ReadMap {
  lines: readonly (readonly Segment[])[];
  /** Absolute paths or URLs; `undefined` where the map has no name for one. */
  sources: readonly { path: string | undefined; content: string | null }[];
  names: readonly string[];
}

const NOTHING: ReadMap = { lines: [], sources: [], names: [] };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isString = (value: unknown): boolean => typeof value === 'string';

const isListOf = (value: unknown, accepts: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(accepts);

const isTextOrNull = (value: unknown): boolean => isString(value) || value === null;

/** A place in the text, or anywhere in a line of it. */
const isOffset = (value: unknown, lines: number): boolean =>
  isRecord(value) &&
  [value.line, value.column].every((number) => isIndex(number)) &&
  Number(value.line) <= lines;

const isIndex = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;

/** No digit and no separator, a number that breaks off, or one that is too long. */
const NO_VLQ = /[^A-Za-z0-9+/,;]|[g-z0-9+/](?:[,;]|$)|[g-z0-9+/]{7}/;

/** What is wrong with the fields of a map, see ECMA-426, "Source map format". */
function findFault(map: unknown, lines: number): string | undefined {
  if (!isRecord(map)) return 'it is no object';
  if (map.sections !== undefined) return findSectionFault(map.sections, lines);
  const { version, sources, sourcesContent, sourceRoot, names, mappings } = map;
  if (version !== undefined && Number(version) !== 3) return `its version is ${String(version)}, not 3`;
  if (!isListOf(sources, isTextOrNull)) return 'its sources are no list of texts';
  if (sourcesContent !== undefined && !isListOf(sourcesContent, isTextOrNull))
    return 'its sourcesContent is no list of texts';
  if (sourceRoot !== undefined && !isTextOrNull(sourceRoot)) return 'its sourceRoot is no text';
  if (names !== undefined && !isListOf(names, isString)) return 'its names are no list of texts';
  if (typeof mappings !== 'string') return 'its mappings are no text';
  return NO_VLQ.test(mappings) ? 'its mappings are not encoded as Base64 VLQ' : undefined;
}

function findSectionFault(sections: unknown, lines: number): string | undefined {
  if (!Array.isArray(sections)) return 'its sections are no list';
  for (const section of sections) {
    if (!isRecord(section) || !isOffset(section.offset, lines))
      return 'a section of it has no place in the text';
    const fault = findFault(section.map, lines);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What is wrong with decoded mappings. */
function findSegmentFault({ lines, sources, names }: ReadMap): string | undefined {
  const isRight = ([column, source = 0, line = 0, original = 0, name]: readonly (number | undefined)[]) =>
    isIndex(column) &&
    (source === 0 || source in sources) &&
    [source, line, original].every(isIndex) &&
    (name === undefined || name in names);
  const wrong = lines.findIndex((segments) => !segments.every(isRight));
  return wrong === -1 ? undefined : `what it says of line ${wrong + 1} leads nowhere`;
}

/** A backslash separates on Windows only; elsewhere it may be part of a name. */
const isWindowsPath = (path: string): boolean => /^([A-Za-z]:|\\\\)/.test(path);

function decode(map: SourceMapInput, base: string): ReadMap {
  const directory = isWindowsPath(base) ? base.replaceAll('\\', '/') : base;
  const { decodedMappings, FlattenMap } = traceMapping();
  const flat = new FlattenMap(map, `${directory}/`);
  return {
    lines: decodedMappings(flat) as readonly (readonly Segment[])[],
    sources: flat.sources.map((name, index) => ({
      path: name === null ? undefined : flat.resolvedSources[index],
      content: flat.sourcesContent?.[index] ?? null,
    })),
    names: flat.names,
  };
}

/** A map as tools give it: an object, one that tells its JSON, JSON, or that in a Buffer; an empty text is none. */
function parseMap(map: unknown): unknown {
  if (map instanceof Uint8Array) return parseMap(new TextDecoder().decode(map));
  if (typeof map === 'string') return map.trim() === '' ? undefined : JSON.parse(map);
  const { toJSON } = (map ?? {}) as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(map) : map;
}

/** What stands for no map: nothing, an object with nothing in it, or empty mappings without sources. */
function saysNothing(map: unknown): boolean {
  if (map === undefined || map === null || map === false) return true;
  if (!isRecord(map)) return false;
  return Object.keys(map).length === 0 || (map.mappings === '' && map.sources === undefined);
}

/**
 * Reads and checks a map of a text with so many lines; gives a text when something is wrong with it: what. What stands for no
 * map, such as the empty text that esbuild gives without its option `sourcemap`, is a map that says nothing.
 */
export function readOrFault({ map, base }: InputMap, lines: number): ReadMap | string {
  try {
    const parsed = parseMap(map);
    if (saysNothing(parsed)) return NOTHING;
    const fault = findFault(parsed, lines);
    if (fault !== undefined) return fault;
    const read = decode(parsed as SourceMapInput, base);
    return findSegmentFault(read) ?? read;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Reads and checks a map.
 * @param fileName the module it came with, for the message
 * @param lines how many lines the module has
 * @returns `undefined` when the map says nothing, as those of gulp's `src` do: the text is its own source then
 * @throws INVALID_SOURCE_MAP
 */
export function readInputMap(input: InputMap, fileName: string, lines: number): ReadMap | undefined {
  const read = readOrFault(input, lines);
  if (typeof read === 'string') throw invalidSourceMap(fileName, read);
  return read.lines.some((segments) => segments.length > 0) ? read : undefined;
}
