/** The first engine: current ECMAScript, and the errors people see. */
import type { Program } from 'estree';

/** Loaded when there is something to parse: builds from a cache have nothing. */
const meriyah = () => require('meriyah') as typeof import('meriyah');

/**
 * Nodes have `start` and `end`. Throws what `modernError` understands.
 * @param lexical whether to look for names declared twice, which takes a quarter more time
 */
export function parseModern(source: string, module: boolean, lexical = false): Program {
  const program = meriyah().parse(source, {
    sourceType: module ? 'module' : 'commonjs',
    // Not `range`: an array per node is most of what a tree costs.
    ranges: { start: true, end: true },
    webcompat: true,
    next: true,
    lexical,
    // What a regular expression means is up to the browser that runs it.
    validateRegex: false,
  });
  return program as unknown as Program;
}

/** Where and what, of an error this engine threw. */
export function modernError(error: unknown): { offset: number; message: string } | undefined {
  return meriyah().isParseError(error) ? { offset: error.start, message: error.description } : undefined;
}
