/** Thrown where tokens alone do not tell: the module is then read as a tree. No `Error`, since a stack costs. */
export class Uncertain {
  constructor(readonly reason: string) {}
}

/** Throws an `Uncertain`. */
export function giveUp(reason: string): never {
  throw new Uncertain(reason);
}
