/**
 * Sets of small numbers as rows of bits, all rows of a matrix in one array: a hundred thousand sets are one
 * allocation, and uniting two is a loop over words.
 */

/** `rows` sets of numbers below the number of columns it was made for. */
export interface BitMatrix {
  rows: number;
  /** 32-bit words per row. */
  words: number;
  data: Uint32Array;
}

/** A matrix of empty sets. */
export function bitMatrix(rows: number, columns: number): BitMatrix {
  const words = (columns + 31) >>> 5;
  return { rows, words, data: new Uint32Array(rows * words) };
}

/** Adds `column` to the set `row`. */
export function addBit(matrix: BitMatrix, row: number, column: number): void {
  const index = row * matrix.words + (column >>> 5);
  matrix.data[index] = (matrix.data[index] as number) | (1 << (column & 31));
}

/** True when the set `row` holds `column`. */
export function hasBit(matrix: BitMatrix, row: number, column: number): boolean {
  return (((matrix.data[row * matrix.words + (column >>> 5)] as number) >>> (column & 31)) & 1) === 1;
}

/** Adds the set `sourceRow` of `source` to the set `row`; both matrices have the same columns. True when that added anything. */
export function uniteRow(matrix: BitMatrix, row: number, source: BitMatrix, sourceRow: number): boolean {
  const { words, data } = matrix;
  const from = source.data;
  let to = row * words;
  let grown = 0;
  for (let at = sourceRow * words, end = at + words; at < end; at++, to++) {
    const old = data[to] as number;
    const united = old | (from[at] as number);
    data[to] = united;
    grown |= united ^ old;
  }
  return grown !== 0;
}

/** Takes from the set `row` what the set `sourceRow` of `source` does not hold; both matrices have the same columns. */
export function intersectRow(matrix: BitMatrix, row: number, source: BitMatrix, sourceRow: number): void {
  const { words, data } = matrix;
  const [to, from] = [row * words, sourceRow * words];
  for (let word = 0; word < words; word++)
    data[to + word] = (data[to + word] as number) & (source.data[from + word] as number);
}

/** Calls `visit` with the members of the set `row`, ascending. */
export function eachBit(matrix: BitMatrix, row: number, visit: (column: number) => void): void {
  const first = row * matrix.words;
  for (let word = 0; word < matrix.words; word++) {
    eachBitOfWord(matrix.data[first + word] as number, (bit) => visit(word * 32 + bit));
  }
}

/** Calls `visit` with the positions of the ones in a 32-bit word, ascending. */
export function eachBitOfWord(word: number, visit: (bit: number) => void): void {
  for (let rest = word; rest !== 0; rest &= rest - 1) visit(31 - Math.clz32(rest & -rest));
}

/** Which rows are equal sets: classes are numbered in the order of their first rows. */
export interface RowClasses {
  /** Class of each row. */
  classOf: Int32Array;
  /** First row of each class. */
  firstRows: number[];
}

/** Groups equal rows, by a hash table over the words themselves: near-linear, and no key is built per row. */
export function classifyRows(matrix: BitMatrix): RowClasses {
  const classOf = new Int32Array(matrix.rows);
  const firstRows: number[] = [];
  const slots = new Int32Array(2 << (32 - Math.clz32(matrix.rows))).fill(-1);
  for (let row = 0; row < matrix.rows; row++) {
    const slot = findSlot(matrix, row, slots, firstRows);
    if (slots[slot] === -1) slots[slot] = firstRows.push(row) - 1;
    classOf[row] = slots[slot] as number;
  }
  return { classOf, firstRows };
}

/** The slot that holds the class equal to `row`, or the free one where it belongs. */
function findSlot(matrix: BitMatrix, row: number, slots: Int32Array, firstRows: readonly number[]): number {
  const mask = slots.length - 1;
  let slot = hashRow(matrix, row) & mask;
  for (; ; slot = (slot + 1) & mask) {
    const known = slots[slot] as number;
    if (known === -1 || rowsEqual(matrix, firstRows[known] as number, row)) return slot;
  }
}

function hashRow({ words, data }: BitMatrix, row: number): number {
  let hash = 0x811c9dc5;
  for (let at = row * words, end = at + words; at < end; at++) {
    hash = Math.imul(hash ^ (data[at] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function rowsEqual({ words, data }: BitMatrix, left: number, right: number): boolean {
  const distance = (right - left) * words;
  for (let at = left * words, end = at + words; at < end; at++) {
    if (data[at] !== data[at + distance]) return false;
  }
  return true;
}
