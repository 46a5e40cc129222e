import { once } from 'node:events';
import { createServer } from 'node:http';
import { compress, encodingFor, fileOf } from './files.mjs';
import { renderPage } from './page.mjs';

async function pageOf(release, encoding) {
  const body = await compress(await renderPage(release, encoding), encoding);
  return { type: 'text/html; charset=utf-8', body };
}

/** Bundles and patches have versions in their names, so browsers need not ask again for one that they have. */
const lifetimeOf = (path) => (path.startsWith('/js/') ? 'public, max-age=31536000, immutable' : 'no-cache');

async function answer(request, response) {
  const { pathname, searchParams } = new URL(`http://localhost${request.url}`);
  if (pathname === '/forget') {
    response.writeHead(303, { 'clear-site-data': '"cache", "storage"', location: '/' }).end();
    return;
  }
  const encoding = encodingFor(request);
  const found =
    pathname === '/'
      ? await pageOf(searchParams.get('release'), encoding)
      : ((await fileOf('public', pathname, encoding)) ?? (await fileOf('site', pathname, encoding)));
  if (!found) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  response.writeHead(200, {
    'content-type': found.type,
    'content-encoding': encoding,
    'cache-control': lifetimeOf(pathname),
    vary: 'accept-encoding',
  });
  response.end(found.body);
}

/** Serves the site. Gives the URL once it listens. */
export async function listen(port) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      response.writeHead(500, { 'content-type': 'text/plain' }).end('Something went wrong');
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/`;
}
