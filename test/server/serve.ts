/** An instance behind Node's own server, and requests to it. */
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
} from 'node:http';
import type dynosrc from 'dynapack/server';
import { listenAnew } from '../helpers/ports';

export interface Response {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

export interface Served {
  url: string;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  close(): Promise<void>;
}

/** Listens with what an application does. */
export async function listen(application: RequestListener): Promise<Served> {
  const server = createServer(application);
  const port = await listenAnew(server);
  return {
    url: `http://127.0.0.1:${port}`,
    get: (path, headers = {}, method = 'GET') => send(port, path, headers, method),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Listens with nothing but the middleware: what it passes on is answered with 404, an error with 500. */
export function serve(instance: dynosrc.DynoSrc): Promise<Served> {
  const middleware = instance.middleware();
  return listen((request, response) => {
    middleware(request, response, (error) => {
      response.writeHead(error ? 500 : 404).end(error ? String(error) : 'passed on');
    });
  });
}

/** Node's own client: it sends paths as they are, also such as no URL can have. */
function send(
  port: number,
  path: string,
  headers: Record<string, string>,
  method: string,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, text: body.toString() });
      });
    });
    request.on('error', reject);
    request.end();
  });
}
