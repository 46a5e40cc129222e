/** Reserved words and names of interest, found by the hash that the scanner makes of every name. */
import { WEBPACK_NAMES } from '../concerns/foreign-names';
import { Kind } from './kinds';

const WORDS: readonly (readonly [Kind, string])[] = [
  [Kind.Of, 'of'],
  [Kind.Async, 'async'],
  [Kind.Accessor, 'get set'],
  [Kind.Import, 'import'],
  [Kind.Export, 'export'],
  [Kind.Default, 'default'],
  [Kind.Function, 'function'],
  [Kind.Class, 'class'],
  [Kind.Declare, 'var let const'],
  [Kind.If, 'if'],
  [Kind.While, 'while'],
  [Kind.For, 'for'],
  [Kind.Switch, 'switch'],
  [Kind.Catch, 'catch'],
  [Kind.Block, 'else do try finally'],
  [Kind.Return, 'return'],
  [Kind.Case, 'case'],
  [Kind.New, 'new'],
  [Kind.Extends, 'extends'],
  [Kind.Static, 'static'],
  [Kind.In, 'in instanceof'],
  [Kind.Prefix, 'typeof void delete throw'],
  [Kind.Await, 'await'],
  [Kind.Yield, 'yield'],
  [Kind.Jump, 'break continue debugger'],
  [Kind.This, 'this super'],
  [Kind.Literal, 'true false null'],
  [Kind.Arguments, 'arguments'],
  [Kind.Process, 'process'],
  [
    Kind.Watched,
    'require module exports Buffer global __filename __dirname setImmediate clearImmediate with enum eval implements interface package private protected public',
  ],
  [Kind.Ensure, 'ensure'],
  [Kind.Foreign, [...WEBPACK_NAMES, 'define'].join(' ')],
];

const SIZE = 1024;
const names: string[] = new Array<string>(SIZE).fill('');
const kinds = new Uint8Array(SIZE);

/** The hash of a name goes on with each of its characters. */
export const hashOn = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

/** The hash of a whole name. */
export function hashOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = hashOn(hash, name.charCodeAt(index));
  return hash;
}

function add(word: string, kind: Kind): void {
  let slot = hashOf(word) & (SIZE - 1);
  while (kinds[slot] !== 0) slot = (slot + 1) & (SIZE - 1);
  names[slot] = word;
  kinds[slot] = kind;
}

for (const [kind, words] of WORDS) for (const word of words.split(' ')) add(word, kind);

/** The kind of the name from `start` to `end`, whose hash is given. */
export function wordKind(source: string, start: number, end: number, hash: number): number {
  for (let slot = hash & (SIZE - 1); kinds[slot] !== 0; slot = (slot + 1) & (SIZE - 1)) {
    const name = names[slot] as string;
    if (name.length === end - start && source.startsWith(name, start)) return kinds[slot] as number;
  }
  return Kind.Name;
}
