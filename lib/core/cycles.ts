/**
 * Modules that members of a cycle import, or lead to. In a cycle, functions may be called before the module that declares them has run,
 * and so before what it imports has: whoever imports that for nothing but its effects may be why it has run by then.
 *
 *     // main.js          // a.js                             // b.js
 *     import './x.js';    import './b.js';                    import { f } from './a.js';
 *     import './a.js';    import { x } from './x.js';         f();   ← before a.js, and needs `x`
 *                         export function f() { return x; }
 */
import type { NumberedGraph } from './graph';
import { findComponents } from './roots';

/** Paths of these modules; the members are among them. */
export function reachedFromCycles({ graph, paths }: NumberedGraph): ReadonlySet<string> {
  const { componentOf, count } = findComponents(graph, [...paths.keys()]);
  const sizes = new Uint32Array(count);
  for (const component of componentOf) sizes[component] = (sizes[component] as number) + 1;
  const reached = new Set<number>();
  componentOf.forEach((component, number) => {
    if ((sizes[component] as number) > 1) reached.add(number);
  });
  for (const number of reached)
    for (const target of graph.staticEdges[number] as readonly number[]) reached.add(target);
  return new Set([...reached].map((number) => paths[number] as string));
}
