/** An entry → what a script of its own holds: all that it reaches, now or later. */
import type { Module } from '../model';
import { findTextless, isStyle } from './kinds';
import type { Modules } from './reachable';

/** What an entry reaches. */
export interface Reached {
  /** By path; the runtime, which is put together for each script, is not among them. */
  modules: ReadonlyMap<string, Module>;
  /** Those of which a script holds nothing: styles that nobody asks for a value. */
  textless: ReadonlySet<string>;
}

/** What a module needs where no style is shown: of a style, only those from which it takes names. */
function followed(module: Module): string[] {
  const { facts, targets, shims } = module;
  const named = targets.filter((_, index) => {
    const kind = facts.references[index]?.kind;
    return isStyle(module) ? kind === 'composes' : true;
  });
  return [...named, ...Object.values(shims)].filter((path) => path !== undefined);
}

/** @param runtime path of the module that links ES modules */
export function reachAlone(modules: Modules, entry: string, runtime: string): Reached {
  const reached = new Map<string, Module>();
  const add = (path: string): void => {
    const module = path === runtime ? undefined : modules.get(path);
    if (module) reached.set(path, module);
  };
  add(entry);
  for (const module of reached.values()) followed(module).forEach(add);
  const paths = [...reached.keys()];
  const numbers = new Map(paths.map((path, number) => [path, number]));
  const textless = findTextless([...reached.values()], numbers);
  return { modules: reached, textless: new Set([...textless].map((number) => paths[number] as string)) };
}
