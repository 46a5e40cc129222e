/**
 * Seeded random programs of scripts and styles, visits of them, and what a visit must fetch and show: by evaluating the modules one after the
 * other, as a page would. Knows nothing of cores and chains.
 */
import { range } from '../core/styles';
import { Dice } from '../esm/dice';

/** Modules are numbers: scripts come first, then styles. One more stands for the runtime of ES modules. */
export interface Program {
  seed: number;
  scripts: number;
  size: number;
  /** Module → what it imports, in order. */
  imports: number[][];
  /** Script → what it asks for later. */
  later: number[][];
  entries: number[];
  /** The styles that have rules; the others only import. */
  ruled: number[];
  /** By script; the others are CommonJS. */
  isEs: boolean[];
}

/** What a program is made with. */
interface Draft extends Pick<Program, 'scripts' | 'size'> {
  dice: Dice;
  /** Whether modules may import any others, not only later ones. */
  isCircular: boolean;
  /** How many scripts have what they import, and what they ask for, in an order of their own. */
  disorder: number;
}

/** Two to four scripts and two to six styles, the same for the same seed. */
export function randomProgram(seed: number): Program {
  const dice = new Dice(seed);
  const scripts = dice.pick([2, 3, 3, 4]);
  const size = scripts + 2 + dice.below(5);
  const isCircular = dice.chance(0.12);
  const draft: Draft = { dice, scripts, size, isCircular, disorder: dice.pick([0, 0.4, 0.8]) };
  const scriptImports = listScriptImports(draft);
  const styleImports = range(size - scripts).map((style) =>
    pickTargets(draft, scripts + style, scripts, dice.pick([0.1, 0.1, 0.4])),
  );
  const isRuled = styleImports.map(({ length }) => length === 0 || dice.chance(0.8));
  const density = dice.pick([0.4, 0.7, 1]);
  const later = range(scripts).map(() => {
    const targets = range(size).filter((to) => dice.chance(to < scripts ? density : 0.08));
    return shuffleNowAndThen(draft, targets);
  });
  const form = dice.pick(isCircular ? [0, 1, 1] : [0.5, 1, 1, 1]);
  return {
    seed,
    scripts,
    size,
    imports: [...scriptImports, ...styleImports],
    later,
    entries: pickEntries(draft),
    ruled: range(size).filter((module) => isRuled[module - scripts]),
    isEs: range(scripts).map(() => dice.chance(form)),
  };
}

function listScriptImports(draft: Draft): number[][] {
  const { dice, scripts } = draft;
  const [toScripts, toStyles] = [dice.pick([0, 0.15, 0.3]), 0.2 + dice.below(5) / 10];
  return range(scripts).map((module) => {
    const targets = [
      ...pickTargets(draft, module, 0, toScripts).filter((to) => to < scripts),
      ...pickTargets(draft, module, scripts, toStyles),
    ];
    return shuffleNowAndThen(draft, targets);
  });
}

const shuffleNowAndThen = ({ dice, disorder }: Draft, targets: number[]): number[] =>
  dice.chance(disorder) ? dice.shuffled(targets) : targets;

const pickTargets = (
  { dice, size, isCircular }: Draft,
  module: number,
  from: number,
  density: number,
): number[] =>
  range(size)
    .slice(from)
    .filter((to) => to > module || (isCircular && to !== module))
    .filter(() => dice.chance(density));

/** Mostly scripts that others hardly need; now and then styles. */
function pickEntries({ dice, scripts, size }: Draft): number[] {
  const [first, ...more] = dice.shuffled(range(scripts));
  const [least] = dice.chance(0.8) ? [0] : [first];
  const others = dice.chance(0.5) ? more.slice(0, 1 + dice.below(2)) : [];
  const styles = dice.chance(0.1) ? [scripts + dice.below(size - scripts)] : [];
  return [...new Set([least as number, ...others, ...styles])];
}

export const fileOf = ({ scripts }: Program, module: number): string =>
  module < scripts ? `m${module}.js` : `s${module}.css`;

/** An entry, as it is called. */
export const nameOf = ({ scripts }: Program, entry: number): string =>
  entry < scripts ? `m${entry}` : `s${entry}`;

/** The module that is in a file. */
export const numberOf = ({ size }: Program, path: string): number =>
  Number(/\/[ms](\d)\.\w+$/.exec(path)?.[1] ?? size);

/** What a visitor can ask for. */
export interface Offer {
  from: number;
  to: number;
}

export const offerName = ({ seed }: Program, { from, to }: Offer): string => `${seed} ${from} ${to}`;

/**
 * The sources. A script tells the page that it runs. For each two styles there is a property that both set on the element of the program,
 * so the page tells which of them is there and stands behind.
 */
export function sourcesOf(program: Program): Record<string, string> {
  const sourceOf = (module: number): string =>
    module < program.scripts ? scriptOf(program, module) : styleOf(program, module);
  return Object.fromEntries(range(program.size).map((module) => [fileOf(program, module), sourceOf(module)]));
}

function scriptOf(program: Program, module: number): string {
  const isEs = program.isEs[module];
  const imports = (program.imports[module] as number[]).map((to) => {
    const specifier = `'./${fileOf(program, to)}'`;
    return isEs ? `import ${specifier};\n` : `require(${specifier});\n`;
  });
  const offers = (program.later[module] as number[]).map((to) => {
    const offer = offerName(program, { from: module, to });
    return `offer('${offer}', () => import('./${fileOf(program, to)}'));\n`;
  });
  return `${imports.join('')}${offers.join('')}runs('${program.seed}', ${module});\n${isEs ? 'export {};\n' : ''}`;
}

function styleOf(program: Program, module: number): string {
  const imports = (program.imports[module] as number[]).map((to) => `@import './${fileOf(program, to)}';\n`);
  if (!program.ruled.includes(module)) return imports.join('');
  const pairs = pairsOf(program).filter((pair) => pair.includes(module));
  const declarations = pairs.map(([first, second]) => `--${first}-${second}: ${module}`);
  return `${imports.join('')}.p${program.seed} { ${declarations.join('; ')} }\n`;
}

/** Each two styles with rules, and each with itself. */
export const pairsOf = ({ ruled }: Program): [number, number][] =>
  ruled.flatMap((second) =>
    ruled.filter((first) => first <= second).map((first): [number, number] => [first, second]),
  );

/** What a style is in scripts, where one asks for it: a module without anything. */
export const stubOf = (program: Program, style: number): number => program.size + 1 + style;

/** Everything that has to be there before a root can run. */
export function needsOf(program: Program, root: number): Set<number> {
  const { scripts, size } = program;
  const isStyle = (module: number): boolean => module >= scripts && module < size;
  const found = new Set(isStyle(root) ? [root, stubOf(program, root)] : [root]);
  for (const module of found) {
    for (const to of program.imports[module] ?? []) {
      found.add(to);
      // What a style imports is shown, and no script.
      if (module < scripts && isStyle(to)) found.add(stubOf(program, to));
    }
    if (program.isEs[module] || (program.later[module] ?? []).length > 0) found.add(size);
  }
  return found;
}

/** The modules that a root comes to, in the order in which they run: what is imported before what imports it. */
function evaluate({ imports }: Program, root: number): number[] {
  const begun = new Set<number>();
  const run = (module: number): number[] => {
    if (begun.has(module)) return [];
    begun.add(module);
    return [...(imports[module] as number[]).flatMap(run), module];
  };
  return run(root);
}

/** The order in which evaluating a root alone comes to styles. */
export const documentOf = (program: Program, root: number): number[] =>
  evaluate(program, root).filter((module) => program.ruled.includes(module));

/** The roots that visits from an entry can ask for, as modules that run ask for them, root by root. */
export function rootsOf(program: Program, entry: number): number[] {
  const found = new Set([entry]);
  for (const root of found) {
    const offers = listOffers(program, evaluate(program, root));
    const isNew = ({ from, to }: Offer): boolean => !program.imports[from]?.includes(to);
    // What a module imports as well is there whenever it asks.
    const roots = new Set(offers.filter(isNew).map(({ to }) => to));
    for (const { to } of offers) if (roots.has(to)) found.add(to);
  }
  return [...found];
}

const listOffers = ({ later }: Program, modules: Iterable<number>): Offer[] =>
  [...modules].flatMap((from) => (later[from] ?? []).map((to) => ({ from, to })));

export interface Visit {
  /** One, or two on one page. */
  entries: number[];
  /** What is asked for, one after the other; several things at once now and then. */
  steps: Offer[][];
}

/** A visit of a few steps; some ask for what is there. */
export function randomVisit(program: Program, dice: Dice): Visit {
  const entries = dice.some(program.entries, dice.chance(0.4) ? 2 : 1);
  const held = new Set<number>();
  const hold = (roots: readonly number[]): void => {
    for (const root of roots) for (const module of needsOf(program, root)) held.add(module);
  };
  hold(entries);
  const steps: Offer[][] = [];
  while (steps.length < 3) {
    const offers = listOffers(program, held);
    const fresh = offers.filter(({ to }) => !held.has(to));
    const styled = fresh.filter(({ to }) => documentOf(program, to).some((style) => !held.has(style)));
    const choices = [offers, fresh, fresh, styled, styled, styled].filter(({ length }) => length > 0);
    if (choices.length === 0) break;
    const step = dice.some(dice.pick(choices), dice.pick([1, 1, 1, 2, 3]));
    steps.push(step);
    hold(step.map(({ to }) => to));
    if (fresh.length === 0) break;
  }
  return { entries, steps };
}

/** What an element shows, property by property, in the order of `pairsOf`. */
export type Look = readonly string[];

/** What an element must show: the orders of the page's entries say which of two styles stands behind. */
export interface Expected {
  orders: readonly (readonly number[])[];
  /** What is there for certain, … */
  must: ReadonlySet<number>;
  /** … and what may be there. */
  may: ReadonlySet<number>;
}

/** What is wrong with what an element shows. */
export function findLookFaults(program: Program, look: Look, { orders, must, may }: Expected): string[] {
  const pairs = pairsOf(program);
  const shown = new Map(pairs.map((pair, index) => [`${pair}`, look[index]]));
  const held = new Set(program.ruled.filter((style) => shown.get(`${[style, style]}`) === `${style}`));
  const missing = program.ruled.filter((style) => must.has(style) && !held.has(style));
  const early = program.ruled.filter((style) => !may.has(style) && held.has(style));
  const isSure = areAlike(orders.map((order) => order.filter((style) => held.has(style))));
  const isWrong = ([first, second]: [number, number]): boolean => {
    const there = [first, second].filter((style) => held.has(style));
    const order = orders.find((each) => there.every((style) => each.includes(style)));
    if (there.length === 2 && !(isSure && order)) return false;
    const last = order?.findLast((style) => there.includes(style)) ?? there[0] ?? '';
    return shown.get(`${[first, second]}`) !== `${last}`;
  };
  return [
    ...missing.map((style) => `${style} is missing`),
    ...early.map((style) => `${style} is early`),
    ...pairs
      .filter(isWrong)
      .map(([first, second]) => `of ${first} and ${second}, the wrong one stands behind`),
  ];
}

/** Whether what two entries hold on one page is in one order, or has nothing to do with each other. */
function areAlike([first = [], second = []]: readonly (readonly number[])[]): boolean {
  return `${first}` === `${second}` || second.every((style) => !first.includes(style));
}
