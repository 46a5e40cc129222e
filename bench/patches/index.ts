/**
 * How large patches are, and what they cost: `npx tsx bench/patches/index.ts [part of a name]`. Sizes are what
 * travels: everything is under brotli 11, and a `dcb` response and a patch have their headers.
 */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { applyPatch } from '../../lib/patch/apply';
import { encodePatch } from '../../lib/patch/encode';
import { applyInPage } from '../../test/patch/tools';
import { compressWithDictionary } from './dictionary';
import { listPairs, type Pair } from './releases';

interface Row {
  name: string;
  size: number;
  full: number;
  dcb: number;
  patch: number;
  encode: number;
  decode: number;
}

/** A `dcb` response below this is mostly header. */
const SMALL = 300;
const DECODINGS = 7;

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

function compressedSize(text: string): number {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
  };
  return brotliCompressSync(text, { params }).length;
}

/** CPU milliseconds of `action`, so that what else runs on the machine does not count. */
function measureEncoding<Result>(action: () => Result): [result: Result, milliseconds: number] {
  const start = process.cpuUsage();
  const result = action();
  const { user, system } = process.cpuUsage(start);
  return [result, (user + system) / 1_000];
}

/** Milliseconds of `action`, the least of several: it is too short for the clock of the CPU. */
function measureDecoding(action: () => unknown): number {
  const times = Array.from({ length: DECODINGS }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function measurePair(pair: Pair): Row {
  const { full, dcb } = compressWithDictionary(pair);
  const decoder = new TextDecoder();
  const old = decoder.decode(pair.old);
  const text = decoder.decode(pair.text);
  const [patch, encode] = measureEncoding(() => encodePatch([old], text, { hash, compressedSize }));
  if (applyPatch(patch, [old], hash) !== text)
    throw new Error(`The patch of ${pair.name} gives another text`);
  const decode = measureDecoding(() => applyInPage(patch, old));
  return { name: pair.name, size: text.length, full, dcb, patch: compressedSize(patch), encode, decode };
}

const HEADINGS = ['release', 'units', 'full', 'dcb', 'patch', 'of dcb', 'encode ms', 'decode ms'];
const WIDTHS = [48, 10, 9, 8, 8, 8, 11, 11];

function printRow([name, ...cells]: readonly (string | number)[]): void {
  const rest = cells.map((cell, index) => String(cell).padStart(WIDTHS[index + 1] as number));
  console.log(String(name).padEnd(WIDTHS[0] as number) + rest.join(''));
}

const geometricMean = (values: readonly number[]): string =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length).toFixed(3);

function printMeans(title: string, rows: readonly Row[]): void {
  const ratios = rows.map(({ patch, dcb }) => patch / dcb);
  const ofFull = geometricMean(rows.map(({ patch, full }) => patch / full));
  const worst = Math.max(...ratios).toFixed(3);
  console.log(
    `${title} (${rows.length}): ${geometricMean(ratios)} of dcb, at worst ${worst}; ${ofFull} of full`,
  );
}

const rows: Row[] = [];
printRow(HEADINGS);
for (const pair of listPairs(process.argv[2])) {
  const row = measurePair(pair);
  const { name, size, full, dcb, patch, encode, decode } = row;
  rows.push(row);
  printRow([name, size, full, dcb, patch, (patch / dcb).toFixed(3), encode.toFixed(0), decode.toFixed(1)]);
}
printMeans('geometric means, all', rows);
printMeans(
  `geometric means, dcb > ${SMALL} B`,
  rows.filter(({ dcb }) => dcb > SMALL),
);
