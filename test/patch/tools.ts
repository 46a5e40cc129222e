/** What the encoder is given in tests, and the page's decoder as a function. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { transformSync } from 'esbuild';
import type { EncoderTools } from '../../lib/patch/encode';

export const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** As a server would, but faster: which of several patches is smallest hardly depends on the quality. */
function compressedSize(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

export const tools: EncoderTools = { hash, compressedSize };

/** client/patch.ts as it stands. */
export const clientSource = transformSync(readFileSync(join(__dirname, '../../client/patch.ts'), 'utf8'), {
  loader: 'ts',
}).code;

export const applyInPage = new Function(`${clientSource}; return applyPatch;`)() as (
  patch: string,
  old: string,
) => string | undefined;
