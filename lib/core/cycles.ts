/**
 * Modules that members of a cycle import, or lead to. In a cycle, functions may be called before the module that declares them has run,
 * and so before what it imports has: whoever imports that for nothing but its effects may be why it has run by then.
 *
 *     // main.js          // a.js                             // b.js
 *     import './x.js';    import './b.js';                    import { f } from './a.js';
 *     import './a.js';    import { x } from './x.js';         f();   ← before a.js, and needs `x`
 *                         export function f() { return x; }
 */
import type { Module } from '../model';
import { findComponents } from './roots';

/** Paths of these modules; the members are among them. */
export function reachedFromCycles(modules: ReadonlyMap<string, Module>): ReadonlySet<string> {
  const paths = [...modules.keys()];
  const numbers = new Map(paths.map((path, number) => [path, number]));
  const staticEdges = [...modules.values()].map((module) => staticTargets(module, numbers));
  const { componentOf } = findComponents({ size: paths.length, staticEdges, dynamicEdges: [], entries: [] }, [
    ...paths.keys(),
  ]);
  const sizes = new Map<number, number>();
  for (const component of componentOf) sizes.set(component, (sizes.get(component) ?? 0) + 1);
  const reached = new Set<number>();
  componentOf.forEach((component, number) => {
    if ((sizes.get(component) as number) > 1) reached.add(number);
  });
  for (const number of reached) for (const target of staticEdges[number] as number[]) reached.add(target);
  return new Set([...reached].map((number) => paths[number] as string));
}

/** Numbers of the modules that run before the module, unless they wait for it. */
function staticTargets(
  { facts: { references }, targets }: Module,
  numbers: ReadonlyMap<string, number>,
): number[] {
  return references.flatMap(({ kind }, index) => {
    const number = kind === 'import' || kind === 'require' ? numbers.get(targets[index] ?? '') : undefined;
    return number === undefined ? [] : [number];
  });
}
