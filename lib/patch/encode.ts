/** Old texts and a new one → a patch: parsed with a few prices, and the patch that compresses best. */
import { unpatchableText } from './damage';
import { baseId, type Copy, type Hash, MAX_LENGTH, MAX_RENAMED, resultId, writePatch } from './format';
import { createMatcher, type Matcher } from './matches';
import { guessOrders, type NameChange, placeOf } from './name-order';
import { type Rename, renameNames } from './names';
import { parseOptimally } from './optimal-parse';
import { guessPrices, measurePrices } from './prices';
import { areNamesChanged, findNameChanges } from './renames';

export interface EncoderTools {
  hash: Hash;
  /** Bytes that a text has as it is served, after the best compression the server knows. */
  compressedSize(text: string): number;
  /** Try fewer ways to write the patch: less than a percent larger, in four fifths of the time. Default `false`. */
  isHurried?: boolean;
}

/**
 * Prices of a literal alone and of one in a long run, in bits. Renamed variables are better copied around; written
 * text is better left whole, for brotli to find its words and repetitions.
 */
const GUESSES: readonly (readonly [short: number, long: number])[] = [
  [5, 3],
  [5, 2],
  [5, 1.25],
];

/** What the first parse is made with, which the others are measured on. */
const FIRST_GUESS = [5, 3] as const;

/** The one of the others that is best most often. */
const HURRIED_GUESSES = [[5, 2]] as const;

/**
 * Units of old texts for which renames must save a byte: a page goes through a million in some 40 ms, which patches
 * without renames do not take.
 */
const UNITS_PER_BYTE = 2 ** 13;

/** Units compared per unit of the texts, before a parse reduces its effort: twice what the hardest release takes. */
const EFFORT = 25;
const LEAST_EFFORT = 1_000_000;
const BYTE_ORDER_MARK = 0xfeff;

/** The old texts after some renames, and what a first parse copies from them. */
interface Draft {
  renames: readonly Rename[];
  /** In which renames take their steps. */
  order: string;
  matcher: Matcher;
  copies: Copy[];
}

/**
 * The patch that makes `text` of the old texts, which the decoder must be given in the same order. Equal input
 * gives equal patches. Time is bounded by the lengths of the texts times a constant, memory likewise.
 * @throws PATCH_TEXT when a text is none that a page can see; see format.ts
 */
export function encodePatch(oldTexts: readonly string[], text: string, tools: EncoderTools): string {
  for (const old of oldTexts) checkText(old);
  checkText(text);
  const header = baseId(oldTexts, tools.hash) + resultId(text, tools.hash);
  const measure = ({ renames, order }: Draft, copies: readonly Copy[]): MeasuredPatch => {
    const patch = writePatch(header, copies, text, renames, order);
    return { patch, size: tools.compressedSize(patch) };
  };
  const draft = chooseDraft(oldTexts.join(''), text, (each) => measure(each, each.copies).size);
  let best: MeasuredPatch | undefined;
  for (const copies of listParses(draft, tools.isHurried ? HURRIED_GUESSES : GUESSES)) {
    const measured = measure(draft, copies);
    if (best === undefined || measured.size < best.size) best = measured;
  }
  return best?.patch ?? writePatch(header, [], text);
}

interface MeasuredPatch {
  patch: string;
  size: number;
}

/** The draft without renames, or the best with them, where that is worth its making. */
function chooseDraft(old: string, text: string, sizeOf: (draft: Draft) => number): Draft {
  const plain = makeDraft(old, text);
  if (isHard(plain) || old.length > MAX_RENAMED || !areNamesChanged(text, plain.copies)) return plain;
  const changes = findNameChanges(old, text, guessPrices(...FIRST_GUESS), limitOf(plain.matcher));
  if (changes.length === 0) return plain;
  const orders = guessOrders(changes);
  const renamed = makeDraft(renameNames(old, stepsIn(orders[0], changes), orders[0])[0], text);
  let best = plain;
  let least = sizeOf(plain) - old.length / UNITS_PER_BYTE;
  for (const order of orders) {
    const draft = { ...renamed, order, renames: stepsIn(order, changes) };
    const size = sizeOf(draft);
    if (size < least) [best, least] = [draft, size];
  }
  return best;
}

const stepsIn = (order: string, changes: readonly NameChange[]): Rename[] =>
  changes.map(({ gap, old, name }) => ({ gap, step: placeOf(name, order) - placeOf(old, order) }));

/** A draft without renames. */
function makeDraft(old: string, text: string): Draft {
  const matcher = createMatcher(toUnits(old), toUnits(text));
  const copies = parseOptimally(matcher, guessPrices(...FIRST_GUESS), limitOf(matcher));
  return { renames: [], order: '', matcher, copies };
}

/** Units that a parse may compare. */
const limitOf = ({ old, text }: Matcher): number =>
  Math.max(LEAST_EFFORT, EFFORT * (old.length + text.length));

const isHard = ({ matcher }: Draft): boolean => matcher.work > limitOf(matcher);

/** Parses worth comparing: the first alone when most is new, which no price changes, or when it was hard to find. */
function* listParses(start: Draft, guesses: typeof GUESSES): Generator<Copy[]> {
  const { matcher, copies } = start;
  const size = matcher.text.length;
  const copied = copies.reduce((sum, { length }) => sum + length, 0);
  if (copied < size / 2 || isHard(start)) {
    yield copies;
    return;
  }
  const limit = limitOf(matcher);
  for (const [short, long] of guesses) {
    const prices = measurePrices(matcher.text, copies, guessPrices(short, long));
    yield parseOptimally(matcher, prices, matcher.work + limit);
  }
}

/** Why no patch can be made of a text, or from it. */
function findObstacle(text: string): string | undefined {
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) return 'begins with a byte order mark';
  if (/\p{Surrogate}/u.test(text)) return 'holds half a surrogate pair';
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} units`;
  return undefined;
}

/** True for texts that a page sees as they are; see format.ts. */
export const isPatchable = (text: string): boolean => findObstacle(text) === undefined;

function checkText(text: string): void {
  const obstacle = findObstacle(text);
  if (obstacle !== undefined) throw unpatchableText(obstacle);
}

function toUnits(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
  return units;
}
