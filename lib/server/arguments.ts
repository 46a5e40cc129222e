/** What the functions of an instance may be given. All throw INVALID_OPTION or UNKNOWN_OPTION, naming function and option. */
import { invalidArgument } from './failures';
import { FORMATS, type Format } from './formats';
import { checkArgument, checkOptions, isRecord, isText, type Rule, type Rules, textList } from './rules';

/** What is asked for a page. */
export interface PageOptions<Name extends Format = Format> {
  /**
   * Ids or aliases, in the order in which they shall run, `#` and a version behind those that shall not be at their head; or
   * entries of a dynapack site, for all their bundles.
   */
  patches: readonly string[];
  /** `script` (default): elements for the page. `js`: their code. `json`: data. */
  format?: Name;
  /** Of the page's Content-Security-Policy. */
  nonce?: string;
}

/** A request as Node's `http`, connect and express have it. */
export interface PageRequest {
  headers: { cookie?: string | undefined };
}

/** What `afterPatches()` takes. */
export interface NonceOptions {
  /** Of the page's Content-Security-Policy. */
  nonce?: string;
}

/** What `getClientLib()` takes. */
export interface ClientOptions extends NonceOptions {
  /**
   * Has each asset run before the parser goes on, as a script element with a `src` does: for pages whose inline scripts use what their
   * assets define. Default `false`: assets are compiled beside the main thread, and what needs them waits in `dynoSrc.ready()`.
   */
  sync?: boolean;
}

const FORMAT: Rule = [FORMATS.join(' or '), (value) => FORMATS.includes(value as string)];
const NONCE: Rule = ['a nonce in base64', (value) => typeof value === 'string' && /^[\w+/=-]+$/.test(value)];
const TEXT: Rule = ['a string that is not empty', isText];
const CALLBACK: Rule = ['a function', (value) => value === undefined || typeof value === 'function'];

const pageRules: Rules<PageOptions> = { patches: textList("['app']"), format: FORMAT, nonce: NONCE };
const nonceRules: Rules<NonceOptions> = { nonce: NONCE };
const clientRules: Rules<ClientOptions> = {
  nonce: NONCE,
  sync: ['true or false', (value) => typeof value === 'boolean'],
};

/** Those of fetch() have their headers behind a method. */
const isRequest = (value: unknown): boolean =>
  isRecord(value) && isRecord(value.headers) && typeof value.headers.get !== 'function';

export function checkPage(request: unknown, options: PageOptions, callback: unknown): void {
  const place = 'getPatches()';
  checkArgument(place, 'request', request, ["a request of Node's http, with headers", isRequest]);
  checkOptions(place, options, pageRules, "{ patches: ['app'] }");
  if (options.patches === undefined)
    throw invalidArgument(place, "option 'patches'", pageRules.patches[0], undefined);
  checkArgument(place, 'callback', callback, CALLBACK);
}

export function checkPatch(id: unknown, from: unknown, to: unknown, format: unknown): void {
  checkArgument('patch()', 'id', id, TEXT);
  checkArgument('patch()', 'from', from, [
    'a version or null',
    (value) => value === null || value === undefined || typeof value === 'string',
  ]);
  checkArgument('patch()', 'to', to, TEXT);
  checkArgument('patch()', 'format', format, FORMAT);
}

export function checkClient(options: ClientOptions): void {
  checkOptions('getClientLib()', options, clientRules, '{ nonce }');
}

export function checkAfter(snippet: unknown, options: NonceOptions): void {
  checkArgument('afterPatches()', 'snippet', snippet, [
    'the HTML that pack.scripts() has written for an entry, with its script, as a string',
    (value) => typeof value === 'string' && /<script\b/.test(value),
  ]);
  checkOptions('afterPatches()', options, nonceRules, '{ nonce }');
}
