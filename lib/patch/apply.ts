/** A patch and the old texts → the new text. `client/patch.ts` is the same for pages. */
import {
  damagedResult,
  malformedPatch,
  missingLiterals,
  outOfBounds,
  oversizedResult,
  unknownVersion,
  wrongBase,
} from './damage';
import { baseId, type Columns, type Hash, MAX_LENGTH, readPatch, resultId, VERSION } from './format';

/**
 * The text that `patch` makes of the old texts, in the order in which they were given to the encoder. Takes time and
 * memory in proportion to the patch and its result.
 * @throws when anything is wrong with the patch or with the old texts: PATCH_VERSION, PATCH_MALFORMED, PATCH_BASE,
 * PATCH_LITERALS, PATCH_SIZE, PATCH_BOUNDS, and PATCH_RESULT when the result's hash is not the announced one
 */
export function applyPatch(patch: string, oldTexts: readonly string[], hash: Hash): string {
  if (/^[\w-]{29}\n/.test(patch) && patch[0] !== VERSION) throw unknownVersion(patch.slice(0, 1));
  const columns = readPatch(patch);
  if (columns === undefined) throw malformedPatch();
  const base = baseId(oldTexts, hash);
  if (columns.base !== base) throw wrongBase(columns.base, base);
  checkSizes(columns);
  const text = assemble(columns, oldTexts.join(''));
  if (resultId(text, hash) !== columns.hash) throw damagedResult();
  return text;
}

/** Before anything is copied: the literals are all there, and the result is no longer than a text may be. */
function checkSizes({ lengths, runs, literals }: Columns): void {
  const needed = runs.reduce((sum, run) => sum + run, 0);
  const copied = lengths.reduce((sum, length) => sum + length, 0);
  if (hasNegative(runs) || hasNegative(lengths)) throw malformedPatch();
  if (needed !== literals.length) throw missingLiterals(needed, literals.length);
  if (needed + copied > MAX_LENGTH) throw oversizedResult();
}

const hasNegative = (numbers: readonly number[]): boolean => numbers.some((number) => number < 0);

function assemble({ offsets, lengths, runs, literals }: Columns, old: string): string {
  const parts: string[] = [];
  let literal = 0;
  let source = 0;
  for (const [index, run] of runs.entries()) {
    parts.push(literals.slice(literal, literal + run));
    literal += run;
    if (index === lengths.length) break;
    const length = lengths[index] as number;
    source += offsets[index] as number;
    if (source < 0 || source + length > old.length) throw outOfBounds(source, length, old.length);
    parts.push(old.slice(source, source + length));
    source += length;
  }
  return parts.join('');
}
