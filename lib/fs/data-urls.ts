/** Modules whose text is in their specifier: `data:` URLs. */
import { fileOf, typeOf, withType } from '../module-path';
import { type Attributes, reasonAgainst } from './attributes';
import type { Found, Reason } from './resolution';
import type { ResolveKind } from './settings';

/** What a `data:` URL says. */
interface Data {
  /** In lower case, without parameters. */
  mediaType: string;
  bytes: Buffer;
}

const DATA = /^data:([^,]*?)(; *base64)? *,([\s\S]*)$/i;

/** Fetch, "data: URL processor". `undefined` where the URL is none. */
function parse(url: string): Data | undefined {
  const [whole, type = '', base64, body = ''] = DATA.exec(url.replace(/#[\s\S]*$/, '')) ?? [];
  if (whole === undefined) return undefined;
  const bytes = percentDecode(body);
  return {
    mediaType: (type.split(';', 1)[0] as string).trim().toLowerCase(),
    bytes: base64 ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes,
  };
}

/** URL, "percent-decode". */
function percentDecode(text: string): Buffer {
  const parts = text.split(/((?:%[\da-f]{2})+)/i);
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 1 ? Buffer.from(part.replaceAll('%', ''), 'hex') : Buffer.from(part),
    ),
  );
}

/** As `import` reads it: line ends and tabs are no part of a URL. */
function serialise(specifier: string): string | undefined {
  return URL.canParse(specifier) ? new URL(specifier).href : undefined;
}

const SCRIPT = /^(?:text|application)\/javascript$/;

const no = (message: string, hint: string): { reason: Reason } => ({ reason: { message, hint: () => hint } });

/**
 * The module that a `data:` URL is, as in Node: a script, or JSON with the attribute.
 * @param attributes what the import asks for
 */
export function resolveData(specifier: string, kind: ResolveKind, attributes: Attributes = {}): Found {
  const refusal = reasonAgainst(attributes);
  if (refusal) return { reason: refusal };
  const { type } = attributes;
  if (kind === 'require') return no("require() takes no 'data:' URLs", 'Use import or import().');
  const url = serialise(specifier);
  const data = url === undefined ? undefined : parse(url);
  if (url === undefined || data === undefined)
    return no(
      "it is no valid 'data:' URL",
      'Write data:text/javascript,… and escape the text with encodeURIComponent().',
    );
  const { mediaType } = data;
  if (type === 'text' || type === 'bytes') return { path: withType(url, type) };
  if (type === undefined && SCRIPT.test(mediaType)) return { path: url };
  if (type === 'json' && mediaType === 'application/json') return { path: withType(url, type) };
  if (mediaType === 'application/json') return no('JSON needs an attribute', "Write with { type: 'json' }.");
  if (type === 'json')
    return no(`${mediaType} is not JSON`, 'Its type is application/json, or the attribute is wrong.');
  return no(
    `'${mediaType}' is no type of modules`,
    "Modules are text/javascript, and application/json with { type: 'json' }. Whatever it is, with { type: 'text' } gives its text.",
  );
}

/** The text of such a module; of one that is read as bytes, their base64. */
export function dataText(path: string): string {
  const { bytes } = parse(fileOf(path)) as Data;
  return bytes.toString(typeOf(path) === 'bytes' ? 'base64' : 'utf8');
}
