import { DynapackError } from '../errors';

/** What the system refused is said in its own words; only what nobody foresaw has a stack. */
export function explain(error: unknown): string {
  if (error instanceof DynapackError) return error.toString();
  const { syscall, message, stack } = error as NodeJS.ErrnoException;
  return syscall === undefined ? (stack ?? message) : `dynapack: ${message}`;
}
