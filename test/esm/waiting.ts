/** Statements that wait at top level. */
import { importCall } from './imports';
import type { ModulePlan } from './plan';
import type { Templates } from './uses';
import type { Writer } from './writer';

export const ticks: Templates = {
  await: 'await 0; trace($L);',
  'await of a promise': 'trace($L, await settled($n));',
  'await several times': 'await null; trace($L, 1); await null; trace($L, 2);',
  'await in an expression': 'trace($L, [await 1, await settled(2)], `${await 3}`);',
  'await of a rejection': "try { await failed('m$n fails'); } catch (error) { trace($L, error); }",
  'for await': 'for await (const value of [settled(1), 2]) trace($L, value);',
  'for await of a generator':
    'for await (const value of (async function* () { yield 1; yield 2; })()) trace($L, value);',
  'await in a block': 'if (await true) { await 0; trace($L); }',
  'await in a pattern': '{ const { [await 4]: kept = await 5 } = {}; trace($L, kept); }',
  'await in an arrow': 'trace($L, await (async () => { await 0; return $n; })());',
};

export const imports: Templates = {
  'await import()': 'try { trace($L, await $x); } catch (error) { trace($L, error); }',
  'await of import().then': 'trace($L, await $x.then((found) => found, (error) => error));',
  'await import() without more': 'await $x.catch(() => {}); trace($L);',
};

/** Adds what makes a module wait, if it does. */
export function writeWaiting(writer: Writer): void {
  const { plan, dice } = writer;
  if (plan.waits === 'ticks') {
    for (let count = 1 + dice.below(3); count > 0; count--) writer.use('waiting', ticks);
  }
  if (plan.waits === 'imports') {
    for (const to of plan.dynamic) {
      writer.use('waiting', imports, { x: importCall(writer.plans[to] as ModulePlan) });
    }
  }
}

export const offers: Templates = {
  'import()': 'offer($L, () => $x);',
  'import() awaited': 'offer($L, async () => [await $x, await $x]);',
  'import() taken apart':
    'offer($L, async () => { const { a, default: standard } = await $x; return [a, standard]; });',
  'import().then': 'offer($L, () => $x.then(({ a }) => a));',
  'import() twice': 'offer($L, async () => (await $x) === (await $x));',
  'import() failing twice':
    'offer($L, async () => { const errors = []; for (const turn of [1, 2]) await $x.catch((error) => errors.push(error)); return [errors, errors[0] === errors[1]]; });',
};

/** Adds an offer to load each of the modules that the plan asks for. */
export function writeOffers(writer: Writer): void {
  for (const to of writer.plan.dynamic) {
    writer.use('dynamic', offers, { x: importCall(writer.plans[to] as ModulePlan) });
  }
}
