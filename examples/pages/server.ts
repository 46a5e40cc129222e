import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { renderNotFound, renderPage } from './views/pages';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

const page = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  body,
});

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A file that has its hash in its name never changes: a browser that has it need not ask again. */
const isRevved = (path: string) => /-[0-9a-f]{10}\.\w+$/.test(path);

/** A file of `public/`. The path is that of a URL object, which has no `..` left, and is not decoded. */
async function serveFile(path: string): Promise<Answer | undefined> {
  const type = types[extname(path)];
  if (!type || !/^(\/[\w.-]+)+$/.test(path)) return undefined;
  const body = await readFile(join(__dirname, 'public', path)).catch(() => undefined);
  const cacheControl = isRevved(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return body && { status: 200, headers: { 'content-type': type, 'cache-control': cacheControl }, body };
}

async function answer(url: string): Promise<Answer> {
  const { pathname, searchParams } = new URL(`http://localhost${url}`);
  const html = await renderPage(pathname, searchParams);
  if (html !== undefined) return page(200, html);
  return (await serveFile(pathname)) ?? page(404, await renderNotFound());
}

/** Serves the site, and logs what it serves. Gives the URL once it listens. */
export async function listen(port: number): Promise<string> {
  const server = createServer(async ({ method, url = '/' }, response) => {
    const { status, headers, body } = await answer(url).catch((error) => {
      console.error(error);
      return page(500, 'Something went wrong.');
    });
    console.log(`${method} ${url} ${status} ${Buffer.byteLength(body)}`);
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(method === 'HEAD' ? undefined : body);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
