import type { Module } from '../model';

/** Everything the entries lead to, by path. Modules that are not there are left out. */
export function findReachable(
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
): ReadonlyMap<string, Module> {
  const reached = new Map<string, Module>();
  const add = (path: string | undefined): void => {
    const module = path === undefined ? undefined : modules.get(path);
    if (module) reached.set(module.path, module);
  };
  entries.forEach(add);
  for (const { targets, shims, runtime } of reached.values()) {
    [...targets, ...Object.values(shims), runtime].forEach(add);
  }
  return reached;
}
