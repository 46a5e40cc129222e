/** Top-level `await` and `for await`, in a generator function that who runs it takes for an asynchronous one. */
import type { Range, TopLevelAwait } from '../facts';
import { type Edit, insert, type Piece, replace } from './edits';

/** `yield` takes the place of `await`: who runs the generator waits for the promise. */
export function awaitStarts(awaits: readonly TopLevelAwait[], prefix: string): Edit[] {
  return awaits.flatMap((each) => (each.form === 'await' ? awaitStart(each) : loopStart(each, prefix)));
}

/** Of expressions and loops that end at one place, the inner ones end first. */
export function awaitEnds(awaits: readonly TopLevelAwait[], prefix: string): Edit[] {
  return awaits.toReversed().map((each) => insert(each.end, each.form === 'await' ? '))' : loopEnd(prefix)));
}

/** In brackets of its own, the operand may begin on another line. */
function awaitStart({ start, isStatement }: Range & { isStatement: boolean }): Edit[] {
  return [replace({ start, end: start + 'await'.length }, isStatement ? ';(yield(' : '(yield(')];
}

/**
 * `for await` becomes a loop that asks an iterator of the runtime, and closes it when the loop ends before its time.
 * ECMA-262, 14.7.5.6 (ForIn/OfBodyEvaluation) and 7.4.13 (AsyncIteratorClose).
 */
function loopStart(loop: Extract<TopLevelAwait, { form: 'for' }>, prefix: string): Edit[] {
  const steps = `${prefix}i`;
  const target: Piece[] = loop.declares
    ? [loop.left, `=${steps}.value;`]
    : ['(', loop.left, `=${steps}.value);`];
  return [
    replace(at(loop.labelled), `{const ${steps}=${prefix}.iterate(`, loop.right, ');try{'),
    replace(
      { start: loop.start, end: loop.bodyStart },
      `for(;${steps}.step(yield ${steps}.next());){`,
      ...target,
    ),
  ];
}

const loopEnd = (prefix: string): string => {
  const [steps, error] = [`${prefix}i`, `${prefix}e`];
  return `}}catch(${error}){throw ${steps}.fail(${error})}finally{if(${steps}.open)yield ${steps}.close()}}`;
};

const at = (offset: number): Range => ({ start: offset, end: offset });
