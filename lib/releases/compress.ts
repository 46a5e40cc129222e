/** What the encoder needs of Node. */
import { brotliCompressSync, constants } from 'node:zlib';
import { sha256 } from '../hash';
import type { EncoderTools } from '../patch/encode';

/** Bytes up to which the best quality takes no time worth mentioning: most patches. */
const SHORT = 4_000;
const MIN_WINDOW = 10;
const MAX_WINDOW = 22;

/**
 * Bytes after brotli: of long texts at a quality that takes a hundredth of the time and gives some percent more. A window
 * that is larger than the text would cost more than the compression.
 */
function compressedSize(text: string): number {
  const bytes = Buffer.from(text);
  const window = Math.ceil(Math.log2(bytes.length + 16));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: bytes.length <= SHORT ? 11 : 9,
    [constants.BROTLI_PARAM_LGWIN]: Math.min(MAX_WINDOW, Math.max(MIN_WINDOW, window)),
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

export const tools: EncoderTools = { hash: sha256, compressedSize };
