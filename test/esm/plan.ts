/** What a module graph is before it is text: modules, what they export, and where names lead. */

/** What can be done with a value, as far as it is known before anything runs. */
export type Nature = 'value' | 'function' | 'async' | 'generator' | 'class' | 'namespace';

export type Declaration = 'const' | 'let' | 'var' | 'function' | 'class' | 'default' | 'import' | 'commonjs';

/** A variable of a module that others can see. */
export interface Binding {
  module: number;
  /** Its name in the module; none for an anonymous default. */
  local: string | undefined;
  declaration: Declaration;
  nature: Nature;
  /** Whether the module may assign to it. */
  mutable: boolean;
  /** Functions call only those of higher rank, so that calls end. */
  rank: number;
  /** The module whose namespace it is, if it is one. */
  namespace?: number;
}

/** A name that is exported from elsewhere. */
export interface Indirect {
  from: number;
  /** The name there; `*` stands for the namespace. */
  name: string;
  /** The name of the import that is exported, if that is how it is written. */
  through?: string;
}

/** How a module waits: not at all, for promises that are settled, or for `import()`. */
export type Waiting = 'never' | 'ticks' | 'imports';

export interface ModulePlan {
  number: number;
  file: string;
  language: 'mjs' | 'cjs' | 'json';
  bindings: Binding[];
  locals: Map<string, Binding>;
  indirect: Map<string, Indirect>;
  stars: number[];
  /** Static dependencies whose names are imported, with repetitions. */
  imports: number[];
  /** What it asks for with `import()`. */
  dynamic: number[];
  /** Every local name in use. */
  taken: Set<string>;
  waits: Waiting;
  throws: boolean;
}

/** What an exported name leads to. */
export type Target = { binding: Binding } | { namespace: number };

const isSame = (a: Target, b: Target): boolean =>
  'binding' in a
    ? 'binding' in b && a.binding === b.binding
    : 'namespace' in b && a.namespace === b.namespace;

/** ResolveExport of the specification (16.2.1.6.3): `undefined` for what is not there or circular. */
export function resolveExport(
  plans: readonly ModulePlan[],
  module: number,
  name: string,
  seen = new Set<string>(),
): Target | 'ambiguous' | undefined {
  const key = `${module} ${name}`;
  if (seen.has(key)) return undefined;
  seen.add(key);
  const plan = plans[module] as ModulePlan;
  const binding = plan.locals.get(name);
  if (binding) return { binding };
  const indirect = plan.indirect.get(name);
  if (indirect?.name === '*') return { namespace: indirect.from };
  if (indirect) return resolveExport(plans, indirect.from, indirect.name, seen);
  return name === 'default' ? undefined : resolveStar(plans, plan, name, seen);
}

function resolveStar(plans: readonly ModulePlan[], plan: ModulePlan, name: string, seen: Set<string>) {
  let found: Target | undefined;
  for (const star of plan.stars) {
    const target = resolveExport(plans, star, name, seen);
    if (target === 'ambiguous') return target;
    if (target && found && !isSame(target, found)) return 'ambiguous';
    found ??= target;
  }
  return found;
}

/** GetExportedNames of the specification (16.2.1.6.2); some of the names may be ambiguous. */
export function exportedNames(
  plans: readonly ModulePlan[],
  module: number,
  seen = new Set<number>(),
): Set<string> {
  if (seen.has(module)) return new Set();
  seen.add(module);
  const plan = plans[module] as ModulePlan;
  const names = new Set([...plan.locals.keys(), ...plan.indirect.keys()]);
  for (const star of plan.stars) {
    for (const name of exportedNames(plans, star, seen)) if (name !== 'default') names.add(name);
  }
  return names;
}

/** The names that can be imported from a module, with what they lead to. */
export function importable(plans: readonly ModulePlan[], module: number): Map<string, Target> {
  const found = new Map<string, Target>();
  for (const name of exportedNames(plans, module)) {
    const target = resolveExport(plans, module, name);
    if (target && target !== 'ambiguous') found.set(name, target);
  }
  return found;
}

/** Takes away exports that lead nowhere, and stars on which V8 and the specification differ, until all is well. */
export function dropUnresolvable(plans: readonly ModulePlan[]): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const plan of plans) {
      const isDoubtful = [...exportedNames(plans, plan.number)].some((name) => isDisputed(plans, plan, name));
      if (isDoubtful) plan.stars.pop();
      if (isDoubtful || dropOne(plans, plan)) changed = true;
    }
  }
}

function dropOne(plans: readonly ModulePlan[], plan: ModulePlan): boolean {
  const isLost = (name: string): boolean => {
    const target = resolveExport(plans, plan.number, name);
    return target === undefined || target === 'ambiguous';
  };
  const lost = [...plan.indirect.keys()].find(isLost);
  return lost !== undefined && plan.indirect.delete(lost);
}

/**
 * Whether a name is ambiguous behind one star and not behind another, or in a circle of stars. It is ambiguous then, by the
 * specification; V8 takes the other one, or what it finds before it has been round.
 */
function isDisputed(plans: readonly ModulePlan[], plan: ModulePlan, name: string): boolean {
  if (plan.locals.has(name) || plan.indirect.has(name)) return false;
  if (isInCircle(plans, plan) && resolveExport(plans, plan.number, name) === 'ambiguous') return true;
  const targets = plan.stars.map((star) => resolveExport(plans, star, name));
  return (
    targets.includes('ambiguous') && targets.some((target) => target !== undefined && target !== 'ambiguous')
  );
}

function isInCircle(plans: readonly ModulePlan[], { number, stars }: ModulePlan): boolean {
  const found = new Set(stars);
  for (const star of found) for (const next of plans[star]?.stars ?? []) found.add(next);
  return found.has(number);
}

/** Static dependencies of a module, each as often as it is named. */
export function staticOf(plan: ModulePlan): number[] {
  const namespaces = [...plan.locals.values()].flatMap(({ namespace }) => namespace ?? []);
  const indirect = [...plan.indirect.values()].map(({ from }) => from);
  return [...plan.imports, ...plan.stars, ...indirect, ...namespaces];
}

/** Everything that is evaluated with a module, itself included. */
export function closureOf(plans: readonly ModulePlan[], root: number): Set<number> {
  const found = new Set([root]);
  for (const module of found) {
    for (const to of staticOf(plans[module] as ModulePlan)) found.add(to);
  }
  return found;
}
