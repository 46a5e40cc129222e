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
  const module = looksLikeModule(text);
  const first = attempt(text, module, options);
  if (first.program !== undefined && (!module || declaresModule(first.program))) return first.program;
  const second = mentionsModule(text) ? attempt(text, !module, options) : {};
  const program = second.program ?? first.program;
  if (program !== undefined) return program;
  const { offset, message, cause } = furthest(first.failure as Failure, second.failure);
  throw syntaxError(options.fileName, source, offset, message, cause);
}

/** Spaces for a byte order mark and a `#!` line, which not every engine takes, so that offsets stay. */
function blankStart(source: string): string {
  const start = /^\uFEFF?(?:#!.*)?/.exec(source)?.[0] ?? '';
  return start === '' ? source : ' '.repeat(start.length) + source.slice(start.length);
}

function attempt(source: string, module: boolean, { fileName, parser }: ProgramOptions): Attempt {
  try {
    const parse = parser ?? parseBuiltIn;
    return { program: parse(source, { module, fileName }) as Program };
  } catch (error) {
    return { failure: { ...describe(error), cause: error } };
  }
}

function parseBuiltIn(source: string, { module }: { module: boolean }): Program {
  const program = isNewer(source) ? undefined : parseEsprima(source, module);
  return program ?? parseModern(source, module);
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
