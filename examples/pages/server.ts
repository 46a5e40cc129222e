import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { notFound, renderPage } from './views/pages';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** A file whose name has its hash in it never changes: browsers need not ask for it again. */
const isRevved = (path: string) => /-[0-9a-f]{10}\.\w+$/.test(path);

/** A file of `public/`. `normalize` takes every `..` out of a path that begins with a slash. */
async function serveFile(path: string): Promise<Answer> {
  const type = types[extname(path)];
  if (!type || path.includes('\0')) return { status: 404, headers: html, body: notFound };
  const body = await readFile(join(import.meta.dirname, 'public', normalize(path)));
  const cacheControl = isRevved(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { status: 200, headers: { 'content-type': type, 'cache-control': cacheControl }, body };
}
