/** Bundle name → served name, from any mix of alias maps, rev manifests and the renamed Files themselves. */

/**
 * Collects what is known of served names. Maps may build on each other: `main.js → main.min.js` from one and
 * `main.min.js → main.min-3f2a.js` from another give `main.js → main.min-3f2a.js`.
 */
export class Aliases {
  private readonly renames = new Map<string, string>();

  /** Adds original name → new name; a later call wins. */
  add(renames: Iterable<readonly [string, string]>): void {
    for (const [from, to] of renames) this.renames.set(from, to);
  }

  /** The served name of a bundle: its own where nothing renames it. */
  servedName(bundle: string): string {
    const passed = new Set([bundle]);
    let name = bundle;
    for (
      let next = this.renames.get(name);
      next !== undefined && !passed.has(next);
      next = this.renames.get(name)
    ) {
      passed.add(next);
      name = next;
    }
    return name;
  }
}
