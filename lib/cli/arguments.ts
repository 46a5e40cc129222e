/** The command line → what to do. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isFile } from '../fs/files';
import { nearest } from '../nearest';
import { type Budgets, isBudget } from '../options/budgets';
import type { PatchCommand } from './patches';
import type { WhyCommand } from './why';

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
  /** Where the report goes: its page, or its data if the name ends in `.json`. */
  report: string | undefined;
  /** Path of an earlier report; that in the place of the new one, if it is not said. */
  compare: string | undefined;
  /** Print the data of the report in place of the summary. */
  json: boolean;
  /** Where a metafile as esbuild's goes. */
  metafile: string | undefined;
  /** Where the graph goes, for Graphviz. */
  graph: string | undefined;
  budgets: Budgets;
  /** Entries that stand alone, as typed, … */
  standalone: string[];
  /** … and those whose exports become a global, with its name. */
  library: Record<string, string>;
}

/** What the arguments ask for: a build, work on a patch, a question, a text to print, or nothing because they are wrong, or because there are no entries. */
type Arguments =
  | { command: Command }
  | { patch: PatchCommand }
  | { why: WhyCommand }
  | { print: 'help' | 'version' }
  | { usage: string; isEmpty?: boolean };

const usage = 'Usage: dynapack <entry> [<entry> …] [options]';

/** What is said behind an error of the command line. */
export const pointer = `${usage}; dynapack --help says more.\n`;

export const help = `${usage}
       dynapack why <module or package> <entry> [<entry> …] [options]
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
      --report [file]    write a page that shows what each page loads, and why (default:
                         report.html); if the name ends in .json, its data
      --compare <file>   say what has changed since an earlier report (default: the one that
                         the new one replaces)
      --json             print the data of the report in place of the summary
      --metafile <file>  write what esbuild's metafile tells, for what reads these
      --graph <file>     write the graph for Graphviz
      --budget <name>=<size>
                         fail if the page of an entry starts with more than that after
                         brotli, or a request of a module brings more; * means all
  -h, --help             print this
  -v, --version          print the version

why tells who asks for a module or a package, by which chains, and what would have to change
for it to leave a page. It writes nothing, and takes the options that say what bundles are:
--minify, --debug, --request-cost, --standalone and --library.

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
  report: { type: 'string' },
  compare: { type: 'string' },
  json: { type: 'boolean', default: false },
  metafile: { type: 'string' },
  graph: { type: 'string' },
  budget: { type: 'string', multiple: true, default: [] as string[] },
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

/** `--report` may stand alone: what follows is its file only where it is called like one. */
function withReport(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const isFile = (arg: string | undefined): boolean => /\.(?:html?|json)$/.test(arg ?? '');
  return args.flatMap((arg, index) => {
    if (end !== -1 && index > end) return [arg];
    if (arg === '--report') return [`--report=${isFile(args[index + 1]) ? args[index + 1] : 'report.html'}`];
    return args[index - 1] === '--report' && isFile(arg) ? [] : [arg];
  });
}

/** @returns name and size; `undefined` when it is none */
function readBudget(text: string): [string, string | number] | undefined {
  const end = text.lastIndexOf('=');
  const written = text.slice(end + 1);
  const size = /^\d+$/.test(written) ? Number(written) : written;
  return end > 0 && isBudget(size) ? [text.slice(0, end), size] : undefined;
}

function explainBudget(text: string): string {
  const size = text.slice(text.lastIndexOf('=') + 1);
  if (/^[^=]+=./.test(text) && !isBudget(size))
    return `option --budget takes bytes, or a size in B, kB, MB, KiB or MiB, not '${size}', such as: --budget home=80kB`;
  return 'option --budget needs a name and a size, such as: --budget home=80kB';
}

/** Whether the first word is an action: by itself, it may be an entry that is called so. */
const isAction = ([action, ...files]: readonly string[]): boolean =>
  files.length > 0 || !isFile(action as string);

/** Options that a question has nothing to do with. */
const OF_BUILDS = [
  'output',
  'sourcemaps',
  'releases',
  'watch',
  'report',
  'compare',
  'json',
  'metafile',
  'graph',
] as const;

/** What is wrong with the options of a question, if anything. */
function wrongQuestion(values: Values): string | undefined {
  const given = values.budget.length > 0 ? 'budget' : OF_BUILDS.find((name) => values[name]);
  return given === undefined ? undefined : `option --${given} does not go with: dynapack why`;
}

/** Options that are a place, which `''` is not. */
const PLACES = {
  output: 'a directory',
  releases: 'a directory',
  report: 'a file',
  compare: 'a file',
  metafile: 'a file',
  graph: 'a file',
} as const;

type Values = ReturnType<typeof parse>['values'];

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true });

/** What is wrong with the options of a build, if anything. */
function wrongUse(values: Values): string | undefined {
  const { releases, watch, json } = values;
  for (const [name, what] of Object.entries(PLACES))
    if (values[name as keyof typeof PLACES] === '') return `option --${name} needs ${what}`;
  if (releases !== undefined && watch) return 'option --releases does not go with --watch';
  if (json && watch) return 'option --json does not go with --watch';
  const written = (['report', 'metafile', 'graph'] as const).filter((name) => values[name] !== undefined);
  const pathOf = (name: (typeof written)[number]): string => resolve(values[name] as string);
  for (const [index, name] of written.entries()) {
    const other = written.slice(0, index).find((each) => pathOf(each) === pathOf(name));
    if (other !== undefined) return `options --${other} and --${name} name the same file`;
  }
  return undefined;
}

/** The first name that there is more than once. */
const twice = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) < index);

/** Entry → name of its library; `undefined` where one of them lacks either. */
function readLibraries(given: readonly string[]): Record<string, string> | undefined {
  const pairs = given.map((each) => /^(.+)=([^=]+)$/s.exec(each));
  if (pairs.includes(null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[2]]));
}

/** Reads the arguments after `dynapack`. */
export function readArguments(written: readonly string[]): Arguments {
  const args = withReport(written);
  const loose = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  const unknown = unknownFlag(loose.tokens);
  if (unknown !== undefined) return { usage: explainUnknown(unknown) };
  try {
    const { values, positionals } = parse(args);
    if (values.help) return { print: 'help' };
    if (values.version) return { print: 'version' };
    const { standalone = [], library = [] } = values;
    if (positionals.length + standalone.length + library.length === 0)
      return { usage: 'no entry given', isEmpty: true };
    return readCommand(values, positionals);
  } catch (error) {
    return { usage: (error as Error).message };
  }
}

function readCommand(values: Values, positionals: string[]): Arguments {
  const [action, ...files] = positionals;
  const {
    show,
    budget,
    library: libraries = [],
    'request-cost': cost,
    help: _help,
    version: _version,
    ...settings
  } = values;
  if ((action === 'patch' || action === 'apply') && isAction(positionals)) {
    if (files.length < 2) return { usage: `${action} needs at least two files` };
    return { patch: { action, files, output: values.output, show } };
  }
  if (show) return { usage: 'option --show goes with: dynapack patch' };
  if (!/^\d+$/.test(cost)) return { usage: 'option --request-cost needs a number of bytes' };
  const library = readLibraries(libraries);
  if (library === undefined) return { usage: 'option --library is given <entry>=<name>' };
  const libraryTwice = twice(libraries.map((each) => each.slice(0, each.lastIndexOf('='))));
  if (libraryTwice !== undefined) return { usage: `option --library is given twice for '${libraryTwice}'` };
  const { standalone = [] } = values;
  if (action === 'why' && isAction(positionals)) {
    const { minify, debug } = values;
    const [name, ...entries] = files as [string, ...string[]];
    const wrong = wrongQuestion(values);
    if (wrong !== undefined) return { usage: wrong };
    if (files.length === 0 || entries.length + standalone.length + libraries.length === 0)
      return { usage: 'why needs the name of a module or a package, and an entry' };
    return { why: { name, entries, standalone, library, minify, debug, requestCost: Number(cost) } };
  }
  const wrong = wrongUse(values);
  if (wrong !== undefined) return { usage: wrong };
  const wrongBudget = budget.find((text) => readBudget(text) === undefined);
  if (wrongBudget !== undefined) return { usage: explainBudget(wrongBudget) };
  const budgetTwice = twice(budget.map((text) => text.slice(0, text.lastIndexOf('='))));
  if (budgetTwice !== undefined) return { usage: `option --budget is given twice for '${budgetTwice}'` };
  const budgets: Budgets = Object.fromEntries(budget.map((text) => readBudget(text) as [string, string]));
  const { output = 'bundles', releases, report, compare, metafile, graph } = settings;
  const places = { output, releases, report, compare, metafile, graph };
  return {
    command: {
      ...settings,
      ...places,
      entries: positionals,
      requestCost: Number(cost),
      standalone,
      library,
      budgets,
    },
  };
}
