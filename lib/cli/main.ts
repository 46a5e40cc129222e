/** The command: entries on the command line in, bundles and HTML on the disk out, and what was done printed. */
import { join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

import type File = require('vinyl');

import { dest } from 'vinyl-fs';
import { DynapackError, overwritesSource } from '../errors';
import { canonicalPath } from '../fs/files';
import type { BuildMetadata, Bundle } from '../model';
import { createPack, type Pack } from '../pack';
import { tagOf } from '../streams/tags';
import type { BuildWarning } from '../warnings';
import { type Command, help, readArguments } from './arguments';
import { showProgress } from './progress';
import { summarise } from './summary';

interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

const version = (): string => (require('dynapack/package.json') as { version: string }).version;

/** Keeps what passes through the pack for the summary. */
function collect(pack: Pack): { bundles: Bundle[]; metadata(): BuildMetadata } {
  const bundles: Bundle[] = [];
  let metadata: BuildMetadata | undefined;
  pack.on('bundled', (found) => {
    metadata = found;
  });
  pack.on('data', (file: File) => {
    const name = tagOf(file).bundle as string;
    bundles.push({ name, modules: metadata?.bundles[name] ?? [], contents: String(file.contents) });
  });
  return { bundles, metadata: () => metadata as BuildMetadata };
}

/** The source that a file written into `output` would replace, if any. */
function findOverwritten({ bundles, entries, files }: BuildMetadata, output: string): string | undefined {
  const snippets = Object.keys(entries).map((entry) => `${entry}.html`);
  const names = Object.keys(bundles).flatMap((name) => [name, `${name}.map`]);
  const written = [...names, ...snippets, 'aliases.json', 'manifest.json'];
  const sources = new Set(files.map((path) => canonicalPath(path, true)));
  return written.map((name) => canonicalPath(join(output, name), true)).find((path) => sources.has(path));
}

/** Fails a pack before anything of it is written if that would replace a source. */
function guardSources(pack: Pack, output: string): void {
  pack.on('bundled', (metadata) => {
    const source = findOverwritten(metadata, resolve(output));
    if (source !== undefined) pack.destroy(overwritesSource(source, output));
  });
}

async function bundle(
  { entries, output, prefix, debug, sourcemaps }: Command,
  stdout: Output,
  stderr: Output,
): Promise<void> {
  const pack = createPack({ prefix, debug, sourcemaps });
  const built = collect(pack);
  guardSources(pack, output);
  showProgress(pack, stderr);
  pack.on('warning', (warning) => stderr.write(warningText(warning)));
  for (const entry of entries) pack.write(resolve(entry));
  pack.end();
  await pipeline(pack, dest(output, { sourcemaps: '.' }), pack.scripts(), dest(output));
  const shorten = (path: string): string => relative(process.cwd(), path);
  stdout.write(summarise(built.metadata(), built.bundles, shorten));
  stdout.write(`Written to ${shorten(resolve(output)) || '.'}\n`);
}

/** What the system refused is said in its own words; only what nobody foresaw has a stack. */
function explain(error: unknown): string {
  if (error instanceof DynapackError) return error.toString();
  const { syscall, message, stack } = error as NodeJS.ErrnoException;
  return syscall === undefined ? (stack ?? message) : `dynapack: ${message}`;
}

const isWrongOption = (error: unknown): boolean =>
  error instanceof DynapackError && error.code === 'INVALID_OPTION';

/**
 * Runs the command.
 * @param args the arguments after `dynapack`
 * @returns the exit code: 0 done, 1 the build failed, 2 the command line is wrong
 */
export async function main(args: readonly string[], stdout: Output, stderr: Output): Promise<number> {
  const read = readArguments(args);
  if ('usage' in read) {
    stderr.write(`dynapack: ${read.usage}\n\n${help}`);
    return 2;
  }
  if ('print' in read) {
    stdout.write(read.print === 'help' ? help : `${version()}\n`);
    return 0;
  }
  try {
    await bundle(read.command, stdout, stderr);
    return 0;
  } catch (error) {
    stderr.write(`${explain(error)}\n`);
    return isWrongOption(error) ? 2 : 1;
  }
}

function warningText({ path, lineNumber, columnNumber, message, hint }: BuildWarning): string {
  const place = lineNumber === undefined ? path : `${path}:${lineNumber}:${columnNumber}`;
  return `warning: ${place} ${message}\n  ${hint}\n`;
}
