/** A style → its text in a file with others: imports leave it, and what names files names them where they are served. */
import type { Range, StyleFacts } from '../facts';
import type { Module } from '../model';
import { wrappersOf } from '../module-path';
import { applyEdits, type Edit, enclose, type Piece, replace, sortEdits } from './edits';

/** A URL for the inside of quotation marks. */
const escapeUrl = (url: string): string => url.replace(/["'\\\n]/g, (sign) => ESCAPES[sign] as string);

const ESCAPES: Record<string, string> = { '"': '%22', "'": '%27', '\\': '%5C', '\n': '%0A' };

/** The token in place of another one. What a token leaves open, the style closes at its end. */
function urlToken(token: string, url: string, isString: boolean | undefined): string {
  if (!isString) return `url("${escapeUrl(url)}"${token.endsWith(')') ? ')' : ''}`;
  const quote = token[0] as string;
  const isClosed = token.length > 1 && token.endsWith(quote);
  return quote + escapeUrl(url) + (isClosed ? quote : '');
}

/** A statement, with the end of its line, unless that is the last one. */
const wholeLine = ({ start, end }: Range, source: string): Range => ({
  start,
  end: source[end] === '\n' && end + 1 < source.length ? end + 1 : end,
});

function editsOf({ source, facts, targets }: Module, urlOf: (path: string) => string | undefined): Edit[] {
  const heads = (facts.style as StyleFacts).heads.map((head) => replace(wholeLine(head, source)));
  const replacements = facts.replacements.map((each) => replace(each, each.text));
  const references = facts.references.flatMap((reference, index) => {
    if (reference.kind === '@import') return [replace(wholeLine(reference, source))];
    const target = targets[index];
    const url = reference.kind === 'url()' && target !== undefined ? urlOf(target) : undefined;
    if (url === undefined) return [];
    const token = source.slice(reference.start, reference.end);
    return [replace(reference, urlToken(token, url, reference.isString))];
  });
  return sortEdits([...heads, ...replacements, ...references]);
}

/** What stands behind the URL in an import for what a style is wrapped in. */
function conditionOf(wrapper: string): string {
  const [, rule, prelude] = /^@(\w+) (.*)$/s.exec(wrapper) as unknown as [string, string, string];
  return rule === 'media' ? prelude : `${rule}(${prelude})`;
}

/** An import stands at the top of its file, so nothing can be wrapped around it: it is imported under each condition in turn. */
const wrapImport = (text: string, wrappers: readonly string[]): string =>
  wrappers.reduceRight(
    (inner, wrapper) => `@import url("data:text/css,${encodeURIComponent(inner)}") ${conditionOf(wrapper)};`,
    text,
  );

function headText({ path, source, facts }: Module, piece: number): Piece[] {
  const {
    start,
    end,
    isImport,
    closing = '',
  } = (facts.style as StyleFacts).heads[piece] as StyleFacts['heads'][number];
  const semicolon = closing + (source[end - 1] === ';' ? '' : ';');
  const wrappers = wrappersOf(path);
  if (isImport && wrappers.length > 0) return [wrapImport(source.slice(start, end) + semicolon, wrappers)];
  const pieces: Piece[] = [{ start, end }, semicolon];
  return isImport ? pieces : wrap(pieces, wrappers);
}

function wrap(pieces: readonly Piece[], wrappers: readonly string[]): Piece[] {
  if (wrappers.length === 0) return [...pieces];
  const opening = wrappers.map((wrapper) => `${wrapper}{`).join('');
  return enclose(`${opening}\n`, pieces, `\n${'}'.repeat(wrappers.length)}`);
}

/**
 * One item of a style, in lines of its own, without the end of the last one.
 * @param piece index of what stands before an import; the style itself has the one behind these
 * @param urlOf path of an asset → its URL in the file; `undefined` leaves what the source says
 */
export function renderStyle(
  module: Module,
  piece: number,
  urlOf: (path: string) => string | undefined,
): Piece[] {
  const { source, path } = module;
  const { heads, closing } = module.facts.style as StyleFacts;
  if (piece < heads.length) return headText(module, piece);
  const range = { start: 0, end: source.length - Number(source.endsWith('\n')) };
  const code = applyEdits(range, editsOf(module, urlOf));
  return wrap(closing === '' ? code : enclose('', code, closing), wrappersOf(path));
}

/** An item of a file, and the text its pieces make. */
export interface RenderedStyle {
  module: Module;
  pieces: Piece[];
  text: string;
}

/** The text of a file, of the texts of what it holds. */
export const joinStyles = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** The path from one relative file name to another, as a URL. */
export function relativeUrl(from: string, to: string): string {
  const directories = from.split('/').slice(0, -1);
  const segments = to.split('/');
  let common = 0;
  while (common < directories.length && directories[common] === segments[common]) common++;
  const up = directories.slice(common).map(() => '..');
  return [...up, ...segments.slice(common)].map(encodeURIComponent).join('/');
}
