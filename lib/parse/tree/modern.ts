/** The first engine: current ECMAScript, and the errors people see. */
import type { Program } from 'estree';

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
  for (let text = source; ; ) {
    try {
      return meriyah().parse(text, options) as unknown as Program;
    } catch (error) {
      const mended = withoutAssert(text, modernError(error)?.offset);
      if (!module || mended === undefined) throw error;
      text = mended;
    }
  }
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
