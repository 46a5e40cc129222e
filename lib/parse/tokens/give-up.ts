/** How the reader of tokens gives up: the module is then read as a tree. `from-tokens.ts` says when, and why that is safe. */

/** What is thrown. No `Error`, since a stack costs. */
export class GivenUp {
  /** @param reason for people who look into the reader; nobody else asks for it */
  constructor(readonly reason: string) {}
}

/** @throws GivenUp */
export function giveUp(reason: string): never {
  throw new GivenUp(reason);
}

/** The result, or `undefined` where the work gives up, or where the stack is too small for the nesting. */
export function unlessGivenUp<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GivenUp || error instanceof RangeError) return undefined;
    throw error;
  }
}
