/** A plan → the texts of modules, and the bundles. The same modules give the same bytes, in whatever order they arrived. */

import { makeStandalone, type ScriptOptions, type StandaloneScript } from './build-standalone';
import { makeStyles, type StyleBundle, type StyleOptions } from './build-styles';
import { again, changedIn, isSameList, type Step } from './core/again';
import { allRequests, hasCycles } from './core/evaluation';
import { type Joined, joinModules, renamedOf } from './joined';
import type { Asset, Bundle, Module, ModuleAsset } from './model';
import type { Described, PlanOptions } from './naming';
import type { Plan } from './plan';
import type { StandaloneOptions } from './plan-standalone';
import { assertAccepted } from './render/accepted';
import { frameOf, functionsOf, functionText, renderBundle, renderBundleMap } from './render/bundle';
import { type LoaderTexts, loaderFile } from './render/loader';
import { questionOf, questionOfLeft } from './render/question';
import { type Rendered, renderText, renderTexts } from './render/texts';

/** What a build depends on besides the modules. */
export interface BuildOptions extends PlanOptions, StyleOptions, StandaloneOptions, ScriptOptions {
  loaderTexts(hasStyles: boolean): LoaderTexts;
  /** The file that starts workers. */
  workerLoader(): string;
}

/** What a build gives to those who do not ask how it was made. */
export interface Outcome extends Described {
  /** The bundles in the order of the split, then those of styles, the files of the loader and of workers if there are any, and last the scripts that stand alone. */
  bundles: readonly Bundle[];
  /** The files that are given out besides. */
  assetFiles: readonly Asset[];
}

/** What decides on the runtime. The runtimes are made anew with each graph, so they stand for that, too. */
type ChosenBy = [functions: Joined['functions'], runtimes: Plan['runtimes']];

/** Everything the outputs are made from. */
export interface Build extends Plan, Pick<Outcome, 'bundles' | 'assetFiles'> {
  /** Which modules share functions. */
  joined: Joined;
  /** The runtime that the functions need, if they need any. */
  runtime: Step<ChosenBy, Module | undefined>;
  /** The modules' texts, by number. */
  rendered: readonly Rendered[];
  /** The files of styles, by name. */
  styleBundles: ReadonlyMap<string, StyleBundle>;
  /** The scripts that stand alone, by name. */
  scriptsAlone: ReadonlyMap<string, StandaloneScript>;
}

function chooseRuntime(plan: Plan, { functions }: Joined): Module | undefined {
  const { runtimes } = plan;
  if (runtimes === undefined || runtimes.acyclic === runtimes.cyclic) return runtimes?.acyclic;
  const graph = plan.runs?.graph ?? { requests: allRequests(plan) };
  return hasCycles(graph, functions) ? runtimes.cyclic : runtimes.acyclic;
}

/** The modules of a plan, with the runtime. */
function withRuntime({ modules, numbers }: Plan, runtime: Module | undefined): readonly Module[] {
  const number = numbers.get(runtime?.path ?? '');
  return number === undefined || modules[number] === runtime
    ? modules
    : modules.with(number, runtime as Module);
}

/** All modules; as they were rendered before, where that is right still. */
function renderModules({ modules, numbers }: Plan, joined: Joined, before: Build | undefined): Rendered[] {
  const { functions, names } = joined;
  const isNumbered = before?.numbers === numbers;
  const knownOf = (number: number): Rendered | undefined => {
    const { path } = modules[number] as Module;
    return before?.rendered[(isNumbered ? number : before.numbers.get(path)) ?? -1];
  };
  // The same functions have the same modules, by number.
  const isKept = before?.joined === joined;
  const rendered: (Rendered | undefined)[] = isKept ? before.rendered.slice() : [];
  const changed = isKept ? changedIn(before.modules, modules) : modules.map((_, number) => number);
  for (const number of changed) rendered[number] = undefined;
  for (const { members, requests } of functions) {
    if (members.every((number) => rendered[number] !== undefined)) continue;
    const shared = {
      members: members.map((number) => modules[number] as Module),
      requests: requests.map((number) => modules[number]?.path as string),
    };
    const findRenamed = () => renamedOf(shared.members);
    const texts = renderTexts(shared, findRenamed, names, members.map(knownOf), before?.joined.names);
    texts.forEach((each, index) => {
      rendered[members[index] as number] = each;
    });
  }
  for (const number of changed)
    rendered[number] ??= renderText(modules[number] as Module, names, knownOf(number), before?.joined.names);
  return rendered as Rendered[];
}

/** All bundles; as they were made before, where all their modules are what they were. */
function makeBundles(
  plan: Plan,
  rendered: readonly Rendered[],
  options: BuildOptions,
  before: Build | undefined,
): Bundle[] {
  const known = new Map(before?.bundles.map((bundle) => [bundle.name, bundle]));
  const indices = new Map(before?.files.map((name, index) => [name, index]));
  /** Whether a bundle has the same modules, by number, and each its text. */
  function isCurrent(index: number): boolean {
    if (before?.split !== plan.split || before.numbers !== plan.numbers) return false;
    for (const number of plan.split.bundles[index] as number[])
      if (before.rendered[number] !== rendered[number]) return false;
    return true;
  }
  return plan.files.map((name, index) => {
    const isKnown = before?.hasMaps === plan.hasMaps && indices.has(name);
    if (isKnown && indices.get(name) === index && isCurrent(index)) return known.get(name) as Bundle;
    const texts = heldIn(plan, rendered, index);
    const isSame = isKnown && isSameList(heldIn(before, before.rendered, indices.get(name) as number), texts);
    return isSame ? (known.get(name) as Bundle) : makeBundle(plan, name, texts, options);
  });
}

/** The texts of a bundle, in the order in which they are written: those that share a function together, where the last of them would be. */
export function heldIn(
  { split, numbers }: Pick<Plan, 'split' | 'numbers'>,
  rendered: readonly Rendered[],
  bundle: number,
): Rendered[] {
  return (split.bundles[bundle] as number[]).flatMap((number) => {
    const { module, shared } = rendered[number] as Rendered;
    if (shared === undefined) return rendered[number] as Rendered;
    if (shared.members.at(-1) !== module) return [];
    return shared.members.map(({ path }) => rendered[numbers.get(path) as number] as Rendered);
  });
}

function makeBundle(
  { hasMaps }: Plan,
  name: string,
  texts: readonly Rendered[],
  options: BuildOptions,
): Bundle {
  const { name: registry, root } = options;
  assertAccepted(
    texts.map(({ module }) => module),
    (_, index) => questionOf(texts[index] as Rendered),
    options,
  );
  const contents = renderBundle(frameOf(registry), functionsOf(texts).map(functionText));
  const map = hasMaps ? renderBundleMap(frameOf(registry), name, texts, root) : undefined;
  return { name, modules: texts.map(({ module }) => module.path), contents, map };
}

/** What was left out has to be valid, as far as it has been read. */
export function assertLeftOut(modules: readonly Module[], options: BuildOptions): void {
  assertAccepted(
    modules.filter(({ facts }) => facts.syntax?.parts?.isAll),
    questionOfLeft,
    options,
  );
}

/**
 * Renders the modules and makes the bundles.
 * @param before an earlier build with the same options, see core/again.ts
 */
export function build(planned: Plan, options: BuildOptions, before?: Build): Build {
  const joined = joinModules(planned, before?.joined);
  const inputs: ChosenBy = [joined.functions, planned.runtimes];
  const runtime = again<ChosenBy, Module | undefined>(before?.runtime, inputs, () =>
    chooseRuntime(planned, joined),
  );
  const plan = { ...planned, modules: withRuntime(planned, runtime.output) };
  const rendered = renderModules(plan, joined, before);
  const styleBundles = makeStyles(plan, options, before?.styleBundles);
  const bundles = makeBundles(plan, rendered, options, before);
  for (const { bundle } of styleBundles.values()) bundles.push(bundle);
  if (plan.loaderName !== undefined) {
    const texts = options.loaderTexts(styleBundles.size > 0);
    bundles.push({ name: plan.loaderName, modules: [], contents: loaderFile(texts) });
  }
  if (plan.workerLoaderName !== undefined)
    bundles.push({ name: plan.workerLoaderName, modules: [], contents: options.workerLoader() });
  const scriptsAlone = makeStandalone(plan.alone, options, before?.scriptsAlone);
  for (const { bundle } of scriptsAlone.values()) bundles.push(bundle);
  // Pages know a bundle by the id of a module that must be there.
  const bundleIds = new Map(
    [...plan.naming.output.bundleIds].map(([name, id]) => [name, joined.ids.get(id) ?? id]),
  );
  return {
    ...plan,
    bundleIds,
    joined,
    runtime,
    rendered,
    styleBundles,
    scriptsAlone,
    bundles,
    assetFiles: readAssets(plan),
  };
}

/** Of modules of one file, the first has it. */
function readAssets({ assets, modules, numbers }: Plan): Asset[] {
  const byName = new Map<string, Asset>();
  for (const { name, path } of assets) {
    const { asset } = modules[numbers.get(path) as number] as Module;
    if (!byName.has(name)) byName.set(name, { name, path, contents: (asset as ModuleAsset).bytes });
  }
  return [...byName.values()];
}
