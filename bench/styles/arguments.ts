/** What the command line asks for. */
import { parseArgs } from 'node:util';
import { bundlers } from './bundlers';

export const help = `Usage: npm run bench styles -- [part of a program's name …] [options]
With a name, each fault is told.

Options:
  --bundler <name>   ${Object.keys(bundlers).join(', ')}; may be repeated (default: all)
  --random <n>       how many random programs there are (default: 30)
`;

const options = {
  bundler: { type: 'string', multiple: true },
  random: { type: 'string', default: '30' },
  help: { type: 'boolean' },
} as const;

export interface Wish {
  /** Parts of names of programs; with none, all are meant. */
  names: string[];
  bundlers: string[];
  random: number;
}

/**
 * Reads the command line; `undefined` when it asks for help.
 * @throws an error that lists the right names
 */
export function readArguments(args: readonly string[]): Wish | undefined {
  const { values, positionals: names } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) return undefined;
  const known = Object.keys(bundlers);
  const wrong = values.bundler?.find((name) => !known.includes(name));
  if (wrong !== undefined) throw new Error(`'${wrong}' is none of ${known.join(', ')}`);
  return { names, bundlers: values.bundler ?? known, random: Number(values.random) };
}
