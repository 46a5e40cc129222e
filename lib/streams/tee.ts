/** Files pass, and go into another stream as well. */
import type { Writable } from 'node:stream';
import { objectTransform } from 'through2';

/** @param other ends with it; a stream that keeps what it is given to the end */
export const createTee = (other: Writable) =>
  objectTransform(async function* (source: AsyncIterable<unknown>) {
    for await (const file of source) {
      other.write(file);
      yield file;
    }
    other.end();
  });
