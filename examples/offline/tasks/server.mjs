import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** What has a hash in its name never changes; browsers ask for everything else again. */
const cachingOf = (path) => (path.startsWith('/js/') ? 'max-age=31536000, immutable' : 'no-cache');

/** Serves the files of a folder. Gives the URL. */
export async function listen(folder, port) {
  const server = createServer(async ({ url }, response) => {
    const path = normalize(new URL(url, 'http://localhost').pathname.replace(/\/$/, '/index.html'));
    try {
      const contents = await readFile(join(folder, path));
      response.writeHead(200, { 'content-type': types[extname(path)], 'cache-control': cachingOf(path) });
      response.end(contents);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/`;
}
