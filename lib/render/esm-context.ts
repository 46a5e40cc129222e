/** What the parts of rendering an ES module work with. */
import type { ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { exportedName, type ModuleNames, unusedIdentifier } from './references';
import { collectRequests, type Requests } from './requests';

export interface Context {
  module: Module;
  syntax: ModuleSyntax;
  names: ModuleNames;
  /** What every name begins with that is put into the source; occurs nowhere in it. */
  prefix: string;
  requests: Requests;
  /** Indices of the imports that are used. */
  used: ReadonlySet<number>;
}

export function contextOf(module: Module, names: ModuleNames): Context {
  const syntax = module.facts.syntax as ModuleSyntax;
  const prefix = unusedIdentifier(module.source);
  const used = new Set(syntax.uses.map(({ entry }) => entry));
  return { module, syntax, names, prefix, used, requests: collectRequests(module, syntax, used, names) };
}

/** What a request's module hands out a name as. */
export function exportedFrom(request: number, name: string, { names, requests }: Context): string {
  const target = requests.targets[requests.targetOf[request] as number];
  return target === undefined ? name : exportedName(names, target, name);
}
