/** A patch and the old texts → the new text. `client/patch.ts` is the same for pages. */
import {
  damagedResult,
  malformedPatch,
  missingLiterals,
  outOfBounds,
  oversizedResult,
  unknownVersion,
  unusedRenames,
  wrongBase,
} from './damage';
import {
  baseId,
  type Columns,
  type Hash,
  MAX_LENGTH,
  MAX_RENAMED,
  readPatch,
  resultId,
  VERSIONS,
} from './format';
import { renameNames } from './names';

/**
 * The text that `patch` makes of the old texts, in the order in which they were given to the encoder. Takes time and
 * memory in proportion to the patch and its result, and to the old texts where names of them change.
 * @throws when anything is wrong with the patch or with the old texts: PATCH_VERSION, PATCH_MALFORMED, PATCH_BASE,
 * PATCH_LITERALS, PATCH_SIZE, PATCH_BOUNDS, and PATCH_RESULT when the result's hash is not the announced one
 */
export function applyPatch(patch: string, oldTexts: readonly string[], hash: Hash): string {
  if (/^[\w-]{29}\n/.test(patch) && !VERSIONS.includes(patch.charAt(0)))
    throw unknownVersion(patch.slice(0, 1));
  const columns = readPatch(patch);
  if (columns === undefined) throw malformedPatch();
  const base = baseId(oldTexts, hash);
  if (columns.base !== base) throw wrongBase(columns.base, base);
  checkSizes(columns);
  const text = assemble(columns, rename(oldTexts.join(''), columns));
  if (resultId(text, hash) !== columns.hash) throw damagedResult();
  return text;
}

/** Before anything is copied: the literals are all there, and the result is no longer than a text may be. */
function checkSizes({ lengths, runs, renames, literals }: Columns): void {
  const needed = runs.reduce((sum, run) => sum + run, 0);
  const copied = lengths.reduce((sum, length) => sum + length, 0);
  const gaps = renames.map(({ gap }) => gap);
  if ([lengths, runs, gaps].some(hasNegative)) throw malformedPatch();
  if (needed !== literals.length) throw missingLiterals(needed, literals.length);
  if (needed + copied > MAX_LENGTH) throw oversizedResult();
}

const hasNegative = (numbers: readonly number[]): boolean => numbers.some((number) => number < 0);

/** The old texts as copies are taken of them. */
function rename(old: string, { renames, order }: Columns): string {
  if (renames.length > 0 && old.length > MAX_RENAMED) throw oversizedResult();
  const [renamed, used] = renameNames(old, renames, order);
  if (used < renames.length) throw unusedRenames(renames.length - used);
  return renamed;
}

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
