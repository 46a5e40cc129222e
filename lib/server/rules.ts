/** Which arguments and options are right, and what is said of others. */
import { invalidArgument, unknownArgument } from './failures';

/** What is right, in words for the message, and how to tell. */
export type Rule = readonly [expected: string, accepts: (value: unknown) => boolean];
export type Rules<Options> = { readonly [Name in keyof Required<Options>]: Rule };

export const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

export const textList = (example: string): Rule => [`a list of strings such as ${example}`, isTextList];

/**
 * @param place the function, such as `patch()`
 * @throws INVALID_OPTION
 */
export function checkArgument(place: string, name: string, value: unknown, [expected, accepts]: Rule): void {
  if (!accepts(value)) throw invalidArgument(place, `argument '${name}'`, expected, value);
}

/**
 * Checks names and values; `undefined` counts as absent.
 * @param place the function, such as `patch()`
 * @param example of right options
 * @throws UNKNOWN_OPTION, with the nearest right name, or INVALID_OPTION
 */
export function checkOptions<Options extends object>(
  place: string,
  options: Options,
  rules: Rules<Options>,
  example: string,
): void {
  if (!isRecord(options)) throw invalidArgument(place, 'options', `an object such as ${example}`, options);
  const table = rules as Readonly<Record<string, Rule>>;
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    if (rule === undefined) throw unknownArgument(place, name, Object.keys(table));
    const [expected, accepts] = rule;
    if (value !== undefined && !accepts(value))
      throw invalidArgument(place, `option '${name}'`, expected, value);
  }
}
