/** `dynapack patch` and `dynapack apply`: patches between files, for people and for scripts. */
import { brotliCompressSync } from 'node:zlib';
import { createTwoFilesPatch } from 'diff';
import { readText, writeText } from '../fs/files';
import { sha256 } from '../hash';
import { applyPatch } from '../patch/apply';
import { type EncoderTools, encodePatch } from '../patch/encode';
import type { Output } from './output';

export interface PatchCommand {
  action: 'patch' | 'apply';
  /** Old files and the new one; or the patch and the old files. */
  files: string[];
  /** Where the result goes; to standard output without it. */
  output: string | undefined;
  /** Show what has changed, line by line, in place of the patch. */
  show: boolean;
}

const compressedSize = (text: string): number => brotliCompressSync(text).length;
const tools: EncoderTools = { hash: sha256, compressedSize };

function makePatch(files: readonly string[], show: boolean, stderr: Output): string {
  const [newFile, ...oldFiles] = [...files].reverse() as [string, ...string[]];
  const text = readText(newFile);
  const olds = oldFiles.reverse().map(readText);
  if (show) return createTwoFilesPatch(oldFiles.join(', '), newFile, olds.join(''), text);
  const patch = encodePatch(olds, text, tools);
  const [size, full] = [compressedSize(patch), compressedSize(text)];
  stderr.write(`${size} bytes after brotli, ${((100 * size) / full).toFixed(1)} % of ${newFile} (${full})\n`);
  return patch;
}

function usePatch([patch, ...oldFiles]: readonly string[]): string {
  return applyPatch(readText(patch as string), oldFiles.map(readText), sha256);
}

/**
 * Makes or applies a patch.
 * @throws what `encodePatch` and `applyPatch` throw, and NOT_FOUND, NOT_A_FILE, UNREADABLE or NOT_TEXT
 */
export function runPatchCommand(
  { action, files, output, show }: PatchCommand,
  stdout: Output,
  stderr: Output,
): void {
  const result = action === 'patch' ? makePatch(files, show, stderr) : usePatch(files);
  if (output === undefined) stdout.write(result);
  else writeText(output, result);
}
