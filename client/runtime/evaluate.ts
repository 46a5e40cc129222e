/**
 * Runs a module and all it requests, in the order of ECMA-262's Evaluate(), section 16.2.1.6.1.3. What no asynchronous
 * module keeps waiting has run when this returns; otherwise there is a promise.
 * @throws what the evaluation fails with, the same every time
 */
function evaluate(source: EsSource): Promise<void> | undefined {
  // In the middle of its evaluation, a module is asked for by a cycle through `require`.
  if (source.state === EVALUATING) return undefined;
  const root = source.root || source;
  if (!root.state) start(root);
  if (root.failure) throwAgain(root.failure, source.id);
  if (root.state === WAITING && !root.promise) {
    root.promise = new Promise((resolve, reject) => {
      root.settle = [resolve, reject];
    });
  }
  return root.promise;
}

const EVALUATING = 1;
const WAITING = 2;
const DONE = 3;

function start(source: EsSource): void {
  const stack: EsSource[] = [];
  try {
    visit(source, stack, 0);
  } catch (error) {
    const failure = failureOf(stack[stack.length - 1] || source, error);
    for (const each of stack) fail(each, failure);
  }
}

/** Remembers the failure. Whoever requires the module later meets it again. */
function fail(source: EsSource, failure: Failure): void {
  source.state = DONE;
  source.failure = failure;
  // A module that is in the middle of a cycle has met none of its root yet.
  source.root = source.root || source;
  delete require.cache[source.id];
}

/** ECMA-262, InnerModuleEvaluation(): depth first, cycles by Tarjan's algorithm. Gives the next index. */
function visit(source: EsSource, stack: EsSource[], first: number): number {
  if (source.state) {
    throwFailure(source);
    return first;
  }
  let next = first + 1;
  source.state = EVALUATING;
  source.index = source.least = first;
  require.cache[source.id] = source.module;
  stack.push(source);
  for (const requested of source.requested) {
    if (isEs(requested)) {
      next = visit(requested, stack, next);
      follow(source, requested);
    } else runCommon(requested);
  }
  if (source.pending || source.awaits) {
    source.order = ++lastOrder;
    if (!source.pending) runAsync(source);
  } else run(source);
  if (source.least === source.index) leave(source, stack);
  return next;
}

/** The order of the asynchronous module that was found last. */
let lastOrder = 0;

/** What a module has to do with one it requests, which has been visited. */
function follow(source: EsSource, requested: EsSource): void {
  const isInCycle = requested.state === EVALUATING;
  const target = isInCycle ? requested : requested.root!;
  if (isInCycle) source.least = Math.min(source.least, requested.least);
  else throwFailure(target);
  if (!target.order) return;
  source.pending++;
  target.waiting = added(target.waiting, source);
}

/** Everything from the first module of a cycle on has been visited. */
function leave(root: EsSource, stack: EsSource[]): void {
  for (let each: EsSource | undefined; each !== root; ) {
    each = stack.pop()!;
    each.state = each.order ? WAITING : DONE;
    each.root = root;
  }
}

/** Runs the body of a module that does not wait for anything. */
function run(source: EsSource): void {
  findNames();
  if (source.generator) source.generator.next();
}
