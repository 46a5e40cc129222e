/** Answers requests for patches and texts: `<endpoint>?id=…&from=…&to=…&fmt=…`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256 } from '../hash';
import type { Asset } from './assets';
import { type DictionaryCompression, readAvailableDictionary } from './dictionary';
import { FORMATS, type Format, formatPiece, literal } from './formats';
import { negotiate } from './negotiate';
import type { KnownVersion, Service } from './service';
import type { HeldText } from './texts';

/** What a request says. */
interface Question {
  id: string;
  from: string;
  to: string;
  format: Format | 'raw';
  callback: string | undefined;
}

interface Answer {
  status: number;
  body: string | Buffer;
  headers: Record<string, string>;
}

const TYPES: Record<string, string> = {
  json: 'application/json; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  script: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

/** Nothing that is opened as a page runs, and nothing is taken for what it does not say to be. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
};

const CALLBACK = /^(?=.{1,64}$)[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;
const LONGEST_PARAMETER = 200;

const failed = (status: number, message: string): Answer => ({
  status,
  body: JSON.stringify({ error: message }),
  headers: { 'content-type': TYPES.json as string, 'cache-control': 'no-store' },
});

/** Answers one request to the endpoint. */
export async function answer(
  service: Service,
  compression: DictionaryCompression,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const question = isRead ? readQuestion(query) : failed(405, 'only GET and HEAD');
  const { status, body, headers } =
    'status' in question ? question : await answerQuestion(service, compression, request, question);
  const isKnown = headers.etag !== undefined && matches(request.headers['if-none-match'], headers.etag);
  response.writeHead(isKnown ? 304 : status, {
    ...SAFE,
    ...headers,
    ...(status === 405 && { allow: 'GET, HEAD' }),
    ...(!isKnown && { 'content-length': String(Buffer.byteLength(body)) }),
  });
  response.end(isKnown || request.method === 'HEAD' ? undefined : body);
}

function readQuestion(query: URLSearchParams): Question | Answer {
  const { id = '', from = '', to = '', fmt = 'json', callback } = Object.fromEntries(query);
  if (id === '') return failed(400, 'id is missing');
  if (to === '') return failed(400, 'to is missing');
  if ([...query.values()].some((value) => value.length > LONGEST_PARAMETER))
    return failed(400, 'a parameter is too long');
  if (!isFormat(fmt)) return failed(400, 'fmt is none of json, js, script, raw');
  if (callback !== undefined && (fmt !== 'js' || !CALLBACK.test(callback))) {
    return failed(400, 'callback must be the name of a function, and fmt js');
  }
  return { id, from, to, format: fmt, callback };
}

const isFormat = (format: string): format is Question['format'] =>
  format === 'raw' || FORMATS.includes(format);

async function answerQuestion(
  service: Service,
  compression: DictionaryCompression,
  request: IncomingMessage,
  question: Question,
): Promise<Answer> {
  const asset = await service.findAsset(question.id);
  if (asset === undefined) return failed(404, 'no such asset');
  const to = await service.findVersion(asset, question.to, false);
  if (to === undefined) return failed(404, 'no such version');
  if (question.format === 'raw') return answerRaw(service, compression, request, asset, to);
  const from = question.from === '' ? undefined : await service.findVersion(asset, question.from, false);
  const { format, callback } = question;
  const piece = await service.deliver(asset, from, to, true);
  const record = (): string => literal(formatPiece(piece, 'json'));
  const body =
    callback !== undefined
      ? `/**/${callback}(${record()});`
      : format === 'json'
        ? JSON.stringify(formatPiece(piece, 'json'))
        : formatPiece(piece, format);
  const isFixed = to.isFixed && (from?.isFixed ?? true) && question.from !== 'HEAD';
  return { status: 200, body, headers: headersOf(service, isFixed, TYPES[format] as string, sha256(body)) };
}

/** The text itself, for script and link elements. */
async function answerRaw(
  service: Service,
  compression: DictionaryCompression,
  request: IncomingMessage,
  asset: Asset,
  to: KnownVersion,
): Promise<Answer> {
  const text = await service.texts.find(to.version);
  if (text === undefined) return failed(404, 'no such version');
  const { dictionary, held, encoding } = await findDictionary(service, compression, request, asset);
  const delivery = negotiate({ for: 'resource', held, wanted: to.version, encoding });
  const isSmall = delivery === 'dictionary' && dictionary !== undefined && held !== undefined && encoding;
  const body = isSmall ? await compression.compress(encoding, text, dictionary, held, to.version) : text;
  return {
    status: 200,
    body,
    headers: {
      ...headersOf(
        service,
        to.isFixed,
        TYPES[to.type] as string,
        to.version + (isSmall ? `.${encoding}.${held}` : ''),
      ),
      ...(isSmall && { 'content-encoding': encoding }),
      vary: 'accept-encoding, available-dictionary',
      // Whoever has this text can be sent the next one by what differs.
      'use-as-dictionary': `match="${service.settings.endpoint}?id=${encodeURIComponent(asset.id)}&*"`,
    },
  };
}

/** The text that the browser has as dictionary, if it is one of the asset's that we know. */
async function findDictionary(
  service: Service,
  compression: DictionaryCompression,
  request: IncomingMessage,
  asset: Asset,
): Promise<{
  dictionary?: HeldText;
  held?: string;
  encoding?: NonNullable<Parameters<typeof negotiate>[0]['encoding']>;
}> {
  const held = readAvailableDictionary(request.headers['available-dictionary']);
  if (held === undefined) return {};
  const encoding = await compression.choose(String(request.headers['accept-encoding'] ?? ''));
  const entry = encoding && service.states.findEntry(asset.id, held);
  const dictionary = entry && (await service.texts.find(entry.version));
  return encoding && dictionary !== undefined ? { dictionary, held, encoding } : {};
}

function headersOf(service: Service, isFixed: boolean, type: string, tag: string): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': isFixed ? `public, max-age=${service.settings.maxAge}, immutable` : 'no-cache',
    etag: `"${tag}"`,
  };
}

/** RFC 9110, 13.1.2: weak comparison, since proxies weaken tags. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
}
