import type { Module } from '../model';

/** Modules by path, wherever they are kept. */
export interface Modules {
  get(path: string): Module | undefined;
}

/** Paths of all modules that a module leads to: its references' targets, its shims and the runtime. */
export const neededPaths = ({ targets, shims, runtime }: Module): string[] =>
  [...targets, ...Object.values(shims), runtime].filter((path) => path !== undefined);

/** Paths of all modules that its text may name: these, and the shim that it needs where that is there anyway. */
export const namedPaths = (module: Module): string[] =>
  module.bufferIfThere === undefined ? neededPaths(module) : [...neededPaths(module), module.bufferIfThere];

/** Everything the entries lead to, by path. Modules that are not there are left out. */
export function findReachable(modules: Modules, entries: readonly string[]): ReadonlyMap<string, Module> {
  const reached = new Map<string, Module>();
  const add = (path: string): void => {
    const module = modules.get(path);
    if (module) reached.set(module.path, module);
  };
  entries.forEach(add);
  for (const module of reached.values()) neededPaths(module).forEach(add);
  return reached;
}
