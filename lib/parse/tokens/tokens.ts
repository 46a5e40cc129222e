/** The tokens of one source: columns of numbers, since an object for each would cost more than finding them. */
import { Kind } from './kinds';

const INITIAL = 1 << 16;

/** How many `Edge` tokens stand behind the last one, so that rules may look ahead. */
const AHEAD = 4;

/** The first token is number 1; `Edge` stands before it and behind the last. */
export class Tokens {
  source = '';
  /** The number of the last token. */
  last = 0;
  #kinds: Uint8Array = new Uint8Array(INITIAL);
  #contexts: Uint8Array = new Uint8Array(INITIAL);
  #starts: Int32Array = new Int32Array(INITIAL);
  #ends: Int32Array = new Int32Array(INITIAL);
  #hashes: Int32Array = new Int32Array(INITIAL);
  #parents: Int32Array = new Int32Array(INITIAL);
  #matches: Int32Array = new Int32Array(INITIAL);

  /** Forgets all tokens: the columns serve one source after the other. */
  begin(source: string): void {
    this.source = source;
    this.last = 0;
    this.#kinds[0] = Kind.Edge;
    this.#ends[0] = 0;
  }

  /** @returns the number of the token */
  add(kind: number, start: number, end: number, hash: number, parent: number): number {
    const index = ++this.last;
    if (index + AHEAD >= this.#kinds.length) this.#grow();
    this.#kinds[index] = kind;
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.#hashes[index] = hash;
    this.#parents[index] = parent;
    return index;
  }

  finish(): void {
    for (let index = this.last + 1; index <= this.last + AHEAD; index++) {
      this.#kinds[index] = Kind.Edge;
      this.#starts[index] = this.source.length;
      this.#ends[index] = this.source.length;
      this.#parents[index] = 0;
    }
  }

  kind(index: number): number {
    return this.#kinds[index] as number;
  }

  /** A token that has been read and means nothing any more. */
  disarm(index: number): void {
    this.#kinds[index] = Kind.Property;
  }

  start(index: number): number {
    return this.#starts[index] as number;
  }

  end(index: number): number {
    return this.#ends[index] as number;
  }

  hash(index: number): number {
    return this.#hashes[index] as number;
  }

  text(index: number): string {
    return this.source.slice(this.start(index), this.end(index));
  }

  /** Whether the token is this text. */
  is(index: number, text: string): boolean {
    return (
      this.end(index) - this.start(index) === text.length && this.source.startsWith(text, this.start(index))
    );
  }

  /** The bracket around the token, 0 for none. */
  parent(index: number): number {
    return this.#parents[index] as number;
  }

  /** The other bracket of a pair. Of a template's part, the next one. */
  match(index: number): number {
    return this.#matches[index] as number;
  }

  pair(open: number, close: number): void {
    this.#matches[open] = close;
    this.#matches[close] = open;
  }

  /** What an opening bracket holds, or what a colon is for; of 0, that the outermost level is code. */
  context(index: number): number {
    return index === 0 ? 0 : (this.#contexts[index] as number);
  }

  setContext(index: number, context: number): void {
    this.#contexts[index] = context;
  }

  /** What the brackets around the token hold. */
  enclosingContext(index: number): number {
    return this.context(this.parent(index));
  }

  /** Whether a line ends between the token and the one before it. */
  isOnNewLine(index: number): boolean {
    return index === 1 || this.hasLineEnd(index - 1, this.start(index));
  }

  /** Whether a line ends behind the token, before the offset. */
  hasLineEnd(index: number, start: number): boolean {
    for (let offset = this.end(index); offset < start; offset++) {
      if (this.source.charCodeAt(offset) === 10) return true;
    }
    return false;
  }

  #grow(): void {
    const size = this.#kinds.length * 2;
    const bytes = (old: Uint8Array) => copyInto(new Uint8Array(size), old);
    const numbers = (old: Int32Array) => copyInto(new Int32Array(size), old);
    this.#kinds = bytes(this.#kinds);
    this.#contexts = bytes(this.#contexts);
    this.#starts = numbers(this.#starts);
    this.#ends = numbers(this.#ends);
    this.#hashes = numbers(this.#hashes);
    this.#parents = numbers(this.#parents);
    this.#matches = numbers(this.#matches);
  }
}

function copyInto<Column extends Uint8Array | Int32Array>(target: Column, old: Column): Column {
  target.set(old);
  return target;
}
