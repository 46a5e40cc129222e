/** Thrown where tokens alone do not tell: the module is then read as a tree. No `Error`, since a stack costs. */
export class Uncertain {
  constructor(readonly reason: string) {}
}

/** Throws an `Uncertain`. */
export function giveUp(reason: string): never {
  throw new Uncertain(reason);
}

/** The result, or `undefined` where an `Uncertain` was thrown, or where the stack is too small for the nesting. */
export function ifCertain<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Uncertain || error instanceof RangeError) return undefined;
    throw error;
  }
}
