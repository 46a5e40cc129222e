/** Runs the built package and gives what came out of it. */

import { Script } from 'node:vm';
import dynapack from 'dynapack';
import type File from 'vinyl';
import { type Visit, visit } from './visit';

export interface Packed {
  files: File[];
  /** Bundle name → text. */
  bundles: Record<string, string>;
  /** By name, the files of styles. */
  styles: Record<string, string>;
  /** By name, the files that are neither. */
  assets: Record<string, Buffer>;
  metadata: dynapack.BuildMetadata;
  /** What `scripts()` gave, by relative path. */
  scripts: Record<string, string>;
  /** Opens a page with the snippets of the named entries; the last argument may be globals of the page. */
  visit(...entries: (string | Record<string, unknown>)[]): Promise<Visit>;
}

const text = (file: File): string => String(file.contents);

async function collect(stream: NodeJS.ReadableStream): Promise<File[]> {
  const files: File[] = [];
  for await (const file of stream) files.push(file as unknown as File);
  return files;
}

const isAsset = (file: File): boolean => file.relative.startsWith('assets/');

const byName = (files: File[]): Record<string, string> =>
  Object.fromEntries(files.map((file) => [file.relative, text(file)]));

/**
 * Collects a pack that has been given its entries.
 * @param last what the bundles have gone through, if anything
 */
export async function finish(
  pack: dynapack.Pack,
  scriptsOptions?: dynapack.ScriptsOptions,
  last: NodeJS.ReadableStream = pack,
): Promise<Packed> {
  let metadata: dynapack.BuildMetadata | undefined;
  pack.on('bundled', (found) => {
    metadata = found;
  });
  const files = await collect(last);
  const scriptsStream = pack.scripts(scriptsOptions);
  for (const file of files) scriptsStream.write(file);
  scriptsStream.end();
  const scripts = byName(await collect(scriptsStream));
  const bundles = byName(files.filter((file) => !isAsset(file) && file.extname !== '.css'));
  const styles = byName(files.filter((file) => !isAsset(file) && file.extname === '.css'));
  const assets = files.filter(isAsset).map((file) => [file.relative, file.contents as Buffer]);
  // Whatever else a test asserts: a bundle that no browser can parse is a failure.
  for (const [filename, code] of Object.entries(bundles)) new Script(code, { filename });
  return {
    files,
    bundles,
    styles,
    assets: Object.fromEntries(assets),
    metadata: metadata as dynapack.BuildMetadata,
    scripts,
    visit: (...entries) => {
      const names = entries.filter((entry) => typeof entry === 'string');
      const globals = entries.find((entry) => typeof entry === 'object');
      return visit(
        bundles,
        names.map((entry) => scripts[`${entry}.html`] as string),
        globals,
      );
    },
  };
}

/** What the bundles of a pack go through. */
export type Pipe = (pack: dynapack.Pack) => NodeJS.ReadableStream;

/** Through `minify()`, which leaves all as it is; but modules share functions, as they do where it does not. */
export const sharing: Pipe = (stream) =>
  stream.pipe(stream.minify((code) => ({ code }), { keepNames: false }));

/** Hears the warnings of a pack, which would be shown otherwise. */
export function hush(stream: dynapack.Pack): dynapack.Pack {
  return stream.on('warning', () => undefined);
}

/** Bundles the given entries: absolute paths, records or Files. Warnings go unseen. */
export function pack(
  entries: dynapack.EntryInput[],
  options?: dynapack.Options,
  pipe: Pipe = (stream) => stream,
): Promise<Packed> {
  const stream = hush(dynapack(options));
  for (const entry of entries) stream.write(entry);
  stream.end();
  return finish(stream, undefined, pipe(stream));
}

/** The error that a promise is expected to end with. */
export async function failure(promise: Promise<unknown>): Promise<dynapack.DynapackError> {
  try {
    await promise;
  } catch (error) {
    return error as dynapack.DynapackError;
  }
  throw new Error('expected a failure, but nothing failed');
}
