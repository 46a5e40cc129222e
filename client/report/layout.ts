/**
 * Nodes of a graph in layers: each edge leads to a later layer, but for those that close a circle, and bends where it passes one. Within a layer, nodes stand near those
 * that they are joined to.
 */

export type Edge = readonly [from: number, to: number];

/** Rounds in which nodes move towards their neighbours; with more, nothing changes in most graphs. */
const ROUNDS = 4;

export interface Layout {
  /** Each from top to bottom. From `count` on, numbers are bends of edges that pass a layer. */
  layers: number[][];
  /** By edge, the nodes and bends that it leads through. */
  ways: number[][];
}

/** Places nodes 0 … count−1. */
export function layout(count: number, edges: readonly Edge[]): Layout {
  const depth = longestWays(count, withoutCircles(count, edges));
  const layers: number[][] = [];
  const put = (node: number, layer: number): void => {
    (layers[layer] ??= []).push(node);
  };
  depth.forEach((layer, node) => {
    put(node, layer);
  });
  let bend = count;
  const ways = edges.map(([from, to]) => {
    const way = [from];
    for (let layer = depth[from]! + 1; layer < depth[to]!; layer++) {
      put(bend, layer);
      way.push(bend++);
    }
    return [...way, to];
  });
  const steps = ways.flatMap((way) => way.slice(1).map((to, at): Edge => [way[at]!, to]));
  for (let round = 0; round < ROUNDS; round++) settle(layers, steps, round % 2 === 0);
  return { layers, ways };
}

/** Edges without those that lead back to a node on the way from a beginning. */
function withoutCircles(count: number, edges: readonly Edge[]): Edge[] {
  const following: Edge[][] = Array.from({ length: count }, () => []);
  for (const edge of edges) following[edge[0]]?.push(edge);
  const state = new Uint8Array(count);
  const kept: Edge[] = [];
  const walk = (node: number): void => {
    state[node] = 1;
    for (const edge of following[node] ?? []) {
      if (state[edge[1]] === 1) continue;
      kept.push(edge);
      if (state[edge[1]] === 0) walk(edge[1]);
    }
    state[node] = 2;
  };
  const entered = new Set(edges.map(([, to]) => to));
  const nodes = [...Array(count).keys()];
  // Nodes that nobody leads to come first, so that circles are cut where walks come to them.
  for (const node of [...nodes.filter((each) => !entered.has(each)), ...nodes])
    if (state[node] === 0) walk(node);
  return kept;
}

/** For each node, the number of edges of the longest way to it. */
function longestWays(count: number, edges: readonly Edge[]): number[] {
  const length: number[] = Array(count).fill(0);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to] of edges) {
      const longer = length[from]! + 1;
      if (longer <= length[to]!) continue;
      length[to] = longer;
      changed = true;
    }
  }
  return length;
}

/** Sorts each layer by the mean position of the neighbours before it, or behind it. */
function settle(found: number[][], edges: readonly Edge[], isForward: boolean): void {
  const position = new Map(found.flatMap((layer) => layer.map((node, at) => [node, at / layer.length])));
  const neighbours = new Map<number, number[]>();
  for (const [from, to] of edges) {
    const [node, other] = isForward ? [to, from] : [from, to];
    neighbours.set(node, [...(neighbours.get(node) ?? []), position.get(other) as number]);
  }
  const mean = (node: number): number => {
    const all = neighbours.get(node);
    if (all === undefined) return position.get(node)!;
    return all.reduce((sum, each) => sum + each, 0) / all.length;
  };
  for (const layer of found) layer.sort((a, b) => mean(a) - mean(b) || a - b);
}
