/** A plan → the texts of modules, and the bundles. The same modules give the same bytes, in whatever order they arrived. */

import { makeStyles, type StyleBundle, type StyleOptions } from './build-styles';
import { isSameList } from './core/again';
import { originOf } from './core/prune';
import { neededPaths } from './core/reachable';
import type { Asset, Bundle, Module, ModuleAsset } from './model';
import type { Described, PlanOptions } from './naming';
import type { Plan } from './plan';
import { renderBundle, renderBundleMap } from './render/bundle';
import { textOf } from './render/edits';
import { type LoaderTexts, loaderFile } from './render/loader';
import type { RenderedModule } from './render/maps';
import { renderModule } from './render/module';
import { type Question, questionOf, questionOfLeft } from './render/question';
import type { ModuleNames } from './render/references';
import { verifyText } from './render/verify';

/** What a build depends on besides the modules. */
export interface BuildOptions extends PlanOptions, StyleOptions {
  loaderTexts(hasStyles: boolean): LoaderTexts;
  /** The file that starts workers. */
  workerLoader(): string;
  /** Why an engine refuses a script, or `undefined` when it does not. */
  refusalOf(text: string): string | undefined;
  /** Throws the error for a module of a bundle that an engine refuses. */
  onRefused(module: Module, question: Question): never;
}

/** What a build gives to those who do not ask how it was made. */
export interface Outcome extends Described {
  /** The bundles in the order of the split, then those of styles, and last the loader's own file if it has one, and that of workers. */
  bundles: readonly Bundle[];
  /** The files that are given out besides. */
  assetFiles: readonly Asset[];
}

/** Everything the outputs are made from. */
export interface Build extends Plan, Outcome {
  /** The modules' texts, by number. */
  rendered: readonly Rendered[];
  /** The files of styles, by name. */
  styleBundles: ReadonlyMap<string, StyleBundle>;
}

/** A rendered module, and the text its pieces make. */
interface Rendered extends RenderedModule {
  text: string;
}

/** Whether the module would be rendered to the same text again. */
function isCurrent(rendered: Rendered, module: Module, before: ModuleNames, now: ModuleNames): boolean {
  if (rendered.module !== module) return false;
  if (before === now) return true;
  return [module.path, ...neededPaths(module)].every(
    (path) =>
      before.id(path) === now.id(path) &&
      before.isEsModule(path) === now.isEsModule(path) &&
      before.isPlainStyle(path) === now.isPlainStyle(path),
  );
}

function render(module: Module, names: ModuleNames): Rendered {
  const pieces = renderModule(module, names);
  const text = textOf(pieces, module.source);
  verifyText(originOf(module), module, text, names);
  return { module, pieces, text };
}

/** All modules; as they were rendered before, where that is right still. */
function renderModules(plan: Plan, before: Build | undefined): Rendered[] {
  const { modules, names, numbers } = plan;
  const isNumbered = before?.numbers === numbers;
  return modules.map((module, number) => {
    const known = before?.rendered[(isNumbered ? number : before.numbers.get(module.path)) ?? -1];
    const isRight = known !== undefined && isCurrent(known, module, (before as Build).names, names);
    return isRight ? known : render(module, names);
  });
}

/** All bundles; as they were made before, where all their modules are what they were. */
function makeBundles(
  plan: Plan,
  rendered: readonly Rendered[],
  options: BuildOptions,
  before: Build | undefined,
): Bundle[] {
  const known = new Map(before?.bundles.map((bundle) => [bundle.name, bundle]));
  const textsOf = new Map(before?.files.map((name, index) => [name, held(before, before.rendered, index)]));
  return plan.files.map((name, index) => {
    const texts = held(plan, rendered, index);
    const isSame = before?.hasMaps === plan.hasMaps && isSameList(textsOf.get(name) ?? [], texts);
    return isSame ? (known.get(name) as Bundle) : makeBundle(plan, name, texts, options);
  });
}

/** The texts of a bundle. */
const held = ({ split }: Plan, rendered: readonly Rendered[], index: number): Rendered[] =>
  (split.bundles[index] as number[]).map((number) => rendered[number] as Rendered);

function makeBundle(
  { hasMaps }: Plan,
  name: string,
  texts: readonly Rendered[],
  options: BuildOptions,
): Bundle {
  const { name: registry, root } = options;
  assertAccepted(
    texts.map(({ module }) => module),
    (_, index) => questionOf(texts[index] as Rendered, (texts[index] as Rendered).text),
    options,
  );
  const contents = renderBundle(
    registry,
    texts.map(({ text }) => text),
  );
  const map = hasMaps ? renderBundleMap(registry, name, texts, root) : undefined;
  return { name, modules: texts.map(({ module }) => module.path), contents, map };
}

/** How many modules an engine is asked about one by one. */
const FEW = 16;

/** Nothing that an engine refuses gets out. One question about many modules costs less than one for each. */
function assertAccepted(
  modules: readonly Module[],
  ask: (module: Module, index: number) => Question,
  { refusalOf, onRefused }: BuildOptions,
): void {
  const questions = modules.flatMap((module, index) =>
    module.isAccepted ? [] : [{ module, question: ask(module, index) }],
  );
  const all = questions.map(({ question }) => question.code).join(';');
  const areFine = questions.length > FEW && refusalOf(all) === undefined;
  for (const { module, question } of questions) {
    if (!areFine && refusalOf(question.code) !== undefined) onRefused(module, question);
    module.isAccepted = true;
  }
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
export function build(plan: Plan, options: BuildOptions, before?: Build): Build {
  const rendered = renderModules(plan, before);
  const styleBundles = makeStyles(plan, options, before?.styleBundles);
  const bundles = makeBundles(plan, rendered, options, before);
  for (const { bundle } of styleBundles.values()) bundles.push(bundle);
  if (plan.loaderName !== undefined) {
    const texts = options.loaderTexts(styleBundles.size > 0);
    bundles.push({ name: plan.loaderName, modules: [], contents: loaderFile(texts) });
  }
  if (plan.workerLoaderName !== undefined)
    bundles.push({ name: plan.workerLoaderName, modules: [], contents: options.workerLoader() });
  return { ...plan, rendered, styleBundles, bundles, assetFiles: readAssets(plan) };
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
