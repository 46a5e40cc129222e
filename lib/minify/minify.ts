/** Rendered modules → minified ones, each by itself. */
import type { DynapackError } from '../errors';
import type { Module } from '../model';
import { fileOf } from '../module-path';
import type { RenderedModule } from '../render/maps';
import { concurrently } from './concurrently';
import { minificationFailed, noMinifiedModule } from './failures';
import { type Minifier, readOutput } from './minifier';
import { placeOfFailure } from './place';
import { fromScript, type Minified, toScript } from './script';

/** A module as its bundle has it. */
export interface BundledModule {
  id: string;
  module: Module;
  /** All that are in the function, the module itself last. */
  members: readonly RenderedModule[];
  text: string;
}

/** A module that has been minified, and the source map that leads from the minifier's result to what it was given. */
export interface MinifiedModule extends Minified {
  map?: unknown;
}

/** Remembers results. */
export interface MinifyMemory {
  recall(id: string, path: string, before: string): MinifiedModule | undefined;
  learn(id: string, path: string, before: string, after: MinifiedModule): void;
}

/** How modules are minified. */
export interface MinifyContext {
  minifier: Minifier;
  memory: MinifyMemory | undefined;
  /** Whether source maps are wanted. */
  hasMap: boolean;
  /** Whether an engine accepts a text as the body of a function. */
  isValid(text: string): boolean;
}

/** How many modules are under way at once. */
const LANES = 32;

async function minifyModule(bundled: BundledModule, context: MinifyContext): Promise<MinifiedModule> {
  const { id, module, text } = bundled;
  const output = readOutput(await runMinifier(bundled, context));
  const minified = output && fromScript(output.code, id, context.isValid);
  if (minified === undefined) throw noMinifiedModule(fileOf(module.path));
  const result = output?.map === undefined ? minified : { ...minified, map: output.map };
  context.memory?.learn(id, module.path, text, result);
  return result;
}

async function runMinifier(
  { id, module, members, text }: BundledModule,
  { minifier, hasMap }: MinifyContext,
) {
  const code = toScript(text, id);
  try {
    return await minifier.minify(code, { module: id, path: fileOf(module.path) }, hasMap);
  } catch (error) {
    throw minificationFailed(placeOfFailure(error, code, { id, members }), error) as DynapackError;
  }
}

/**
 * Minifies modules, several at once. What is remembered is not minified again, and neither is a text that several bundles have.
 * @returns by the texts of the modules, which begin with their ids
 * @throws MINIFICATION_FAILED or MINIFIER_RESULT, for the same module whatever takes how long
 */
export async function minifyModules(
  modules: readonly BundledModule[],
  context: MinifyContext,
): Promise<ReadonlyMap<string, MinifiedModule>> {
  const results = new Map<string, MinifiedModule>();
  const fresh: BundledModule[] = [];
  const unique = new Map(modules.map((bundled) => [bundled.text, bundled]));
  for (const bundled of unique.values()) {
    const known = context.memory?.recall(bundled.id, bundled.module.path, bundled.text);
    if (known) results.set(bundled.text, known);
    else fresh.push(bundled);
  }
  // The largest first, so that no thread is left alone with it in the end.
  fresh.sort((a, b) => b.text.length - a.text.length);
  await concurrently(fresh, LANES, async (bundled) => {
    results.set(bundled.text, await minifyModule(bundled, context));
  });
  return results;
}
