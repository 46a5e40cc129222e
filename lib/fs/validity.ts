/** Whether JavaScript is valid at all, asked of the engine itself: many times faster than any parser of its language. */

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
