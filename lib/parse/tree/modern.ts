/** The first engine: current ECMAScript, and the errors people see. */
import type { Node, Program } from 'estree';
import { walk } from './nodes';

/** Loaded when there is something to parse: builds from a cache have nothing. */
const meriyah = () => require('meriyah') as typeof import('meriyah');

/**
 * Nodes have `start` and `end`. Throws what `modernError` understands.
 * @param lexical whether to look for names declared twice, which takes a quarter more time
 */
export function parseModern(source: string, module: boolean, lexical = false): Program {
  const options = {
    sourceType: module ? ('module' as const) : ('commonjs' as const),
    // Not `range`: an array per node is most of what a tree costs.
    ranges: { start: true, end: true },
    webcompat: true,
    next: true,
    lexical,
    // What a regular expression means is up to the browser that runs it.
    validateRegex: false,
  };
  const ends: number[] = [];
  for (let text = source, failure: unknown; ; ) {
    try {
      const program = meriyah().parse(text, options) as unknown as Program;
      if (ends.every((end) => endStatements(program, end))) return program;
    } catch (error) {
      failure = error;
      const offset = modernError(error)?.offset;
      const end = lineEndBefore(text, offset);
      const mended = end === undefined ? module && withoutAssert(text, offset) : withSemicolon(text, end);
      if (!mended) throw error;
      if (end !== undefined) ends.push(end);
      text = mended;
      continue;
    }
    throw failure;
  }
}

/**
 * Where a line ends whose statement ends with it, if the next one begins with a regular expression: the engine takes its slash for a
 * division behind `let a`, `continue`, `import 'a'` and the like, where the grammar has none.
 */
function lineEndBefore(source: string, offset = source.length): number | undefined {
  if (source[offset] !== '/') return undefined;
  const end = source.slice(0, offset).trimEnd().length;
  const mayBeComment = source.slice(source.lastIndexOf('\n', end - 1) + 1, end).includes('//');
  return !mayBeComment && /[\n\r\u2028\u2029]/.test(source.slice(end, offset)) ? end : undefined;
}

const withSemicolon = (source: string, at: number): string =>
  `${source.slice(0, at)};${source.slice(at + 1)}`;

/** Takes the semicolon out again that ends statements. Elsewhere, such as in the head of a `for`, the language has none for a line end. */
function endStatements(program: Program, at: number): boolean {
  let isEnd = false;
  walk(program, undefined, (node) => {
    const place = node as Node & { start: number; end: number };
    if (place.end !== at + 1 || place.start === at) return;
    place.end = at;
    isEnd = true;
  });
  return isEnd;
}

const ASSERT = 'assert';

/** The word for import attributes that was replaced by `with`, if that is what stands where the engine gave up. Offsets stay. */
function withoutAssert(source: string, offset = source.length): string | undefined {
  if (!source.startsWith(ASSERT, offset) || !/["']\s*$/.test(source.slice(0, offset))) return undefined;
  return `${source.slice(0, offset)}${'with'.padEnd(ASSERT.length)}${source.slice(offset + ASSERT.length)}`;
}

/** What it says of declarations in functions and blocks, whatever the source is. */
const NESTED = /^The (import|export) keyword can only be used with the module goal$/;

/** Where and what, of an error this engine threw. */
export function modernError(error: unknown): { offset: number; message: string } | undefined {
  if (!meriyah().isParseError(error)) return undefined;
  const message = error.description.replace(
    NESTED,
    "'$1' declares something at the top level of a module only, in no function or block",
  );
  return { offset: error.start, message };
}
