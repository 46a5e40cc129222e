/** Whether JavaScript is valid at all, asked of the engine itself: many times faster than any parser of its language. */

/** Loaded when a script is refused. */
const inspector = () => require('node:inspector') as typeof import('node:inspector');

/**
 * Why Node's engine refuses the source of a CommonJS module, or `undefined` when it does not. It may refuse
 * what is newer than itself. Nothing runs. Not `vm.compileFunction`: on some errors Node 20 aborts while it
 * decorates their stack.
 */
export function refusalOf(source: string): string | undefined {
  const error = errorOf(source);
  // Anything else, such as a stack too small for the nesting, says nothing about the source.
  return error instanceof SyntaxError ? error.message : undefined;
}

/** Whether Node's engine certainly accepts the source of a CommonJS module. Nothing runs. */
export const isAccepted = (source: string): boolean => errorOf(source) === undefined;

function errorOf(source: string): unknown {
  try {
    new Function('require', 'module', 'exports', source);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The engine that is asked, for people. */
export const engine = `Node ${process.versions.node}`;

/** Where the script stands that an engine refuses, as the debugger's protocol says it: both 0-based. */
interface Details {
  lineNumber: number;
  columnNumber: number;
}

const LINE_END = /\r\n?|[\n\u2028\u2029]/g;

/**
 * The offset at which Node's engine stops reading a script that it refuses; 0 when that cannot be told. Only the debugger's
 * half of the engine gives it as numbers. Nothing runs.
 */
export function refusalOffset(script: string): number {
  const details = detailsOf(script);
  if (details === undefined) return 0;
  LINE_END.lastIndex = 0;
  for (let line = 0; line < details.lineNumber && LINE_END.test(script); ) line++;
  return details.lineNumber === 0 ? details.columnNumber : LINE_END.lastIndex + details.columnNumber;
}

/** A Node may be without that half, or not be allowed to use it. */
function detailsOf(expression: string): Details | undefined {
  let details: Details | undefined;
  try {
    const session = new (inspector().Session)();
    session.connect();
    session.post('Runtime.enable');
    const question = { expression, sourceURL: '', persistScript: false };
    session.post('Runtime.compileScript', question, (_, answer) => {
      details = (answer as { exceptionDetails?: Details } | undefined)?.exceptionDetails;
    });
    session.disconnect();
  } catch {
    return undefined;
  }
  return details;
}
