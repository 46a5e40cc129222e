/** Where names are declared once more, and mean something else. */
import { countUpTo } from '../ascending';
import type { Binding, Scope } from './bindings';
import { giveUp } from './give-up';

/** The scopes of one name by where they begin, and how far those up to each of them reach. */
interface Reach {
  firsts: number[];
  lasts: number[];
}

/** Gathers what is done to names, token by token; what is a shadow is known when all is gathered. */
export class Shadows {
  readonly #scopes = new Map<string, Scope[]>();
  readonly #reaches = new Map<string, Reach>();
  readonly #written: { name: string; index: number }[] = [];

  /** Notes what the token does with the name that it is. */
  add(name: string, index: number, binding: Binding): void {
    if (binding === 'written') {
      this.#written.push({ name, index });
      return;
    }
    const scopes = this.#scopes.get(name);
    if (scopes) scopes.push(binding);
    else this.#scopes.set(name, [binding]);
  }

  /** Gives up where a name is written to that no function or block declares. */
  assertUnwritten(): void {
    for (const { name, index } of this.#written) if (!this.covers(name, index)) giveUp('written');
  }

  /** Whether the token, which is the name, means what is declared around it. To be asked when all is gathered. */
  covers(name: string, index: number): boolean {
    const scopes = this.#scopes.get(name);
    if (scopes === undefined) return false;
    let reach = this.#reaches.get(name);
    if (reach === undefined) {
      reach = reachOf(scopes);
      this.#reaches.set(name, reach);
    }
    const before = countUpTo(reach.firsts, index);
    return before > 0 && index <= (reach.lasts[before - 1] as number);
  }
}

function reachOf(scopes: Scope[]): Reach {
  scopes.sort((a, b) => a.first - b.first);
  let furthest = 0;
  const lasts = scopes.map(({ last }) => {
    furthest = Math.max(furthest, last);
    return furthest;
  });
  return { firsts: scopes.map(({ first }) => first), lasts };
}
