/**
 * An express application with a page of five assets, five times: `/with` has what the visitor lacks from `dynapack/server`;
 * `/without` names them in script elements; `/whole` has the bytes that new visitors get under `/with`, as a constant, and `/joined`
 * and `/known` put the bytes that new and returning visitors get together for each page, as an application without us would have to.
 * Tells its port, and under `/usage` what it has used.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dynosrc from 'dynapack/server';
import express from 'express';

export interface Usage {
  /** Microseconds of all processors. */
  cpu: number;
  /** Bytes that live after a collection, and bytes of the process. */
  heap: number;
  resident: number;
}

const IDS = ['jquery', 'framework', 'widgets', 'app', 'metrics'];
const BYTES = 80_000;

const directory = mkdtempSync(join(tmpdir(), 'dynapack-bench-'));
const app = express();

const page = (scripts: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>Bench</title>${scripts}</head><body><p>Hello.</p></body></html>`;

dynosrc.globals({ assetsDir: directory, outputDir: join(directory, 'output') });
for (const id of IDS) {
  mkdirSync(join(directory, id));
  writeFileSync(join(directory, id, '1.0.0.js'), `self.${id} = '${'x y z '.repeat(BYTES / 6)}';`);
  dynosrc.asset(id, { head: '1.0.0' });
}

app.get('/without', (_request, response) => {
  const scripts = IDS.map((id) => `<script src="/js/${id}-0123456789.js"></script>`);
  response.type('html').send(page(scripts.join('')));
});

app.use(dynosrc.middleware());

const render = async (request: { headers: { cookie?: string | undefined } }): Promise<string> => {
  const patches = await dynosrc.getPatches(request, { patches: IDS });
  return page(dynosrc.getClientLib() + patches.join(''));
};

app.get('/with', async (request, response) => {
  response.type('html').send(await render(request));
});

let whole: Promise<string> | undefined;
app.get('/whole', async (_request, response) => {
  whole ??= render({ headers: {} });
  response.type('html').send(await whole);
});

/** A page of elements that are asked for once. */
const joined = (): express.RequestHandler => {
  let elements: Promise<string[]> | undefined;
  return async (request, response) => {
    elements ??= dynosrc.getPatches(request, { patches: IDS });
    response.type('html').send(page(dynosrc.getClientLib() + (await elements).join('')));
  };
};
app.get('/joined', joined());
app.get('/known', joined());

app.get('/usage', (_request, response) => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  const { heapUsed: heap, rss: resident } = process.memoryUsage();
  response.json({ cpu: user + system, heap, resident } satisfies Usage);
});

process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
process.once('SIGTERM', () => process.exit());
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`port ${(server.address() as AddressInfo).port}`);
});
