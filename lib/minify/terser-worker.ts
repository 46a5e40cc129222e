/** In a thread: minifies modules with terser. */
import { parentPort } from 'node:worker_threads';
import { shortNames } from './short-names';

export interface TerserTask {
  /** Path of terser. */
  terser: string;
  code: string;
  hasMap: boolean;
}

/** Errors lose their places on the way from thread to thread, so these go as data. */
export type TerserResult =
  | { code?: string | undefined; map?: unknown }
  | { failure: { message: string; line?: number; col?: number } };

interface Terser {
  minify(code: string, options: object): Promise<{ code?: string | undefined; map?: unknown }>;
}

async function minify({ terser, code, hasMap }: TerserTask): Promise<TerserResult> {
  try {
    const options = {
      mangle: { nth_identifier: shortNames },
      ...(hasMap && { sourceMap: { asObject: true } }),
    };
    const { code: minified, map } = await (require(terser) as Terser).minify(code, options);
    return { code: minified, ...(hasMap && { map }) };
  } catch (error) {
    const { message, line, col } = error as { message: string; line?: number; col?: number };
    return { failure: { message, ...(line !== undefined && { line }), ...(col !== undefined && { col }) } };
  }
}

parentPort?.on('message', async (task: TerserTask) => parentPort?.postMessage(await minify(task)));
