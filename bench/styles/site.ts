/** The site of what was built last: its page is at `/`, and styles take longer than scripts. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Milliseconds that styles take more than scripts, so that who does not wait for them is found out. */
const DELAY = 15;

export interface Site {
  origin: string;
  /** Serves other files and another page from now on. */
  show(output: string, html: string): void;
  /** Texts of the styles that were requested since the last call, each as often as it was. */
  take(): string[];
  close(): void;
}

export async function startSite(): Promise<Site> {
  let output = '';
  let page = '';
  let taken: string[] = [];
  const read = (path: string): Buffer | undefined => (existsSync(path) ? readFileSync(path) : undefined);
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const isStyle = pathname.endsWith('.css');
    const body = pathname === '/' ? page : read(join(output, decodeURIComponent(pathname.slice(1))));
    if (isStyle && body) taken.push(String(body));
    const type = pathname === '/' ? 'text/html' : isStyle ? 'text/css' : 'text/javascript';
    const answer = () => {
      if (body === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=600' }).end(body);
    };
    if (isStyle) setTimeout(answer, DELAY);
    else answer();
  });
  await new Promise<void>((onListening) => server.listen(0, '127.0.0.1', onListening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show(directory, html) {
      output = directory;
      page = html;
    },
    take() {
      const texts = taken;
      taken = [];
      return texts;
    },
    close: () => server.close().closeAllConnections(),
  };
}
