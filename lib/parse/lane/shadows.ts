/** Where names are declared once more, and mean something else. */
import type { Binding, Scope } from './bindings';
import { giveUp } from './uncertain';

/** Gathers what is done to names, token by token; what is a shadow is known when all is gathered. */
export class Shadows {
  readonly #scopes = new Map<string, Scope[]>();
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

  /** Throws an `Uncertain` where a name is written to that no function or block declares. */
  assertUnwritten(): void {
    for (const { name, index } of this.#written) if (!this.covers(name, index)) giveUp('written');
  }

  /** Whether the token, which is the name, means what is declared around it. */
  covers(name: string, index: number): boolean {
    const scopes = this.#scopes.get(name) ?? [];
    return scopes.some(({ first, last }) => first <= index && index <= last);
  }
}
