/**
 * The thread that works on whole texts. It makes patches: an old text and a new one come in, a patch and sizes go out; and it tells whether a
 * script is an ES module.
 */
import { parentPort } from 'node:worker_threads';
import { brotliCompressSync, constants } from 'node:zlib';
import { sha256 } from '../hash';
import { encodePatch, isPatchable } from '../patch/encode';
import { moduleRefusalOf } from './module-refusal';

/** Long texts come as bytes in memory that threads share. */
type Given = string | Uint8Array;

export interface EncodeJob {
  old: Given;
  text: Given;
}

export interface CheckJob {
  script: Given;
}

export interface Refusal {
  refusal: string | undefined;
}

/** A patch that makes the text of the old one, with the bytes of both after compression. */
export interface Encoded {
  patch: string;
  size: number;
  full: number;
}

/** Compresses nearly as well as the best level, in a fraction of its time. */
const parameters = { [constants.BROTLI_PARAM_QUALITY]: 9 };
const compressedSize = (text: string): number => brotliCompressSync(text, { params: parameters }).length;

const toText = (given: Given): string =>
  typeof given === 'string'
    ? given
    : Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString();

function encode(old: string, text: string): Encoded | undefined {
  if (!isPatchable(old) || !isPatchable(text)) return undefined;
  const patch = encodePatch([old], text, { hash: sha256, compressedSize });
  return { patch, size: compressedSize(patch), full: compressedSize(text) };
}

const work = (job: EncodeJob | CheckJob): Encoded | Refusal | undefined =>
  'script' in job
    ? { refusal: moduleRefusalOf(toText(job.script)) }
    : encode(toText(job.old), toText(job.text));

parentPort?.on('message', (job: EncodeJob | CheckJob) => parentPort?.postMessage(work(job)));
