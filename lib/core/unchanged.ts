import type { Module } from '../model';
import type { Demands } from './demand';
import type { Mains } from './halves';
import { type Modules, neededPaths } from './reachable';

/** What modules are asked for. */
export interface Asked {
  demands: Demands;
  /** By path, paths of the modules whose asking made the demand what it is. */
  givers: ReadonlyMap<string, readonly string[]>;
}

/** All modules that a build has asked for anything, by number. */
export interface Sources extends Asked {
  paths: readonly string[];
  numbers: ReadonlyMap<string, number>;
  modules: readonly Module[];
  mains: Mains;
  /** What is asked for once imports mean these. */
  asked: Asked;
  /** The passages that there may be (`through.ts`), by key: whether they are of use. */
  passages: ReadonlyMap<string, boolean>;
}

/**
 * The modules of an earlier build that have not changed since, and which of the others are still needed: a module that has
 * changed may not lead any more to where it led.
 */
export class Unchanged implements Modules {
  /** Numbers of the changed modules that nothing is known to need. */
  private readonly sought: Set<number>;
  private visited: Uint8Array | undefined;

  /**
   * @param earlier the earlier build's modules
   * @param changed paths of some of them
   */
  constructor(
    private readonly earlier: Sources,
    readonly changed: ReadonlySet<string>,
  ) {
    this.sought = new Set([...changed].map((path) => earlier.numbers.get(path) as number));
  }

  /** The module at the path, if it was there and has not changed. */
  get(path: string): Module | undefined {
    const number = this.earlier.numbers.get(path);
    return number === undefined || this.changed.has(path) ? undefined : this.earlier.modules[number];
  }

  /** Of the modules that have not changed. */
  paths(): string[] {
    return this.earlier.paths.filter((path) => !this.changed.has(path));
  }

  /** The only one that has changed: whatever led to it leads to it still. Of several, one may have led to another. */
  only(): string[] {
    if (this.sought.size !== 1) return [];
    this.sought.clear();
    return [...this.changed];
  }

  /** Changed modules that the path leads to, by way of others that have not changed. Gives each only once, whoever asks. */
  behind(path: string): string[] {
    const { paths, numbers, modules } = this.earlier;
    const found: string[] = [];
    const pending = [numbers.get(path)];
    while (pending.length > 0 && this.sought.size > 0) {
      const number = pending.pop();
      if (number === undefined || !this.visit(number)) continue;
      if (this.sought.delete(number)) found.push(paths[number] as string);
      else pending.push(...neededPaths(modules[number] as Module).map((needed) => numbers.get(needed)));
    }
    return found;
  }

  private visit(number: number): boolean {
    this.visited ??= new Uint8Array(this.earlier.paths.length);
    if (this.visited[number] === 1) return false;
    this.visited[number] = 1;
    return true;
  }
}
