/**
 * Which modules have run before any code of a cycle does. In a cycle, functions may be called before the module that declares them has
 * run, and so before what it imports has:
 *
 *     // main.js               // a.js                                  // b.js
 *     import './a.js';         import './b.js';                         import { f } from './a.js';
 *                              import { x } from './x.js';              f();   ← there is no `x` yet
 *                              export function f() { return x; }
 *
 * ECMA-262, InnerModuleEvaluation(): imports run one after the other, but for those that are being entered already. So the way from where a cycle is
 * entered leads on to the first import that is a new member, and ends at the member that runs first. What was imported on this way, and is no
 * member, has run by then.
 */
import type { Module, ModuleGraph } from '../model';
import { isEsModule } from './es-module';
import type { NumberedModules } from './graph';
import { type Components, findComponents } from './roots';

type Numbers = ReadonlySet<number>;

const NONE: Numbers = new Set();

/** Of a program. */
export class BeforeCycles {
  private readonly components: Components;
  /** By component, its members, where there are several. */
  private readonly members = new Map<number, number[]>();
  private readonly entered: Numbers;
  private readonly known = new Map<number, Numbers>();

  constructor(private readonly program: NumberedModules) {
    const { graph, modules } = program;
    this.components = findComponents(graph, [...modules.keys()]);
    const all = Array.from({ length: this.components.count }, (): number[] => []);
    this.components.componentOf.forEach((component, number) => {
      all[component]?.push(number);
    });
    all.forEach((members, component) => {
      if (members.length > 1) this.members.set(component, members);
    });
    this.entered = findEntered(graph, this.components);
  }

  /** Whether what a module imports, by whatever ways, has run before any code of the module does, and of those in a cycle with it. */
  has(imported: string, importer: string): boolean {
    const { numbers } = this.program;
    const [target, number] = [imported, importer].map((path) => numbers.get(path)) as [number, number];
    const { componentOf } = this.components;
    const component = componentOf[number] as number;
    if (componentOf[target] === component) return false;
    return !this.members.has(component) || this.before(component).has(target);
  }

  private before(component: number): Numbers {
    const known = this.known.get(component);
    if (known) return known;
    const found = this.findBefore(component);
    this.known.set(component, found);
    return found;
  }

  private findBefore(component: number): Numbers {
    const members = this.members.get(component) as number[];
    const { modules } = this.program;
    // Of others, and where somebody waits, the order is not known.
    if (modules.some(waits) || !members.every((number) => onlyImports(modules[number] as Module)))
      return NONE;
    const first = members.filter((number) => this.entered.has(number)).map((number) => this.onTheWay(number));
    const [some = NONE, ...others] = first;
    return new Set([...some].filter((number) => others.every((each) => each.has(number))));
  }

  /** What has run when the first member of a cycle does. */
  private onTheWay(start: number): Numbers {
    const { componentOf } = this.components;
    const component = componentOf[start];
    const way = new Set([start]);
    const done = new Set<number>();
    for (const number of way) {
      for (const target of this.importsOf(number)) {
        if (componentOf[target] !== component) done.add(target);
        else if (!way.has(target)) {
          way.add(target);
          break;
        }
      }
    }
    for (const number of done) for (const target of this.importsOf(number)) done.add(target);
    return done;
  }

  private importsOf(number: number): number[] {
    const { modules, numbers } = this.program;
    const { facts, targets } = modules[number] as Module;
    return (facts.syntax?.requests ?? []).flatMap((reference) => numbers.get(targets[reference] ?? '') ?? []);
  }
}

const waits = ({ facts: { syntax } }: Module): boolean => syntax !== undefined && syntax.awaits.length > 0;

/** Whether all that a module asks for, before it runs or while it does, are imports. */
const onlyImports = (module: Module): boolean =>
  isEsModule(module) &&
  module.facts.references.every(({ kind }) => kind !== 'require' && kind !== 'declared');

/** Members of cycles that are asked for from elsewhere. */
function findEntered(graph: ModuleGraph, { componentOf }: Components): Numbers {
  const entered = new Set(graph.entries);
  const add = (targets: readonly number[]): void => {
    for (const target of targets) entered.add(target);
  };
  graph.dynamicEdges.forEach(add);
  graph.workerEdges?.forEach(add);
  graph.staticEdges.forEach((targets, number) => {
    add(targets.filter((target) => componentOf[target] !== componentOf[number]));
  });
  return entered;
}
