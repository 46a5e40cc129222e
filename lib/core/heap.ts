/** Numbers, the smallest first. */
export class Heap {
  private readonly items: number[] = [];

  get size(): number {
    return this.items.length;
  }

  /** The smallest one; there must be one. */
  get first(): number {
    return this.items[0] as number;
  }

  push(item: number): void {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((items[above] as number) <= item) break;
      items[at] = items[above] as number;
      at = above;
    }
    items[at] = item;
  }

  /** Takes the smallest one; there must be one. */
  pop(): number {
    const { items } = this;
    const { first } = this;
    const last = items.pop() as number;
    if (items.length > 0) this.sink(last);
    return first;
  }

  /** Puts an item in the place of the first, and then where it belongs. */
  private sink(item: number): void {
    const { items } = this;
    let at = 0;
    for (let below = 1; below < items.length; below = 2 * at + 1) {
      if (below + 1 < items.length && (items[below + 1] as number) < (items[below] as number)) below++;
      if ((items[below] as number) >= item) break;
      items[at] = items[below] as number;
      at = below;
    }
    items[at] = item;
  }
}
