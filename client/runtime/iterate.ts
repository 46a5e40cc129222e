interface IteratorStep {
  done?: boolean;
  value?: unknown;
}

interface AnyIterator {
  next(): unknown;
  return?(): unknown;
}

/** ECMA-262, GetIterator() with the hint async; 27.1.6 for iterators that are not. */
function iterate(iterable: unknown): Steps {
  const methods = iterable as { [key: symbol]: (() => AnyIterator) | undefined };
  const isAsync = methods[Symbol.asyncIterator] != null;
  const key = isAsync ? Symbol.asyncIterator : Symbol.iterator;
  if (!methods[key]) throw TypeError(`${iterable} is not async iterable`);
  const iterator = methods[key]!();
  const close = (): unknown => iterator.return && iterator.return();
  let hasFailed = false;

  const settle = ({ done, value }: IteratorStep): unknown =>
    Promise.resolve(value).then((settled) => ({ done, value: settled }));

  const steps: Steps = {
    value: undefined,
    open: false,
    next() {
      steps.open = false;
      const result = iterator.next();
      return isAsync ? result : settle(result as IteratorStep);
    },
    step(result) {
      if (Object(result) !== result) throw TypeError(`Iterator result ${result} is not an object`);
      steps.open = !(result as IteratorStep).done;
      if (steps.open) steps.value = (result as IteratorStep).value;
      return steps.open;
    },
    fail(error) {
      hasFailed = true;
      return error;
    },
    close: () => (hasFailed ? new Promise((resolve) => resolve(close())).catch(() => {}) : close()),
  };
  return steps;
}

exports.iterate = iterate;
