/** Free names that mean what a module exports, in every module: those of globals that pages had before they had modules. */
import { wordsIn } from '../words-in';

/** Name → specifier of the module, or that and the name of an export; the default export, or all of a CommonJS module, otherwise. */
export type Provide = Readonly<Record<string, string | readonly [specifier: string, name: string]>>;

const known = new WeakMap<Provide, (source: string) => boolean>();

/** Whether a source may have one of the names. */
export function mayNeed(source: string, provide: Provide): boolean {
  const names = Object.keys(provide);
  if (names.length === 0) return false;
  const test = known.get(provide) ?? wordsIn(names);
  known.set(provide, test);
  return test(source);
}

export const specifierOf = (provided: Provide[string]): string =>
  typeof provided === 'string' ? provided : provided[0];
