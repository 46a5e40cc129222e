/** File contents → the JavaScript that is parsed and bundled. */
import { invalidJson, locate } from '../errors';
import { jsonErrorOffset } from './json';

/** Makes text the same on every machine: no byte order mark, LF line ends (as JavaScript itself reads them inside templates). */
export function plainText(text: string): string {
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return unmarked.includes('\r') ? unmarked.replaceAll('\r\n', '\n') : unmarked;
}

/** A script, with a hashbang line turned into a comment of the same length. */
export function normalise(text: string): string {
  const source = plainText(text);
  return source.startsWith('#!') ? `//${source.slice(2)}` : source;
}

/** What a module that exports JSON begins with. */
export const JSON_HEAD = 'module.exports = ';

/** An expression that older engines take as well: there U+2028/9 end a line. */
const inEveryEngine = (expression: string): string =>
  expression.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** A text → a CommonJS module that exports it as it is, but for the byte order mark. */
export const textModule = (text: string): string =>
  `${JSON_HEAD}${inEveryEngine(JSON.stringify(text.replace(/^\uFEFF/, '')))};`;

/** Base64 → a CommonJS module that exports the bytes. */
export const bytesModule = (base64: string): string =>
  `${JSON_HEAD}Uint8Array.from(atob('${base64}'), function (unit) { return unit.charCodeAt(0); });`;

/** Base64 → a `data:` URL, with a fragment. These URLs have no queries. */
export const inlineUrl = (mediaType: string, base64: string, fragment = ''): string =>
  `data:${mediaType};base64,${base64}${fragment}`;

/** A CommonJS module that exports its asset's URL: which that is, the page says, so that bundles do not change with names. */
export const ASSET_MODULE = `${JSON_HEAD}require("*").asset(module.id);`;

/**
 * An ES module that exports a function which starts a worker, as does `new` with it.
 * @param constructorName what the browser has for that
 * @param file name of the worker's file, which is beside
 */
export const workerModule = (constructorName: string, file: string): string =>
  `export default function (options) {
  return new ${constructorName}(new URL(${JSON.stringify(`./${encodeURIComponent(file)}`)}, import.meta.url), options);
}
`;

/**
 * JSON text → a CommonJS module that exports its value.
 * @throws INVALID_JSON with the place
 */
export function jsonModule(text: string, fileName: string): string {
  const json = plainText(text);
  try {
    JSON.parse(json);
  } catch (cause) {
    throw invalidJson(locate(fileName, json, jsonErrorOffset(json)), cause as Error);
  }
  // As an object literal, a "__proto__" key would set the prototype.
  const expression = json.includes('__proto__') ? `JSON.parse(${JSON.stringify(json)})` : json.trim();
  return `${JSON_HEAD}${inEveryEngine(expression)};`;
}
