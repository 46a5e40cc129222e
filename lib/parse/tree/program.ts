/** Source → syntax tree: which engine, and is it a script or an ES module. */
import type { Program } from 'estree';
import { syntaxError } from '../../errors';
import { isNewer, looksLikeModule, mentionsModule } from '../gate';
import type { Parser } from '../parser';
import { parseEsprima } from './esprima';
import { modernError, parseModern } from './modern';

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
  throw errorOf(meant(first.failure as Failure, second.failure, text), source, options.fileName);
}

const HEAD = '(function(require,module,exports){';

/** Throws a syntax error when the source is not what `module` says, also for names that are declared twice. */
export function assertValid(source: string, module: boolean, fileName: string): Program {
  const { program, failure } = attempt(blankStart(source), module, { fileName, suspect: true });
  if (program === undefined) throw errorOf(failure as Failure, source, fileName);
  if (!module) assertCommon(source, fileName);
  return program;
}

/** Throws a syntax error when a script that is valid on its own is no CommonJS module: it may not declare the parameters again. */
function assertCommon(source: string, fileName: string): void {
  const { failure } = attempt(`${HEAD}${blankStart(source)}\n})`, false, { fileName, suspect: true });
  if (failure === undefined) return;
  const message = `${failure.message}: a module is a function with the parameters require, module and exports`;
  throw errorOf({ ...failure, message, offset: Math.max(0, failure.offset - HEAD.length) }, source, fileName);
}

const errorOf = ({ offset, message, cause }: Failure, source: string, fileName: string): Error =>
  syntaxError(fileName, source, offset, message, cause);

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
 * The faster engine first. A script that it refuses is asked of the other one, if that may understand it: each has errors of its own.
 * Of a suspect source, a refusal is what is looked for; and modules that the other one takes may be none.
 */
function parseBuiltIn(source: string, module: boolean, suspect: boolean): Program {
  try {
    return parseModern(source, module, suspect);
  } catch (error) {
    const program = suspect || module || isNewer(source) ? undefined : parseEsprima(source);
    if (program === undefined) throw error;
    return program;
  }
}

function declaresModule(program: Program): boolean {
  return program.body.some(({ type }) => type.startsWith('Import') || type.startsWith('Export'));
}

/** Of two readings, the one that got further is what the author meant; but no script imports or exports. */
function meant(first: Failure, second: Failure | undefined, source: string): Failure {
  if (second === undefined || second.offset <= first.offset) return first;
  return /^(?:import|export)\b/.test(source.slice(second.offset, second.offset + 8)) ? first : second;
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
