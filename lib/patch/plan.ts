/** Which patches are worth making: for every way a visitor may come, the patch, if it saves enough. */
import { type EncoderTools, encodePatch, isPatchable } from './encode';

/** Texts that some visitor has, in the order in which a patch will be given them: one bundle or all of a release. */
export interface Holding {
  /** Names the holding in the result. */
  name: string;
  texts: readonly string[];
}

export interface PlannedPatch {
  from: string;
  patch: string;
  /** Of the patch, compressed. */
  size: number;
}

/** What a patch may cost, as a share of the compressed full text. */
export const MIN_GAIN = 0.7;

/**
 * The patches that make `text`, one for each holding where it is smaller than `minGain` times the compressed text.
 * None for a holding that has the text already, or that has texts, or wants one, of which no patch can be made.
 */
export function planPatches(
  holdings: readonly Holding[],
  text: string,
  tools: EncoderTools,
  minGain = MIN_GAIN,
): PlannedPatch[] {
  if (!isPatchable(text)) return [];
  const useful = holdings.filter(({ texts }) => !texts.includes(text) && texts.every(isPatchable));
  if (useful.length === 0) return [];
  const most = minGain * tools.compressedSize(text);
  return useful
    .map(({ name, texts }): PlannedPatch => {
      const patch = encodePatch(texts, text, tools);
      return { from: name, patch, size: tools.compressedSize(patch) };
    })
    .filter(({ size }) => size < most);
}
