import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenAnew } from './ports';

/** What a path answers. */
export interface Reply {
  body?: string | Buffer;
  /** Content type, by default that of the path's extension. */
  type?: string;
  headers?: Record<string, string>;
  status?: number;
  /** Milliseconds between a request and its answer. */
  delay?: number;
  /** What the answer waits for. */
  until?: Promise<unknown>;
  /** Aborts the connection in the middle of the answer. */
  fail?: boolean;
  /** Sends a part of the body, and then nothing, while the connection stays. */
  stall?: boolean;
}

/** What a path answers to its first request (1), its second one (2), and so on; a string is just a body. */
export type Replies = string | Reply | ((time: number) => Reply);

/** A request as the server saw it. The moments count all arrivals and answers of the site: 1, 2, 3 … */
export interface SeenRequest {
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
  arrived: number;
  /** Absent while there is no answer, and when the connection was aborted. */
  answered?: number;
}

/** A static server on 127.0.0.1 whose files are in memory. */
export interface Site {
  /** Its origin, without a slash at the end. */
  url: string;
  /** All requests in order of their arrival, without those for `/favicon.ico`, which browsers make by themselves. */
  requests: SeenRequest[];
  /** Paths of the requests whose path ends in the given text, in order. */
  paths(ending?: string): string[];
  /** Adds or replaces a path. */
  set(path: string, replies: Replies): void;
  /** Tells of every request from now on. */
  watch(listener: (seen: SeenRequest) => void): void;
  /** Forgets the requests so far. */
  forget(): void;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  '': 'text/html; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Starts a site with the given files: `{ '/': '<p>Hi', '/a.js': { body: '…', delay: 100 } }`. */
export async function startSite(files: Record<string, Replies> = {}): Promise<Site> {
  const replies = new Map(Object.entries(files));
  const requests: SeenRequest[] = [];
  const times = new Map<string, number>();
  let moment = 0;
  let tell: (seen: SeenRequest) => void = () => {};

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    const seen: SeenRequest = {
      path,
      method: request.method ?? '',
      headers: request.headers,
      arrived: ++moment,
    };
    requests.push(seen);
    tell(seen);
    const time = (times.get(path) ?? 0) + 1;
    times.set(path, time);
    const reply = replyOf(replies.get(path), time);
    if (reply.delay) await sleep(reply.delay);
    await reply.until;
    if (reply.fail) return abort(response);
    if (reply.stall) return stall(response, reply);
    seen.answered = ++moment;
    send(response, path, reply);
  }

  const server = createServer(answer);
  const port = await listenAnew(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    paths: (ending = '') => requests.map(({ path }) => path).filter((path) => path.endsWith(ending)),
    set: (path, reply) => void replies.set(path, reply),
    watch(listener) {
      tell = listener;
    },
    forget: () => void requests.splice(0),
    close: () => closeServer(server),
  };
}

function replyOf(replies: Replies | undefined, time: number): Reply {
  if (replies === undefined) return { status: 404, body: 'Not found', type: 'text/plain' };
  if (typeof replies === 'string') return { body: replies };
  return typeof replies === 'function' ? replies(time) : replies;
}

function send(response: ServerResponse, path: string, reply: Reply): void {
  response.writeHead(reply.status ?? 200, {
    'content-type': reply.type ?? TYPES[extname(path)] ?? 'application/octet-stream',
    'cache-control': 'no-store',
    // A browser repeats a request by itself when a connection that it used before is aborted.
    connection: 'close',
    ...reply.headers,
  });
  response.end(reply.body);
}

/**
 * Aborts after the headers, with the body owed: when a connection ends before, Chromium repeats the request by
 * itself within milliseconds, and a test could not count the attempts of the page.
 */
function abort(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/javascript', 'content-length': 1000, connection: 'close' });
  response.write(' ', () => response.destroy());
}

function stall(response: ServerResponse, { body = '', type = 'text/plain' }: Reply): void {
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2));
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
