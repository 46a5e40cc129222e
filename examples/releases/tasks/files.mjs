import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

const compressions = { br: promisify(brotliCompress), gzip: promisify(gzip), identity: async (body) => body };

/** The best content coding that a browser accepts. */
export function encodingFor({ headers }) {
  const accepted = String(headers['accept-encoding']);
  return ['br', 'gzip'].find((name) => new RegExp(`\\b${name}\\b`).test(accepted)) ?? 'identity';
}

/** A body in a content coding. */
export const compress = (body, encoding) => compressions[encoding](body);

/** Compressed bodies by path and content coding: files do not change while the server runs. */
const known = new Map();

async function read(folder, path, encoding) {
  const names = await readdir(folder, { recursive: true });
  const name = path.slice(1);
  if (!names.includes(name) || !(extname(name) in types)) return undefined;
  return { type: types[extname(name)], body: await compress(await readFile(join(folder, name)), encoding) };
}

/** Type and compressed body of the file with a path in a folder, or `undefined` where there is none. */
export function fileOf(folder, path, encoding) {
  const key = `${folder}${path} ${encoding}`;
  if (!known.has(key)) known.set(key, read(folder, path, encoding));
  return known.get(key);
}
