/** Comments by which an author says that a specifier is not for bundlers. */
import type { Range } from '../facts';

/** Left alone, to mean something at run time; or followed where that is possible, and nothing said where it is not. */
export type OptOut = 'left' | 'silent';

const LEFT = /\bwebpackIgnore\s*:\s*true\b/;
const SILENT = /@vite-ignore\b/;

/** What the comments around the first argument of a call say. The callee ends at `from`, the call at `end`. */
export function optOutOf(source: string, from: number, argument: Range, end: number): OptOut | undefined {
  const before = source.slice(from, argument.start);
  if (LEFT.test(before)) return 'left';
  const isSilent = SILENT.test(before) || SILENT.test(source.slice(argument.end, end));
  return isSilent ? 'silent' : undefined;
}

/** Long enough for such a comment. */
const COMMENT_LENGTH = 200;

/** Whether a comment right before an expression says that it is to be left alone, as in the argument of another call. */
export const isLeftAt = (source: string, start: number): boolean =>
  /\/\*[^*]*\bwebpackIgnore\s*:\s*true\b[^*]*\*\/\s*$/.test(
    source.slice(Math.max(0, start - COMMENT_LENGTH), start),
  );
