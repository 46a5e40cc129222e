/** One stop of the Tab key for a whole picture: within it, arrows move to the nearest cell in their direction. */
import { go } from './route';

export interface Stop {
  anchor: SVGElement;
  /** Its middle. */
  x: number;
  y: number;
}

const DIRECTIONS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @param outside where Escape leads, if anywhere */
export function moveWithKeys(picture: SVGElement, stops: readonly Stop[], outside: string | undefined): void {
  let current = stops[0];
  for (const stop of stops) stop.anchor.setAttribute('tabindex', stop === current ? '0' : '-1');
  // A view that comes anew while the focus is in it finds its place again here.
  current?.anchor.setAttribute('data-focus', '');
  const moveTo = (stop: Stop | undefined): void => {
    if (stop === undefined) return;
    current?.anchor.setAttribute('tabindex', '-1');
    stop.anchor.setAttribute('tabindex', '0');
    stop.anchor.focus();
    current = stop;
  };
  picture.addEventListener('keydown', (event) => {
    const direction = DIRECTIONS[event.key];
    const from = stops.find(({ anchor }) => anchor === document.activeElement) ?? current;
    if (event.key === 'Escape' && outside !== undefined) go(outside);
    else if (event.key === 'Home') moveTo(stops[0]);
    else if (event.key === 'End') moveTo(stops.at(-1));
    else if (direction !== undefined && from !== undefined) moveTo(nearest(from, stops, direction));
    else return;
    event.preventDefault();
  });
}

/** Ways to the side count double, so that a row is left only at its end. */
function nearest(from: Stop, stops: readonly Stop[], [x, y]: readonly [number, number]): Stop | undefined {
  let best: Stop | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const stop of stops) {
    const ahead = (stop.x - from.x) * x + (stop.y - from.y) * y;
    const aside = Math.abs((stop.x - from.x) * y) + Math.abs((stop.y - from.y) * x);
    if (ahead <= 0 || ahead + 2 * aside >= least) continue;
    best = stop;
    least = ahead + 2 * aside;
  }
  return best;
}
