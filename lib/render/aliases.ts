/** Bundle name → served name, from any mix of alias maps, rev manifests and the renamed Files themselves. */
import { urlPath } from './escape';

/** What a bundle is served as. */
export interface Served {
  /** As it was given. */
  name: string;
  /** The name as part of a URL. */
  url: string;
}

/**
 * A name from a map may end in a query, which stays as it is: what follows `.js?` or `.css?`. Any other question mark is part of
 * the name, as all are in names of Files.
 */
function mappedUrl(name: string): string {
  const query = /(?<=\.(?:js|css))\?.*$/s.exec(name)?.[0] ?? '';
  return urlPath(name.slice(0, name.length - query.length)) + query;
}

/** Adds pairs to a map, and tells whether it was different without them. */
export function addAll<Value>(map: Map<string, Value>, pairs: Iterable<readonly [string, Value]>): boolean {
  let isNew = false;
  for (const [key, value] of pairs) {
    isNew ||= map.get(key) !== value;
    map.set(key, value);
  }
  return isNew;
}

/**
 * Collects what is known of served names. Maps may build on each other and on Files: `main.js → main.min.js` from one
 * and `main.min.js → main.min-3f2a.js` from another give `main.js → main.min-3f2a.js`. A name that is another bundle's
 * own leads no further: what is said of it is said of that bundle.
 */
export class Aliases {
  private readonly files = new Map<string, string>();
  private readonly renames = new Map<string, string>();

  /** Adds original name → new name; a later call wins. */
  add(renames: Iterable<readonly [string, string]>): void {
    addAll(this.renames, renames);
  }

  /** Adds the name of a bundle's File, which is certain; a later call wins. */
  addFile(bundle: string, name: string): void {
    this.files.set(bundle, name);
  }

  /** Whether any File or map says what a bundle is served as. */
  knows(bundle: string): boolean {
    return this.files.has(bundle) || this.renames.has(bundle);
  }

  /** Whether the name comes of a File. */
  knowsFile(bundle: string): boolean {
    return this.files.has(bundle);
  }

  /**
   * Adds all that another collection knows, which is newer.
   * @returns whether any of it was new
   */
  absorb(newer: Aliases): boolean {
    const hasRenamed = addAll(this.renames, newer.renames);
    return addAll(this.files, newer.files) || hasRenamed;
  }

  /**
   * Adds what an older collection knows of bundles that this one knows nothing of.
   * @param bundles their names
   */
  inherit(older: Aliases, bundles: Iterable<string>): void {
    for (const bundle of bundles) {
      const file = this.files.get(bundle) ?? older.files.get(bundle);
      if (file !== undefined) this.files.set(bundle, file);
      for (let name = file ?? bundle; !this.renames.has(name); ) {
        const next = older.renames.get(name);
        if (next === undefined) break;
        this.renames.set(name, next);
        name = next;
      }
    }
  }

  /**
   * What a bundle is served as: its own name where nothing renames it.
   * @param isBundle tells the names of bundles from others
   */
  served(bundle: string, isBundle: (name: string) => boolean): Served {
    const start = this.files.get(bundle) ?? bundle;
    const passed = new Set([start]);
    let name = start;
    while (name === bundle || !isBundle(name)) {
      const next = this.renames.get(name);
      if (next === undefined || passed.has(next)) break;
      passed.add(next);
      name = next;
    }
    return { name, url: name === start ? urlPath(name) : mappedUrl(name) };
  }
}
