/** What options may be: names, values, and what is said of others. */
import { invalidOption, unknownOption } from '../errors';

/** What is right for an option, in words for the message, and how to tell; of an object, also of each member. */
type Rule = [
  expected: string,
  accepts: (value: unknown) => boolean,
  acceptsMember?: (value: unknown, name: string) => boolean,
];

export type Rules<T> = { [Name in keyof Required<T>]: Rule };

export const isString = (value: unknown): boolean => typeof value === 'string';
export const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
export const isStringList = (value: unknown): boolean => Array.isArray(value) && value.every(isString);

export const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What else there is to know of options. */
interface Naming {
  /** What stands before their names, as in `resolve.alias`. */
  prefix?: string;
  /** What does what others may be meant to do, by their names. */
  elsewhere?: Readonly<Record<string, string>>;
}

/**
 * Checks option names and values; `undefined` counts as absent.
 * @param call what was called, such as `scripts()`
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the call and the option
 */
export function checkOptions<T extends object>(
  call: string,
  options: T,
  rules: Rules<T>,
  { prefix = '', elsewhere = {} }: Naming = {},
): void {
  const table = rules as Record<string, Rule>;
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!rule)
      throw unknownOption(
        call,
        prefix + name,
        Object.keys(table).map((known) => prefix + known),
        Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined,
      );
    if (value === undefined) continue;
    const [expected, accepts, acceptsMember] = rule;
    if (!accepts(value)) throw invalidOption(call, prefix + name, expected, value);
    if (!acceptsMember) continue;
    const wrong = Object.entries(value).find(([key, member]) => !acceptsMember(member, key));
    if (wrong) throw invalidOption(call, prefix + name, expected, wrong[1], wrong[0]);
  }
}
