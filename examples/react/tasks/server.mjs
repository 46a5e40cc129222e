import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
};

/** The contents of a file in a folder, or `undefined` where there is no such file. */
async function read(folder, name) {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.includes(name) ? readFile(join(folder, name)) : undefined;
}

/** Serves the files of a folder. Gives the URL once it listens. */
export async function listen(folder, port) {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(`http://localhost${url}`);
    const name = pathname === '/' ? 'index.html' : pathname.slice(1);
    const type = types[extname(name)];
    const body = type && (await read(folder, name));
    if (!body) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/`;
}
