/** The command line → what to do. */
import { parseArgs } from 'node:util';
import { nearest } from '../nearest';
import type { PatchCommand } from './patches';

export interface Command {
  /** As typed. */
  entries: string[];
  output: string;
  prefix: string;
  debug: boolean;
  /** With terser. */
  minify: boolean;
  sourcemaps: boolean;
  /** Where releases are kept, to make patches from earlier ones. */
  releases: string | undefined;
  /** Bytes that a request is worth. */
  requestCost: number;
  /** Build again at every change. */
  watch: boolean;
  /** Entries that stand alone, as typed, … */
  standalone: string[];
  /** … and those whose exports become a global, with its name. */
  library: Record<string, string>;
}

/** What the arguments ask for: a build, work on a patch, a text to print, or nothing because they are wrong. */
type Arguments =
  | { command: Command }
  | { patch: PatchCommand }
  | { print: 'help' | 'version' }
  | { usage: string };

export const help = `Usage: dynapack <entry> [<entry> …] [options]
       dynapack patch <old> [<old> …] <new> [-o <file>] [--show]
       dynapack apply <patch> <old> [<old> …] [-o <file>]

Bundles each entry script with all it needs and writes, into the output directory, the
bundles, one <entry>.html per entry to put into its page, aliases.json and manifest.json.

Options:
  -o, --output <dir>     where to write (default: bundles)
  -p, --prefix <prefix>  URL prefix of the bundles, such as /js/ (default: /)
  -d, --debug            one bundle per module, readable ids
  -m, --minify           minify each module
  -s, --sourcemaps       write a source map beside each bundle
  -r, --releases <dir>   keep this release there, write patches from earlier ones, and put
                         hashes into names
      --request-cost <bytes>
                         merge bundles where a request saved is worth so many bytes
  --standalone <entry>   write this entry as one script that holds all it needs and runs by
                         itself, such as a service worker (may be repeated)
  --library <entry>=<name>
                         the same, and its exports become a global of that name, such as
                         Acme.Widget (may be repeated)
  -w, --watch            build again whenever a source changes, until interrupted
  -h, --help             print this
  -v, --version          print the version

patch writes what makes the new file of the old ones, and apply makes it; --show shows the
differences in place of the patch. Both write to standard output without -o.

Exit codes: 0 done, 1 the build failed, 2 the command line is wrong.
`;

const options = {
  output: { type: 'string', short: 'o' },
  prefix: { type: 'string', short: 'p', default: '/' },
  debug: { type: 'boolean', short: 'd', default: false },
  minify: { type: 'boolean', short: 'm', default: false },
  sourcemaps: { type: 'boolean', short: 's', default: false },
  releases: { type: 'string', short: 'r' },
  'request-cost': { type: 'string', default: '0' },
  standalone: { type: 'string', multiple: true },
  library: { type: 'string', multiple: true },
  watch: { type: 'boolean', short: 'w', default: false },
  show: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const;

/** The first flag that is none of ours, as typed. */
function unknownFlag(
  tokens: readonly { kind: string; name?: string; rawName?: string }[],
): string | undefined {
  const wrong = tokens.find(({ kind, name }) => kind === 'option' && !Object.hasOwn(options, name as string));
  return wrong?.rawName;
}

function explainUnknown(flag: string): string {
  const match = nearest(flag.replace(/^--?/, ''), Object.keys(options));
  return `unknown option ${flag}${match === undefined ? '' : `, did you mean --${match}?`}`;
}

/** Entry → name of its library; `undefined` where one of them lacks either. */
function readLibraries(given: readonly string[]): Record<string, string> | undefined {
  const pairs = given.map((each) => /^(.+)=([^=]+)$/s.exec(each));
  if (pairs.includes(null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[2]]));
}

/** Reads the arguments after `dynapack`. */
export function readArguments(args: readonly string[]): Arguments {
  const loose = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const unknown = unknownFlag(loose.tokens);
  if (unknown !== undefined) return { usage: explainUnknown(unknown) };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return { print: 'help' };
    if (values.version) return { print: 'version' };
    const { standalone = [], library: libraries = [] } = values;
    const library = readLibraries(libraries);
    if (library === undefined) return { usage: 'option --library is given <entry>=<name>' };
    if (positionals.length + standalone.length + libraries.length === 0) return { usage: 'no entry given' };
    const [action, ...files] = positionals;
    const { output = 'bundles', prefix, debug, minify, sourcemaps, releases, watch, show } = values;
    if ((action === 'patch' || action === 'apply') && files.length > 0) {
      if (files.length < 2) return { usage: `${action} needs at least two files` };
      return { patch: { action, files, output: values.output, show } };
    }
    if (show) return { usage: 'option --show goes with: dynapack patch' };
    if (output === '') return { usage: 'option --output needs a directory' };
    if (releases === '') return { usage: 'option --releases needs a directory' };
    const { 'request-cost': cost } = values;
    if (!/^\d+$/.test(cost)) return { usage: 'option --request-cost needs a number of bytes' };
    if (releases !== undefined && watch) return { usage: 'option --releases does not go with --watch' };
    const made = { output, prefix, debug, minify, sourcemaps, releases, requestCost: Number(cost), watch };
    return { command: { entries: positionals, ...made, standalone, library } };
  } catch (error) {
    return { usage: (error as Error).message };
  }
}
