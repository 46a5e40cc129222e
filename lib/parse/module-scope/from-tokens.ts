/**
 * Where names stand in the source of an ES module that its top level declares, as tokens tell: in a tenth of the time that a tree takes. Where
 * something of one is not certain, it gives up, and the tree is asked (`from-tree.ts`).
 */
import type { NamePlace, NamePlaces } from '../../core/name-clashes';
import type { Range } from '../../facts';
import { covers } from '../../ranges';
import { giveUp, unlessGivenUp } from '../tokens/give-up';
import { Context, Kind } from '../tokens/kinds';
import { isShorthand, placeOf } from '../tokens/places';
import { scan } from '../tokens/scanner';
import { Shadows } from '../tokens/shadows';
import type { Tokens } from '../tokens/tokens';
import { hashOf } from '../tokens/words';

/** A source, and what is known of it. */
export interface Named {
  source: string;
  /** Declarations of imports and exports without code, sorted. */
  entries: readonly Range[];
  /** What does not count, sorted and apart. */
  dropped: readonly Range[];
}

/**
 * @param names that the top level declares, besides imports
 * @returns `undefined` where one of the names takes a tree
 */
export function placesInTokens(
  { source, entries, dropped }: Named,
  names: ReadonlySet<string>,
): NamePlaces | undefined {
  return unlessGivenUp(() => {
    const tokens = scan(source);
    const shadows = new Shadows();
    const found = findNames(tokens, names, entries, shadows);
    const places = new Map<string, NamePlace[]>([...names].map((name) => [name, []]));
    for (const { name, index } of found) {
      const [start, end] = [tokens.start(index), tokens.end(index)];
      if (shadows.covers(name, index) || covers(dropped, start)) continue;
      places.get(name)?.push({ start, end, isShorthand: isShorthand(tokens, index) });
    }
    return places;
  });
}

/** The tokens that are one of the names, and no keys; and where such a name is declared further in. */
function findNames(
  tokens: Tokens,
  names: ReadonlySet<string>,
  entries: readonly Range[],
  shadows: Shadows,
): { name: string; index: number }[] {
  const hashes = new Set([...names].map(hashOf));
  const found: { name: string; index: number }[] = [];
  for (let index = 1; index <= tokens.last; index++) {
    const kind = tokens.kind(index);
    if (kind === Kind.Property || !hashes.has(tokens.hash(index))) continue;
    const name = tokens.text(index);
    if (!names.has(name) || covers(entries, tokens.start(index))) continue;
    // Of these, some are keywords where they stand: `for (var of of a)`, `async a => a`.
    if (kind !== Kind.Name) giveUp('word');
    const place = placeOf(tokens, index);
    if (place === 'key') continue;
    found.push({ name, index });
    if (typeof place !== 'object' || place.first === 0) continue;
    // A `var` in there may be of the top level.
    if (tokens.context(place.first) === Context.Catch) giveUp('caught');
    shadows.add(name, index, place);
  }
  return found;
}
