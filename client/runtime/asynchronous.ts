/** Runs the body of a module that awaits, or has waited for others. What the generator yields is what the module awaits. */
function runAsync(source: EsSource): void {
  findNames();
  new Promise<void>((resolve, reject) => {
    const step = (method: 'next' | 'throw', value?: unknown): void => {
      try {
        const result = source.generator![method](value);
        if (result.done) resolve();
        else Promise.resolve(result.value).then(next, (error) => step('throw', error));
      } catch (error) {
        reject(error);
      }
    };
    const next = (value?: unknown): void => step('next', value);
    next();
  }).then(
    () => fulfil(source),
    (error) => reject(source, error),
  );
}

/** ECMA-262, AsyncModuleExecutionFulfilled(): what waited only for this module runs now. */
function fulfil(source: EsSource): void {
  if (source.state === DONE) return;
  finish(source);
  const ready = release(source, []).sort((a, b) => a.order - b.order);
  for (const each of ready) {
    if (each.state === DONE) continue;
    if (each.awaits) runAsync(each);
    else {
      try {
        run(each);
        finish(each);
      } catch (error) {
        reject(each, error);
      }
    }
  }
}

function finish(source: EsSource): void {
  source.order = 0;
  source.state = DONE;
  if (source.settle) source.settle[0]();
}

/** ECMA-262, GatherAvailableAncestors(): the modules that wait for nothing any more. */
function release(source: EsSource, ready: EsSource[]): EsSource[] {
  for (const each of source.waiting) {
    if (each.root!.failure || --each.pending) continue;
    ready.push(each);
    if (!each.awaits) release(each, ready);
  }
  return ready;
}

/** ECMA-262, AsyncModuleExecutionRejected(). */
function reject(source: EsSource, error: unknown): void {
  if (source.state === DONE) return;
  fail(source, failureOf(source, error));
  source.order = 0;
  for (const each of source.waiting) reject(each, error);
  if (source.settle) source.settle[1](error);
}
