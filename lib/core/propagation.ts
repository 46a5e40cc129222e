/** What modules need → what others are asked for, from module to module. */
import type { Module } from '../model';
import { type Demand, Demands, type Needs, type Rule, wholeModules } from './demand';
import type { Modules } from './reachable';

/** What modules are asked for, and what they need to give it, as it becomes known. */
export class DemandPropagation {
  readonly demands: Demands;
  /** By path, of the modules that were there when they were asked. */
  readonly needs = new Map<string, Needs>();
  /** By path, paths of the modules whose asking has added to the demand, or was the first: what others asked made no difference. */
  readonly givers = new Map<string, string[]>();

  /**
   * @param modules those that are there; others may come later
   * @param onAsked is told of a module whenever another one needs it, before that asks on
   * @param earlier what was asked for before, which this goes beyond
   */
  constructor(
    private readonly modules: Modules,
    private readonly onAsked: (path: string, importer: string) => void,
    earlier?: Demands,
    private readonly rule: Rule = wholeModules,
  ) {
    this.demands = new Demands(earlier);
  }

  /** Asks for what the module needs to give what it is asked for, and for what others need now that they are asked for more. */
  from(module: Module): void {
    const line = [module];
    // One that many ask is looked at when they have, not for each of them.
    const waiting = new Set<Module>(line);
    for (const each of line) {
      waiting.delete(each);
      const needs = this.rule.find(each, this.demands.of(each.path));
      this.needs.set(each.path, needs);
      eachDemand(each, needs, (path, demand) => {
        if (this.demands.add(path, demand)) {
          this.noteGiver(path, each.path);
          const known = this.modules.get(path);
          if (known && !waiting.has(known)) {
            waiting.add(known);
            line.push(known);
          }
        }
        this.onAsked(path, each.path);
      });
    }
  }

  private noteGiver(path: string, giver: string): void {
    const known = this.givers.get(path);
    if (known) known.push(giver);
    else this.givers.set(path, [giver]);
  }
}

/** Calls `visit` with what the module asks of others. */
export function eachDemand(
  module: Module,
  needs: Needs,
  visit: (path: string, demand: Demand) => void,
): void {
  needs.references.forEach((demand, index) => {
    const target = module.targets[index];
    if (target !== undefined) visit(target, demand);
  });
  if (needs.code) for (const shim of Object.values(module.shims)) visit(shim, 'all');
  if (module.runtime !== undefined) visit(module.runtime, 'all');
}
