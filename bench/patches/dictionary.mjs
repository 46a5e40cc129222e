/** Prints the bytes of a file under brotli 11, alone and with an older file as dictionary. For Node 24.15 and later. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const [old, text] = process.argv.slice(2).map((path) => readFileSync(path));
const params = {
  [constants.BROTLI_PARAM_QUALITY]: 11,
  [constants.BROTLI_PARAM_LGWIN]: 24,
  [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
};
const full = brotliCompressSync(text, { params }).length;
const start = performance.now();
const delta = brotliCompressSync(text, { params, dictionary: old }).length;
console.log(JSON.stringify({ full, delta, milliseconds: performance.now() - start }));
