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
  /** The file name of a bundle in its release: by this one, snippets know it. */
  served?: string | undefined;
}

/** `json`, as an object. */
export interface PatchRecord {
  id: string;
  from: string | null;
  to: string;
  version: string;
  type: 'js' | 'css';
  place?: string;
  /** Of a script that a pack has made: its file name in its release. */
  served?: string;
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

function toRecord({ id, from, to, version, kind, content, place, type, served }: Piece): PatchRecord {
  const record: PatchRecord = { id, from, to, version, type };
  if (place !== undefined) record.place = place;
  if (served !== undefined) record.served = served;
  if (kind === 'patch') record.diff = content;
  if (kind === 'full') record.raw = content;
  return record;
}

const METHODS = { patch: 'apply', full: 'add', reference: 'load' };

function toCall({ id, to, version, kind, content, place = '', type, served = '' }: Piece): string {
  const contents = kind === 'reference' ? [] : [content];
  const parameters = [id, to, ...contents, version, place, type === 'css' ? type : '', served];
  while (parameters.at(-1) === '') parameters.pop();
  return `dynoSrc.${METHODS[kind]}(${parameters.map(literal).join(',')});`;
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

/**
 * A loader's config, in a call: by its names the loader knows which of the bundles that have run are of the snippet's own release,
 * where the page and the snippet are of two.
 */
const CONFIG = '({"n":';
const CONFIG_WITH_NAMES = '({"o":dynoSrc.served,"n":';

const SCRIPT = /<script((?:\s+[\w-]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>([\s\S]*?)<\/script>\n?/g;
const ATTRIBUTE = /\s([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&quot;': '"', '&#39;': "'" };

/** HTML whose loaders wait until all assets of the page have run. What would load these is left out. */
export function deferScripts(html: string, nonce?: string): string {
  const defer = (element: string, attributes: string, code: string): string => {
    const named = readAttributes(attributes);
    if (named.src === undefined)
      return readyElement(
        code.replace(CONFIG, () => CONFIG_WITH_NAMES),
        nonce,
      );
    if (named['data-dynapack'] !== undefined) return readyElement(named, nonce);
    return named.defer === undefined ? element : '';
  };
  return html.replace(/<link rel="preload"[^>]*>/g, '').replace(SCRIPT, defer);
}

/** @param what code, or attributes of the element that loads some */
const readyElement = (what: string | Record<string, string>, nonce: string | undefined): string =>
  scriptElement(`dynoSrc.ready(${literal(what)});`, nonce);

function readAttributes(attributes: string): Record<string, string> {
  const named = [...attributes.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) => {
    const value = (double ?? single ?? bare ?? '').replace(
      /&(?:amp|lt|quot|#39);/g,
      (entity) => ENTITIES[entity] as string,
    );
    return [name as string, value] as const;
  });
  return Object.fromEntries(named);
}
