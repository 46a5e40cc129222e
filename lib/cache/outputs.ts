import type { Outcome } from '../build';
import type { Bundle } from '../model';
import type { ServedText } from '../releases/manifest';
import type { Finished } from '../run';
import type { Mark } from './memory';
import { ScriptsMemory } from './scripts-memory';

/** What is remembered of the builds of the same entries with the same options. */
export class Outputs {
  /** The last build, and when it began. */
  last: { build: Finished; mark: Mark } | undefined;
  readonly scripts = new ScriptsMemory();
  /** What `patches()` was told of bundles: those that have not changed do not come by again. */
  readonly texts = new Map<string, ServedText>();
  private emitted: readonly Bundle[] = [];
  private delivery: { isComplete: boolean } | undefined;

  /**
   * The bundles to emit: those whose text or map differs from what was emitted last, or all, when that may not have arrived.
   * Called when they are about to be.
   * @param delivery tells, once the next build asks, whether they have arrived
   */
  toEmit({ bundles }: Outcome, delivery: { isComplete: boolean }): Bundle[] {
    if (!this.delivery?.isComplete) this.forget();
    this.delivery = delivery;
    const before = this.emitted;
    this.emitted = bundles;
    // Mostly they are the same objects at the same places.
    const suspects = bundles.filter((bundle, index) => bundle !== before[index]);
    const names = new Set(suspects.map(({ name }) => name));
    const known = new Map(before.filter(({ name }) => names.has(name)).map((each) => [each.name, each]));
    return suspects.filter((bundle) => !isSameBundle(known.get(bundle.name), bundle));
  }

  private forget(): void {
    this.emitted = [];
    this.scripts.forgetEmitted();
  }
}

function isSameBundle(before: Bundle | undefined, now: Bundle): boolean {
  if (before === now) return true;
  return before?.contents === now.contents && JSON.stringify(before.map) === JSON.stringify(now.map);
}
