/** A text and the choices of its bases → the patches that are worth it. Pure, and slow: it runs in threads. */
import { type EncoderTools, encodePatch, isPatchable } from '../patch/encode';
import { type Columns, readPatch } from '../patch/format';
import { renameNames } from '../patch/names';

export interface PatchTask {
  text: string;
  /** Old texts that choices refer to by index. */
  olds: string[];
  /** Per release, the choice for all visitors first where there is one. */
  releases: { bases: number[]; isForAll: boolean }[][];
  minGain: number;
  /** There is much to do; see `EncoderTools`. */
  isHurried: boolean;
}

export interface MadePatch {
  /** Indices of the old texts, in the patch's order. */
  bases: number[];
  patch: string;
  /** Bytes of the patch after compression. */
  size: number;
}

/** Bytes that a request costs besides its contents: headers both ways. */
export const REQUEST = 300;

/** Units that a base must give, so as not to be left out. */
const MIN_COPIED = 64;

/** A patch for some visitors must save this share of the patch for all of them, and as many bytes. */
const VARIANT_GAIN = { share: 0.2, bytes: 200 };

/** How many units a patch copies from each of the old texts. */
function copiedUnits(patch: string, olds: readonly string[]): number[] {
  const { offsets, lengths, renames, order } = readPatch(patch) as Columns;
  // As far as the texts go after the renames, which copies are taken from.
  const ends = olds.map(
    (_, index) => renameNames(olds.slice(0, index + 1).join(''), renames, order)[0].length,
  );
  const copied = olds.map(() => 0);
  let source = 0;
  offsets.forEach((offset, index) => {
    const length = lengths[index] as number;
    source += offset;
    const from = ends.findIndex((end) => source < end);
    // A copy that goes on into the next text counts for both.
    for (let each = from; each >= 0 && each < olds.length; each++) {
      const start = each === 0 ? 0 : (ends[each - 1] as number);
      if (start >= source + length) break;
      copied[each] =
        (copied[each] as number) + Math.min(source + length, ends[each] as number) - Math.max(source, start);
    }
    source += length;
  });
  return copied;
}

/** The patch for these bases, without those that next to nothing is copied from. */
function encode(bases: readonly number[], task: PatchTask, tools: EncoderTools): MadePatch {
  const { text, olds, isHurried } = task;
  const texts = bases.map((base) => olds[base] as string);
  const patch = encodePatch(texts, text, { ...tools, isHurried });
  const copied = bases.length > 1 ? copiedUnits(patch, texts) : [];
  const used = bases.filter((_, index) => (copied[index] as number) >= MIN_COPIED);
  if (used.length > 0 && used.length < bases.length) return encode(used, task, tools);
  return { bases: [...bases], patch, size: tools.compressedSize(patch) };
}

/**
 * The patches that save enough: what is sent is less than `minGain` times the full text. The smallest comes first, each list
 * of bases once.
 */
export function makePatches(task: PatchTask, tools: EncoderTools): MadePatch[] {
  const { text, olds, minGain } = task;
  if (!isPatchable(text)) return [];
  const most = minGain * tools.compressedSize(text) - REQUEST;
  const known = new Map<string, MadePatch>();
  const made = new Map<string, MadePatch>();
  const patchFor = (bases: readonly number[]): MadePatch => {
    const key = bases.join();
    const patch = known.get(key) ?? encode(bases, task, tools);
    known.set(key, patch);
    return patch;
  };
  for (const choices of task.releases) {
    let forAll = Number.POSITIVE_INFINITY;
    for (const { bases, isForAll } of choices) {
      if (most <= 0 || !bases.every((base) => isPatchable(olds[base] as string))) continue;
      const patch = patchFor(bases);
      if (patch.size >= most) continue;
      const limit = Math.min(forAll * (1 - VARIANT_GAIN.share), forAll - VARIANT_GAIN.bytes);
      if (!isForAll && patch.size > limit) continue;
      if (isForAll) forAll = patch.size;
      made.set(patch.bases.join(), patch);
    }
  }
  return [...made.values()].sort((a, b) => a.size - b.size);
}
