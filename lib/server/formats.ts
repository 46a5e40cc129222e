/** What is sent of an asset, as data, as a call of the page's client, and as an element of the page. */

/** What is sent of one asset. */
export interface Piece {
  id: string;
  /** Name of the version that the patch is made from; `null` without a patch. */
  from: string | null;
  /** Name of the version that comes of it. */
  to: string;
  /** base64url of the SHA-256 of its text. */
  version: string;
  /** `patch`: what makes the text. `full`: the text. `reference`: nothing, the visitor has it or loads it by URL. */
  kind: 'patch' | 'full' | 'reference';
  content: string;
  /** What a cookie says to have it: id of a state, a dot, index. Absent when no cookie can. */
  place: string | undefined;
  type: 'js' | 'css';
}

/** `json`, as an object. */
export interface PatchRecord {
  id: string;
  from: string | null;
  to: string;
  version: string;
  type: 'js' | 'css';
  place?: string;
  /** The patch, see lib/patch/format.ts. */
  diff?: string;
  /** The whole text. */
  raw?: string;
}

export type Format = 'json' | 'js' | 'script';
export type Formatted = { json: PatchRecord; js: string; script: string };

export const FORMATS: readonly string[] = ['json', 'js', 'script'];

/** @param nonce for the element of the format `script` */
export function formatPiece<Name extends Format>(piece: Piece, format: Name, nonce?: string): Formatted[Name];
export function formatPiece(piece: Piece, format: Format, nonce?: string): PatchRecord | string {
  if (format === 'json') return toRecord(piece);
  const call = callFor(piece);
  return format === 'js' ? call : scriptElement(call, nonce);
}

/** References and whole texts are the same objects for all visitors, and so are their calls. */
const knownCalls = new WeakMap<Piece, string>();

function callFor(piece: Piece): string {
  if (piece.kind === 'patch') return toCall(piece);
  const call = knownCalls.get(piece) ?? toCall(piece);
  knownCalls.set(piece, call);
  return call;
}

function toRecord({ id, from, to, version, kind, content, place, type }: Piece): PatchRecord {
  const record: PatchRecord = { id, from, to, version, type };
  if (place !== undefined) record.place = place;
  if (kind === 'patch') record.diff = content;
  if (kind === 'full') record.raw = content;
  return record;
}

const METHODS = { patch: 'apply', full: 'add', reference: 'load' };

function toCall({ id, to, version, kind, content, place, type }: Piece): string {
  const contents = kind === 'reference' ? [] : [content];
  const rest = type === 'css' ? [place ?? '', type] : place === undefined ? [] : [place];
  const parameters = [id, to, ...contents, version, ...rest].map(literal);
  return `dynoSrc.${METHODS[kind]}(${parameters.join(',')});`;
}

/**
 * A string or other data as JavaScript that may stand in a script element of a page: nothing in it ends the element or begins
 * a comment, and what ended lines before ES2019 is escaped, as are null characters, which HTML does not keep.
 */
export function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', (_, at: number, whole: string) =>
      /^<(?:[!/]|script)/i.test(whole.slice(at, at + 7)) ? '\\x3C' : '<',
    )
    .replaceAll('-->', '--\\x3E')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** @param nonce which is one */
export function scriptElement(code: string, nonce?: string): string {
  if (nonce === undefined) return `<script>${code}</script>`;
  return `<script nonce="${nonce}">${code}</script>`;
}

/** HTML whose inline scripts wait until all assets of the page have run. What would load these is left out. */
export function deferScripts(html: string, nonce?: string): string {
  return html
    .replace(/<link rel="preload"[^>]*>/g, '')
    .replace(/<script defer=""[\s\S]*?<\/script>\n?/g, (element) =>
      element.includes(' data-dynapack=') ? element : '',
    )
    .replace(/<script\b([^>]*)>([\s\S]*?)<\/script>/g, (element, attributes: string, code: string) =>
      /\ssrc=/.test(attributes) ? element : scriptElement(`dynoSrc.ready(${literal(code)});`, nonce),
    );
}
