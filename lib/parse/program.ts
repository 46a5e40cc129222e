/** Source → syntax tree: which engine, and is it a script or an ES module. */
import type { Program } from 'estree';
import { syntaxError } from '../errors';
import { parseEsprima } from './esprima';
import { isNewer, looksLikeModule, mentionsModule } from './gate';
import { modernError, parseModern } from './modern';
import type { Parser } from './parser';

interface ProgramOptions {
  fileName: string;
  parser?: Parser;
  /** The source is an ES module or invalid. */
  module: boolean;
  /** An engine refused the source as a CommonJS module: look for every error. */
  suspect: boolean;
}

interface Failure {
  offset: number;
  message: string;
  cause: unknown;
}

interface Attempt {
  program?: Program;
  failure?: Failure;
}

/** Throws a syntax error when the source is neither a script nor an ES module. */
export function parseProgram(source: string, options: ProgramOptions): Program {
  const text = blankStart(source);
  const module = options.module || looksLikeModule(text);
  const first = attempt(text, module, options);
  const isCertain = options.module || !module;
  if (first.program !== undefined && (isCertain || declaresModule(first.program))) return first.program;
  const second = !options.module && mentionsModule(text) ? attempt(text, !module, options) : {};
  const program = second.program ?? first.program;
  if (program !== undefined) return program;
  const { offset, message, cause } = furthest(first.failure as Failure, second.failure);
  throw syntaxError(options.fileName, source, offset, message, cause);
}

const HEAD = '(function(require,module,exports){';

/** What no future edition can allow in a regular expression. The rest is up to the browser that runs it. */
const BROKEN_PATTERN =
  /^Invalid regular expression: (\/.*\/)\w*: ((?:Unterminated|Unmatched|Nothing to repeat|Range out of order|\\ at end).*)$/;

/**
 * Throws a syntax error for a pattern that is broken.
 * @param refusal what another engine says against the source
 */
export function assertPatterns(source: string, refusal: string, fileName: string): void {
  const [, pattern, reason] = BROKEN_PATTERN.exec(refusal) ?? [];
  if (pattern === undefined) return;
  const offset = Math.max(0, source.indexOf(pattern));
  throw syntaxError(fileName, source, offset, `Invalid regular expression: ${reason}`);
}

/**
 * Throws a syntax error when a script that is valid on its own is no CommonJS module: it may not declare the
 * parameters again. New syntax alone is none of our business.
 */
export function assertModule(source: string, fileName: string): void {
  const { failure } = attempt(`${HEAD}${blankStart(source)}\n})`, false, { fileName, suspect: true });
  if (failure === undefined) return;
  const message = `${failure.message}: a module is a function with the parameters require, module and exports`;
  throw syntaxError(fileName, source, Math.max(0, failure.offset - HEAD.length), message, failure.cause);
}

/** Spaces for a byte order mark and a `#!` line, which not every engine takes, so that offsets stay. */
function blankStart(source: string): string {
  const start = /^\uFEFF?(?:#!.*)?/.exec(source)?.[0] ?? '';
  return start === '' ? source : ' '.repeat(start.length) + source.slice(start.length);
}

function attempt(
  source: string,
  module: boolean,
  { fileName, parser, suspect }: Omit<ProgramOptions, 'module'>,
): Attempt {
  try {
    const program = parser ? parser(source, { module, fileName }) : parseBuiltIn(source, module, suspect);
    return { program: program as Program };
  } catch (error) {
    return { failure: { ...describe(error), cause: error } };
  }
}

/**
 * The faster engine first. What it refuses is asked of the other one, if that may understand it: each has errors of its own
 * (meriyah takes `async(a, ...b)` for a broken arrow function). Of a suspect source, a refusal is what is looked for.
 */
function parseBuiltIn(source: string, module: boolean, suspect: boolean): Program {
  try {
    return parseModern(source, module, suspect);
  } catch (error) {
    const program = suspect || isNewer(source) ? undefined : parseEsprima(source, module);
    if (program === undefined) throw error;
    return program;
  }
}

function declaresModule(program: Program): boolean {
  return program.body.some(({ type }) => type.startsWith('Import') || type.startsWith('Export'));
}

/** Of two readings, the one that got further is what the author meant. */
function furthest(first: Failure, second: Failure | undefined): Failure {
  return second !== undefined && second.offset > first.offset ? second : first;
}

function describe(error: unknown): { offset: number; message: string } {
  // The only RangeError an engine throws is that of the stack; the place where it gave up is unknown.
  if (error instanceof RangeError) return { offset: 0, message: 'the source is nested too deeply' };
  return modernError(error) ?? foreignError(error);
}

/** acorn has `pos`, esprima `index`, others `start`. */
function foreignError(error: unknown): { offset: number; message: string } {
  const { pos, index, start, message } = Object(error) as Record<string, unknown>;
  const offset = [pos, index, start].find((value) => typeof value === 'number') ?? 0;
  return { offset: offset as number, message: typeof message === 'string' ? message : String(error) };
}
