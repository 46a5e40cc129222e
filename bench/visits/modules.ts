/** Which modules are where, by the markers that every generated module contains. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleGraph } from '../../lib/model';

/** Scripts of a directory and of those below it, relative to it. */
export function scriptsIn(directory: string): string[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.js')).map((file) => file.replaceAll('\\', '/'));
}

/** Numbers of the modules whose text a script contains, each as often as it does. */
export function modulesIn(path: string): number[] {
  return [...readFileSync(path, 'utf8').matchAll(/module#(\d+);/g)].map((match) => Number(match[1]));
}

/** Script → the modules it contains. */
export function readBundles(output: string): Map<string, number[]> {
  return new Map(scriptsIn(output).map((file) => [file, modulesIn(join(output, file))]));
}

/** All that must be there before a module can run: what it reaches over static edges. */
export function closureOf(root: number, { staticEdges }: ModuleGraph): Set<number> {
  const closure = new Set([root]);
  for (const module of closure) for (const target of staticEdges[module] ?? []) closure.add(target);
  return closure;
}
