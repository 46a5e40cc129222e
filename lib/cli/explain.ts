import { DynapackError } from '../errors';

/** What to do where the system refuses to write: what cannot be read is a DynapackError. */
const CURES: Readonly<Record<string, string>> = {
  EACCES: 'Name a place that may be written to.',
  EPERM: 'Name a place that may be written to.',
  EROFS: 'Name a place that may be written to.',
  ENOTDIR: 'There is a file where a directory is to be: name another place.',
  EEXIST: 'There is a file where a directory is to be: name another place.',
  EISDIR: 'There is a directory where a file is to be: name another place.',
};

/** What the system refused is said in its own words, with the cure; only what nobody foresaw has a stack. */
export function explain(error: unknown): string {
  if (error instanceof DynapackError) return error.toString();
  const { syscall, code, message, stack } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return stack ?? message;
  const cure = CURES[code ?? ''];
  return `dynapack: ${message}${cure === undefined ? '' : `\n  ${cure}`}`;
}
