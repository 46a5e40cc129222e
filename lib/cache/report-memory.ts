import type { ServedFile, ServedPatch } from '../report/contents';

/** What a call of `report()` remembers from build to build, of bundles and assets that go to the same place. */
export class ReportMemory {
  /** By name: what has not changed does not come by again. */
  readonly served = new Map<string, ServedFile>();
  /** By bundle. */
  readonly patches = new Map<string, readonly ServedPatch[]>();

  /** Takes over what an earlier build has left, of those names that nothing is known of yet. */
  inherit(earlier: ReportMemory, names: Iterable<string>): void {
    for (const name of names) {
      inheritOne(this.served, earlier.served, name);
      inheritOne(this.patches, earlier.patches, name);
    }
  }
}

function inheritOne<Value>(map: Map<string, Value>, earlier: ReadonlyMap<string, Value>, name: string): void {
  const value = earlier.get(name);
  if (value !== undefined && !map.has(name)) map.set(name, value);
}
