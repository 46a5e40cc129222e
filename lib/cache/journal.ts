/** Paths in the order in which they were noted, some more than once. The past is forgotten from time to time. */
export class Journal {
  private paths: string[] = [];
  /** How many have been forgotten. */
  private forgotten = 0;

  get length(): number {
    return this.paths.length;
  }

  /** Where `since` begins for what is noted from now on. */
  get end(): number {
    return this.forgotten + this.paths.length;
  }

  note(path: string): void {
    this.paths.push(path);
  }

  /** What was noted since then; `undefined` when that is not known any more. */
  since(end: number): readonly string[] | undefined {
    return end < this.forgotten ? undefined : this.paths.slice(end - this.forgotten);
  }

  forget(): void {
    this.forgotten = this.end;
    this.paths = [];
  }
}
