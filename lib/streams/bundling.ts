/** The stream that a pack is: entries in, bundle Files out. */
import { objectTransform } from 'through2';
import { bundlesNotBuilt } from '../errors';
import type { BuildMetadata } from '../model';
import { assertBudgets, findUnchecked } from './budgets';
import type { PackContext } from './context';
import type { EntryInput } from './entries';
import { forwardErrors, onDestroy } from './forward-errors';
import { outputFiles } from './outputs';

/** @param onBundled is told of the build before the first of its Files comes out */
export function createBundling(context: PackContext, onBundled: (metadata: BuildMetadata) => unknown) {
  const { builder, built, bundles, options } = context;
  const stream = objectTransform(async function* (source: AsyncIterable<EntryInput>) {
    const outcome = await builder.build(source);
    assertBudgets(options, outcome);
    built.resolve(outcome);
    await onBundled({ ...outcome.metadata });
    const isAlone = (name: string): boolean => Object.hasOwn(outcome.metadata.standalone, name);
    yield* outputFiles(bundles.emit([...outcome.bundles, ...outcome.assetFiles]), options, isAlone);
    builder.warn('budgets', findUnchecked(context));
    void builder.save();
  });
  return onDestroy(forwardErrors(stream), (error) => {
    const reason = error ?? bundlesNotBuilt();
    built.reject(reason);
    bundles.abandon(reason);
    builder.destroy(error);
    if (error) context.failDependents(error);
  });
}
