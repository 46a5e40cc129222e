/** Lists of numbers, some in each → one order of all of them that keeps the order of each list, as far as that can be. */
import { addBit, type BitMatrix, bitMatrix, hasBit, uniteRow } from '../bits';
import { Heap } from '../heap';
import { findComponents } from '../roots';

/** A pair that a list has in an order which lists before it rule out. */
export interface Contradiction {
  /** Index of the list. */
  list: number;
  first: number;
  second: number;
}

export interface Ordered {
  order: number[];
  contradictions: Contradiction[];
}

/** For each item those that have to stand behind it. */
type Followers = Map<number, Set<number>>;

/** Says which of several items that may all be next is. */
export interface Choice {
  /** The smallest is next, … */
  rankOf(item: number): number;
  /** … but of the group of the last one first, if there are groups. */
  groupOf?(item: number): number;
}

/** Each item of a list before the next one. */
function followersIn(lists: readonly (readonly number[])[]): Followers {
  const followers: Followers = new Map();
  for (const list of lists) {
    list.forEach((item, index) => {
      const known = followers.get(item) ?? new Set();
      const next = list[index + 1];
      if (next !== undefined) known.add(next);
      followers.set(item, known);
    });
  }
  return followers;
}

/** Kahn's algorithm (Topological sorting of large networks, 1962): items that nothing has to stand before, one after the other. */
function sortByFollowers(followers: Followers, choice: Choice): number[] {
  const waits = new Map<number, number>([...followers.keys()].map((item) => [item, 0]));
  for (const after of followers.values())
    for (const item of after) waits.set(item, (waits.get(item) as number) + 1);
  const ready = new Ready(choice);
  for (const [item, count] of waits) if (count === 0) ready.add(item);
  const order: number[] = [];
  for (let item = ready.take(); item !== undefined; item = ready.take()) {
    order.push(item);
    for (const after of followers.get(item) as ReadonlySet<number>) {
      const left = (waits.get(after) as number) - 1;
      waits.set(after, left);
      if (left === 0) ready.add(after);
    }
  }
  return order;
}

/** Items that may be next. */
class Ready {
  private readonly items = new Map<number, number>();
  private readonly all = new Heap();
  private readonly groups = new Map<number, Heap>();
  private readonly taken = new Set<number>();
  private last: number | undefined;

  constructor(private readonly choice: Choice) {}

  add(item: number): void {
    const rank = this.choice.rankOf(item);
    this.items.set(rank, item);
    this.all.push(rank);
    const group = this.choice.groupOf?.(item);
    if (group === undefined) return;
    const heap = this.groups.get(group) ?? new Heap();
    heap.push(rank);
    this.groups.set(group, heap);
  }

  take(): number | undefined {
    const own = this.last === undefined ? undefined : this.groups.get(this.last);
    const rank = (own && this.pop(own)) ?? this.pop(this.all);
    if (rank === undefined) return undefined;
    const item = this.items.get(rank) as number;
    this.last = this.choice.groupOf?.(item);
    return item;
  }

  /** The smallest that has not been taken from another heap. */
  private pop(heap: Heap): number | undefined {
    while (heap.size > 0) {
      const rank = heap.pop();
      if (this.taken.has(rank)) continue;
      this.taken.add(rank);
      return rank;
    }
    return undefined;
  }
}

/** What stands before what, as more and more is said of it. */
class Precedence {
  private readonly index: ReadonlyMap<number, number>;
  /** What stands behind each item. */
  private readonly behind: BitMatrix;

  constructor(private readonly items: readonly number[]) {
    this.index = new Map(items.map((item, index) => [item, index]));
    this.behind = bitMatrix(items.length, items.length);
  }

  /** Has one item stand before another. @returns false where it is ruled out */
  add(first: number, second: number): boolean {
    const [from, to] = [this.index.get(first) as number, this.index.get(second) as number];
    if (hasBit(this.behind, to, from)) return false;
    if (hasBit(this.behind, from, to)) return true;
    this.items.forEach((_, item) => {
      if (item !== from && !hasBit(this.behind, item, from)) return;
      addBit(this.behind, item, to);
      uniteRow(this.behind, item, this.behind, to);
    });
    return true;
  }

  followers(): Followers {
    return new Map(
      this.items.map((item, from) => [
        item,
        new Set(this.items.filter((_, to) => hasBit(this.behind, from, to))),
      ]),
    );
  }
}

/** Takes pair by pair of some items, list by list: what comes first counts. */
function straighten(
  lists: readonly (readonly number[])[],
  items: readonly number[],
): { followers: Followers; contradictions: Contradiction[] } {
  const precedence = new Precedence(items);
  const own = new Set(items);
  const contradictions: Contradiction[] = [];
  lists.forEach((all, list) => {
    const some = all.filter((item) => own.has(item));
    some.forEach((second, index) => {
      for (const first of some.slice(0, index).reverse())
        if (!precedence.add(first, second)) contradictions.push({ list, first, second });
    });
  });
  return { followers: precedence.followers(), contradictions };
}

/** The items that are on circles with each other, as many lists as there are such groups. */
function findCircles(followers: Followers): number[][] {
  const items = [...followers.keys()];
  const numbers = new Map(items.map((item, number) => [item, number]));
  const staticEdges = items.map((item) =>
    [...(followers.get(item) as ReadonlySet<number>)].map((after) => numbers.get(after) as number),
  );
  const graph = { size: items.length, staticEdges, dynamicEdges: [], entries: [] };
  const { count, componentOf } = findComponents(graph, [...staticEdges.keys()]);
  const groups = Array.from({ length: count }, (): number[] => []);
  items.forEach((item, number) => {
    groups[componentOf[number] as number]?.push(item);
  });
  return groups.filter((group) => group.length > 1);
}

/**
 * An order of all items in which each two stand as the first list has them that has both, unless what lists before say rules it out. What is on a
 * circle stands together: an item between two of it would be on the circle.
 * @param lists each without repetitions
 */
export function orderLists(lists: readonly (readonly number[])[], choice: Choice): Ordered {
  const followers = followersIn(lists);
  const order = sortByFollowers(followers, choice);
  if (order.length === followers.size) return { order, contradictions: [] };
  const contradictions: Contradiction[] = [];
  const circles = new Map<number, number[]>();
  const standsFor = new Map<number, number>();
  for (const items of findCircles(followers)) {
    const straight = straighten(lists, items);
    contradictions.push(...straight.contradictions);
    const sorted = sortByFollowers(straight.followers, choice);
    const first = sorted[0] as number;
    circles.set(first, sorted);
    for (const item of items) standsFor.set(item, first);
  }
  const shortened = lists.map((list) => [...new Set(list.map((item) => standsFor.get(item) ?? item))]);
  const short = sortByFollowers(followersIn(shortened), choice);
  return {
    order: short.flatMap((item) => circles.get(item) ?? [item]),
    contradictions: contradictions.sort((a, b) => a.list - b.list),
  };
}
