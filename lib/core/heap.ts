/** Items, the smallest first: numbers, unless it is told of others which comes before which. */
export class Heap<Item = number> {
  private readonly items: Item[] = [];

  constructor(private readonly isBefore = (a: Item, b: Item): boolean => a < b) {}

  get size(): number {
    return this.items.length;
  }

  /** The smallest one; there must be one. */
  get first(): Item {
    return this.items[0] as Item;
  }

  push(item: Item): void {
    const { items, isBefore } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(item, items[above] as Item)) break;
      items[at] = items[above] as Item;
      at = above;
    }
    items[at] = item;
  }

  /** Takes the smallest one; there must be one. */
  pop(): Item {
    const { items } = this;
    const { first } = this;
    const last = items.pop() as Item;
    if (items.length > 0) this.sink(last);
    return first;
  }

  /** Puts an item in the place of the first, and then where it belongs. */
  private sink(item: Item): void {
    const { items, isBefore } = this;
    let at = 0;
    for (let below = 1; below < items.length; below = 2 * at + 1) {
      if (below + 1 < items.length && isBefore(items[below + 1] as Item, items[below] as Item)) below++;
      if (!isBefore(items[below] as Item, item)) break;
      items[at] = items[below] as Item;
      at = below;
    }
    items[at] = item;
  }
}
