/** Versions beside heads that pages have asked for. They are part of what is served, so that cookies can name them. */
import type { Asset } from './assets';

/** One version of an asset. */
export interface Pin {
  asset: Asset;
  reference: string;
}

/** Pins that there may be: each costs a place in every cookie's mask. */
const MOST = 100;
/** Milliseconds after which a pin makes room for another one, if there is no room otherwise. */
const LONGEST = 10 * 60_000;

export class Pins {
  /** By key, oldest first. */
  private readonly pins = new Map<string, Pin & { since: number }>();

  /** Adds a pin; false when there is no room for it. */
  add(key: string, pin: Pin): boolean {
    if (this.pins.has(key)) return true;
    const [oldest] = this.pins;
    if (oldest && this.pins.size >= MOST) {
      if (performance.now() - oldest[1].since < LONGEST) return false;
      this.pins.delete(oldest[0]);
    }
    this.pins.set(key, { ...pin, since: performance.now() });
    return true;
  }

  list(): Pin[] {
    return [...this.pins.values()];
  }
}
