/**
 * How the text that a visitor wants reaches him, as one table; ARCHITECTURE.md shows it, too. The first row that fits counts.
 *
 *     for      | when                                                               | delivery
 *     ---------|--------------------------------------------------------------------|-----------
 *     page     | the visitor holds the version that is wanted                       | reference
 *     page     | a patch from what he holds saves enough                            | patch
 *     page     | the text is longer than may be inline, or his browser keeps none   | reference
 *     page     | –                                                                  | full
 *     data     | a patch from the version that he names saves enough                | patch
 *     data     | the text is longer than may be inline, and has a URL               | reference
 *     data     | –                                                                  | full
 *     resource | his dictionary is a known version, his browser takes an encoding   | dictionary
 *              | with it, and so does this Node                                     |
 *     resource | –                                                                  | full
 *
 * A *page* runs what it holds on a *reference*, and loads the resource when it holds nothing. *Data* are answers of the
 * endpoint to scripts; a *resource* is a text under a URL of its own. A patch *saves enough* when it is at most 0.7 times
 * as long as the text, both compressed: both come in the response that is sent anyway, so there is nothing else to count.
 */
import { MIN_GAIN } from '../patch/plan';

export type Encoding = 'dcb' | 'dcz';

export type Delivery = 'reference' | 'patch' | 'full' | 'dictionary';

/** Bytes after compression. */
export interface PatchSizes {
  patch: number;
  full: number;
}

export interface Situation {
  for: 'page' | 'data' | 'resource';
  /** Version that the visitor holds, as far as we know. */
  held?: string | undefined;
  wanted: string;
  /** Of the patch from what is held, if there can be one. */
  sizes?: PatchSizes | undefined;
  /** The text is longer than may be inline. */
  isLong?: boolean;
  /** The visitor's browser keeps nothing for us, or nothing more. */
  isForgetful?: boolean;
  /** The best encoding with the visitor's dictionary that both sides know; none without a known dictionary. */
  encoding?: Encoding | undefined;
}

export function negotiate(situation: Situation): Delivery {
  const { held, wanted, sizes } = situation;
  if (situation.for === 'resource') return situation.encoding === undefined ? 'full' : 'dictionary';
  if (situation.for === 'page' && held === wanted) return 'reference';
  if (held !== undefined && sizes !== undefined && saves(sizes)) return 'patch';
  if (situation.isLong || (situation.for === 'page' && situation.isForgetful)) return 'reference';
  return 'full';
}

const saves = ({ patch, full }: PatchSizes): boolean => patch <= MIN_GAIN * full;
