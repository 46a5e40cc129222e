/** Compression with a dictionary (RFC 9842), by a Node that can do it: results are kept in .cache. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pair } from './releases';

export interface Compressed {
  /** Bytes of the whole text. */
  full: number;
  /** Bytes of a `dcb` response: its header and the stream. */
  dcb: number;
  milliseconds: number;
}

/** RFC 9842, 4: four bytes of magic and the dictionary's SHA-256. */
const DCB_HEADER = 36;
const CACHE = join(__dirname, '.cache/dcb');
const NODE = join(__dirname, 'node_modules/node/bin/node');

export function compressWithDictionary({ old, text }: Pair): Compressed {
  const key = createHash('sha256').update(`${old.length} `).update(old).update(text).digest('hex');
  const file = join(CACHE, `${key}.json`);
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(join(CACHE, 'old'), old);
    writeFileSync(join(CACHE, 'text'), text);
    const parameters = [join(__dirname, 'dictionary.mjs'), join(CACHE, 'old'), join(CACHE, 'text')];
    writeFileSync(file, execFileSync(currentNode(), parameters));
  }
  const { full, delta, milliseconds } = JSON.parse(readFileSync(file, 'utf8')) as Record<
    'full' | 'delta' | 'milliseconds',
    number
  >;
  return { full, dcb: DCB_HEADER + delta, milliseconds };
}

/** The path of the Node of this folder's package.json, installed first if need be. */
function currentNode(): string {
  if (!existsSync(NODE)) {
    const parameters = ['install', '--prefix', __dirname, '--no-audit', '--no-fund', '--no-package-lock'];
    execFileSync('npm', parameters, { stdio: 'inherit' });
  }
  return NODE;
}
