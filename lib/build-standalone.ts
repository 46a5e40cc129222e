/** Scripts that stand alone, as planned → their texts. */
import { isSameList } from './core/again';
import type { Bundle, Module } from './model';
import type { StandalonePlan } from './plan-standalone';
import { assertAccepted, type Engine } from './render/accepted';
import { type Frame, renderBundle, renderBundleMap } from './render/bundle';
import { questionOf } from './render/question';
import { type StandaloneTexts, standaloneFrame } from './render/standalone';
import { type Rendered, renderText } from './render/texts';

/** A script, and what it was made of. */
export interface StandaloneScript {
  plan: StandalonePlan;
  frame: Frame;
  /** In the order in which they are written. */
  rendered: readonly Rendered[];
  bundle: Bundle;
}

/** What scripts depend on besides the modules. */
export interface ScriptOptions extends Engine {
  root: string;
  standaloneTexts: StandaloneTexts;
}

const moduleOf = ({ modules, numbers }: StandalonePlan, path: string): Module =>
  modules[numbers.get(path) as number] as Module;

const isSameFrame = (a: Frame, b: Frame): boolean => a.head === b.head && a.tail === b.tail;

function makeScript(
  plan: StandalonePlan,
  options: ScriptOptions,
  before: StandaloneScript | undefined,
): StandaloneScript {
  if (before?.plan === plan) return before;
  const { name, path, held, names, hasMap, library } = plan;
  const known = new Map(before?.rendered.map((rendered) => [rendered.module.path, rendered]));
  const modules = new Map(held.map((each) => [each, moduleOf(plan, each)]));
  const rendered = [...modules].map(([each, module]) =>
    renderText(module, names, known.get(each), before?.plan.names),
  );
  const frame = standaloneFrame({ modules, entry: names.id(path), library }, options.standaloneTexts);
  const isSame =
    before !== undefined &&
    before.plan.hasMap === hasMap &&
    isSameFrame(before.frame, frame) &&
    isSameList(before.rendered, rendered);
  if (isSame) return { plan, frame, rendered, bundle: before.bundle };
  assertAccepted([...modules.values()], (_, index) => questionOf(rendered[index] as Rendered), options);
  const contents = renderBundle(
    frame,
    rendered.map(({ text }) => text),
  );
  const map = hasMap ? renderBundleMap(frame, name, rendered, options.root) : undefined;
  return { plan, frame, rendered, bundle: { name, modules: [...held], contents, map } };
}

/**
 * Makes the scripts; as they were made before, where all that they are made of is what it was.
 * @param before those of an earlier build, by name
 */
export const makeStandalone = (
  plans: readonly StandalonePlan[],
  options: ScriptOptions,
  before: ReadonlyMap<string, StandaloneScript> | undefined,
): ReadonlyMap<string, StandaloneScript> =>
  new Map(plans.map((plan) => [plan.name, makeScript(plan, options, before?.get(plan.name))]));
