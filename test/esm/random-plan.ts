/** Random plans of module graphs: which modules there are, what they export, and who imports whom. */
import type { Dice } from './dice';
import { freshName, isIdentifier, randomExportName } from './names';
import {
  type Binding,
  closureOf,
  type Declaration,
  dropUnresolvable,
  importable,
  type ModulePlan,
  type Nature,
  staticOf,
} from './plan';
import { shapes, starsOf } from './star-graphs';

/** What a graph may have. */
export interface Traits {
  interop: boolean;
  throwing: boolean;
  waiting: boolean;
  /** Has choices of its own where there are stars of stars: deep, wide, in diamonds and in circles. */
  stars: Dice | undefined;
}

/** Plans of two to nine modules; the first one is where everything begins. */
export function randomPlans(dice: Dice, traits: Traits): ModulePlan[] {
  const plans = languages(dice, traits.interop).map((language, number) => emptyPlan(number, language));
  for (const plan of plans) addBindings(plan, dice);
  for (const plan of plans) if (plan.language === 'mjs') connect(plans, plan, dice);
  if (traits.stars && !traits.interop) addStars(plans, traits.stars);
  for (const plan of plans) if (plan.language === 'cjs') requireOthers(plans, plan, dice);
  dropUnresolvable(plans);
  if (traits.waiting) chooseWaiting(plans, dice);
  if (traits.throwing) chooseThrowing(plans, dice);
  return plans;
}

function languages(dice: Dice, interop: boolean): ModulePlan['language'][] {
  const size = 2 + dice.below(8);
  const foreign = interop ? Math.min(size - 1, 1 + dice.below(3)) : 0;
  return Array.from({ length: size }, (_, number) =>
    number < size - foreign ? 'mjs' : dice.chance(0.75) ? 'cjs' : 'json',
  );
}

function emptyPlan(number: number, language: ModulePlan['language']): ModulePlan {
  return {
    number,
    file: `m${number}.${language}`,
    language,
    bindings: [],
    locals: new Map(),
    indirect: new Map(),
    stars: [],
    imports: [],
    dynamic: [],
    taken: new Set(),
    waits: 'never',
    throws: false,
  };
}

function addBindings(plan: ModulePlan, dice: Dice): void {
  if (plan.language === 'mjs') {
    for (let count = 1 + dice.below(4); count > 0; count--) addBinding(plan, dice);
    if (dice.chance(0.45)) addDefault(plan, dice);
  } else addForeign(plan, dice, plan.language === 'json' ? 0 : 1 + dice.below(3));
}

const DECLARATIONS: readonly Declaration[] = ['const', 'let', 'let', 'var', 'function', 'function', 'class'];

const naturesOf: Partial<Record<Declaration, readonly Nature[]>> = {
  function: ['function', 'function', 'function', 'async', 'generator'],
  class: ['class'],
};

const VARIABLE_NATURES: readonly Nature[] = ['value', 'value', 'value', 'function', 'class'];

function addBinding(plan: ModulePlan, dice: Dice): void {
  const names = [randomExportName(dice), ...(dice.chance(0.2) ? [randomExportName(dice)] : [])];
  const free = [...new Set(names)].filter((name) => !plan.locals.has(name));
  if (free.length === 0) return;
  const declaration = dice.pick(DECLARATIONS);
  const wanted = free.find(isIdentifier);
  const binding: Binding = {
    module: plan.number,
    local: freshName(plan.taken, dice, dice.chance(0.8) ? wanted : undefined),
    declaration,
    nature: dice.pick(naturesOf[declaration] ?? VARIABLE_NATURES),
    mutable: declaration !== 'const',
    rank: dice.below(1000),
  };
  plan.bindings.push(binding);
  for (const name of free) plan.locals.set(name, binding);
}

const DEFAULT_NATURES: readonly Nature[] = [
  'value',
  'value',
  'function',
  'function',
  'class',
  'async',
  'generator',
];

/** A default of its own, or one more name of a variable. */
function addDefault(plan: ModulePlan, dice: Dice): void {
  const other = dice.chance(0.3) ? plan.bindings[0] : undefined;
  const nature = dice.pick(DEFAULT_NATURES);
  const named = nature !== 'value' && dice.chance(0.5);
  const binding: Binding = other ?? {
    module: plan.number,
    local: named ? freshName(plan.taken, dice) : undefined,
    declaration: 'default',
    nature,
    mutable: named,
    rank: dice.below(1000),
  };
  if (!other) plan.bindings.push(binding);
  plan.locals.set('default', binding);
}

/** What Node finds in a CommonJS or JSON module: a default, and the names it assigns. */
function addForeign(plan: ModulePlan, dice: Dice, count: number): void {
  const names = dice.some(['a', 'b', 'c', 'd', 'e'], count);
  for (const name of [...names, 'default']) {
    plan.locals.set(name, {
      module: plan.number,
      local: name,
      declaration: 'commonjs',
      nature: name !== 'default' && dice.chance(0.3) ? 'function' : 'value',
      mutable: false,
      rank: dice.below(1000),
    });
  }
}

/**
 * Gives a module its dependencies: each module has an importer, and there are more edges in all directions. Where
 * there is CommonJS, there are no cycles, and nothing exports all its names: bundles know them when it has run, not before.
 */
function connect(plans: readonly ModulePlan[], plan: ModulePlan, dice: Dice): void {
  const hasForeign = plans.some(({ language }) => language !== 'mjs');
  for (const target of plans) {
    if (target.number > plan.number && dice.chance(1.1 / target.number)) link(plans, plan, target, dice);
  }
  for (let extra = dice.below(3); extra > 0; extra--) {
    const target = dice.pick(plans);
    if (hasForeign && target.number <= plan.number) continue;
    if (target !== plan || dice.chance(0.3)) link(plans, plan, target, dice);
  }
}

function link(plans: readonly ModulePlan[], plan: ModulePlan, target: ModulePlan, dice: Dice): void {
  if (dice.chance(0.15)) plan.dynamic.push(target.number);
  else if (dice.chance(0.2) && target.language === 'mjs') plan.stars.push(target.number);
  else if (dice.chance(0.3)) reexport(plans, plan, target, dice);
  else plan.imports.push(target.number);
}

function addStars(plans: readonly ModulePlan[], dice: Dice): void {
  const shape = starsOf(dice.pick(shapes), plans.length);
  for (const plan of plans) plan.stars = [...new Set([...plan.stars, ...(shape[plan.number] ?? [])])];
}

/** `export { a as b } from`, `export * as b from`, and imports that are exported. */
function reexport(plans: readonly ModulePlan[], plan: ModulePlan, target: ModulePlan, dice: Dice): void {
  const exported = dice.chance(0.2) ? 'default' : randomExportName(dice);
  if (plan.locals.has(exported) || plan.indirect.has(exported)) return;
  const name = dice.pick(['*', 'default', ...importable(plans, target.number).keys()]);
  const through = dice.chance(0.35) ? freshName(plan.taken, dice) : undefined;
  if (through !== undefined && name === '*') {
    plan.locals.set(exported, {
      module: plan.number,
      local: through,
      declaration: 'import',
      nature: 'namespace',
      mutable: false,
      rank: 0,
      namespace: target.number,
    });
  } else
    plan.indirect.set(exported, { from: target.number, name, ...(through !== undefined && { through }) });
}

/** Modules that are CommonJS may require each other, and JSON. */
function requireOthers(plans: readonly ModulePlan[], plan: ModulePlan, dice: Dice): void {
  const others = plans.filter(({ language }) => language !== 'mjs');
  if (dice.chance(0.6)) plan.imports.push(dice.pick(others).number);
}

/** Every module that a visit can ask for. */
const rootsOf = (plans: readonly ModulePlan[]): number[] => [0, ...plans.flatMap(({ dynamic }) => dynamic)];

/** Whether whatever evaluates the module evaluates nothing else that the condition holds for. */
function isAlone(
  plans: readonly ModulePlan[],
  number: number,
  condition: (plan: ModulePlan) => boolean,
): boolean {
  const closures = [...rootsOf(plans), number].map((root) => closureOf(plans, root));
  return closures
    .filter((closure) => closure.has(number))
    .every(
      (closure) => ![...closure].some((other) => other !== number && condition(plans[other] as ModulePlan)),
    );
}

/**
 * Lets modules wait. How long `import()` takes is not for the language to say, so a module that waits for one
 * shares no evaluation with another that waits.
 */
function chooseWaiting(plans: readonly ModulePlan[], dice: Dice): void {
  const modern = plans.filter(({ language }) => language === 'mjs');
  const waits = (plan: ModulePlan): boolean => plan.waits !== 'never';
  const share = dice.pick([0.2, 0.5, 1]);
  const candidates = dice.shuffled(modern).filter(() => dice.chance(share));
  for (const plan of candidates) {
    const importsAlone = (other: ModulePlan): boolean => other.waits === 'imports';
    if (plan.dynamic.length > 0 && isAlone(plans, plan.number, waits)) plan.waits = 'imports';
    else if (isAlone(plans, plan.number, importsAlone)) plan.waits = 'ticks';
  }
}

/**
 * Lets modules throw; none while another one waits for `import()`, for the same reason. What Node does when a CommonJS
 * module that has thrown is asked for in several ways depends on their order, so only one may ask for it.
 */
function chooseThrowing(plans: readonly ModulePlan[], dice: Dice): void {
  for (const plan of dice.some(plans, 1 + dice.below(2))) {
    const isAwaited = !isAlone(plans, plan.number, ({ waits }) => waits === 'imports');
    const importers = plans.filter((other) => staticOf(other).includes(plan.number));
    const isShared = importers.length > 1 || importers.some(({ language }) => language === 'cjs');
    plan.throws = !isAwaited && (plan.language === 'mjs' || (plan.language === 'cjs' && !isShared));
  }
}

/** Whether modules need each other in a circle. */
export const hasCycle = (plans: readonly ModulePlan[]): boolean =>
  plans.some((plan) =>
    staticOf(plan).some((to) => to !== plan.number && closureOf(plans, to).has(plan.number)),
  );
