/** Which concerns about a source prove to be none, once it is known what its references mean. */
import type { Concern } from './facts';
import type { Module } from './model';

/** Whether a concern is none: there are files of the pattern, or a URL is that of a file of the build. */
export const isMet = (module: Module, concern: Concern): boolean =>
  hasFiles(module, concern) || namesFile(module, concern);

const hasFiles = ({ facts, targets, matched }: Module, { start }: Concern): boolean =>
  targets.some(
    (target, index) => target && facts.references[index]?.doubt === start && !matched?.empty.includes(index),
  );

/** The first file that is named behind a URL, and before the next such URL, is that of it. */
function namesFile({ facts, targets }: Module, concern: Concern): boolean {
  const isUrl = ({ kind }: { kind: string }): boolean => kind === 'new URL()';
  const urls = facts.concerns.filter(isUrl);
  return (
    isUrl(concern) &&
    facts.references.some(
      (each, index) =>
        isUrl(each) &&
        targets[index] !== undefined &&
        urls.findLast(({ start }) => start <= each.start) === concern,
    )
  );
}
