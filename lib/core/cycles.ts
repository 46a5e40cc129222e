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

/** What cycles mean for the modules around them. */
export interface Cycles {
  /** Paths of the modules described above; the members are among them. */
  reached: ReadonlySet<string>;
  /** Paths of the members. */
  members: ReadonlySet<string>;
  /** Paths of the members, and of the modules that lead to one: where a cycle is entered may depend on them, and so the order in which its members run. */
  leading: ReadonlySet<string>;
}

export function findCycles({ graph, paths }: NumberedGraph): Cycles {
  const { componentOf, count } = findComponents(graph, [...paths.keys()]);
  const sizes = new Uint32Array(count);
  for (const component of componentOf) sizes[component] = (sizes[component] as number) + 1;
  const members: number[] = [];
  componentOf.forEach((component, number) => {
    if ((sizes[component] as number) > 1) members.push(number);
  });
  const pathsOf = (numbers: Iterable<number>): ReadonlySet<string> =>
    new Set([...numbers].map((number) => paths[number] as string));
  return {
    reached: pathsOf(allFrom(members, graph.staticEdges)),
    members: pathsOf(members),
    leading: pathsOf(members.length === 0 ? [] : allFrom(members, reversed(graph.staticEdges))),
  };
}

function allFrom(starts: readonly number[], edges: readonly (readonly number[])[]): ReadonlySet<number> {
  const found = new Set(starts);
  for (const number of found) for (const target of edges[number] as readonly number[]) found.add(target);
  return found;
}

function reversed(edges: readonly (readonly number[])[]): number[][] {
  const back = edges.map((): number[] => []);
  edges.forEach((targets, number) => {
    for (const target of targets) back[target]?.push(number);
  });
  return back;
}

export const isSameCycles = (a: Cycles, b: Cycles): boolean =>
  isSameSet(a.reached, b.reached) && isSameSet(a.members, b.members) && isSameSet(a.leading, b.leading);

const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...b].every((path) => a.has(path));
