/**
 * What modules weigh where bundles are merged: bytes of their sources, without the statements that are left out, and rounded. Texts are not rendered yet
 * then, and minified later, if at all; mergers follow from ratios. Of three hundred bytes or three thousand, an edit of a few rarely leads to
 * another number, and so to other bundles. When it does, builds plan anew (`run.ts`), so that what comes out never depends on what was built before.
 */
import type { Module } from '../model';
import { isStyle } from './kinds';

/** Bytes of a module, to an eighth of the power of two below. */
export const sizeOf = (module: Module): number => rounded(bytesOf(module));

function bytesOf(module: Module): number {
  if (module.isBridge) return 0;
  // In scripts there is nothing of a style but its names.
  if (isStyle(module)) return JSON.stringify(module.facts.style?.names ?? {}).length;
  const { source, dropped = [] } = module;
  const left = dropped.map(({ start, end }) => countBytes(source, start, end));
  return left.reduce((bytes, each) => bytes - each, countBytes(source, 0, source.length));
}

/** Of a part of a text in UTF-8. A surrogate is half a character of four bytes. */
function countBytes(text: string, start: number, end: number): number {
  let bytes = end - start;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    bytes += code < 0x800 || (code & 0xf800) === 0xd800 ? 1 : 2;
  }
  return bytes;
}

function rounded(bytes: number): number {
  const step = 2 ** Math.max(0, 28 - Math.clz32(bytes));
  return Math.round(bytes / step) * step;
}
