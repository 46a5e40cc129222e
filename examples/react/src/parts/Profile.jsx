import { climb } from '../lib/climb.js';

const WIDTH = 480;
const HEIGHT = 120;

/** The heights as points of a line that fills the drawing. */
function points(heights) {
  const lowest = Math.min(...heights);
  const span = Math.max(...heights) - lowest || 1;
  const step = WIDTH / Math.max(heights.length - 1, 1);
  return heights.map((height, index) => `${index * step},${HEIGHT - ((height - lowest) / span) * HEIGHT}`);
}

/** A drawing of the heights of a walk. */
export default function Profile({ title, heights }) {
  return (
    <figure>
      <svg viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`} role="img" aria-label={`Profile: ${title}`}>
        <polyline points={points(heights).join(' ')} fill="none" stroke="currentColor" strokeWidth="3" />
      </svg>
      <figcaption>
        {Math.min(...heights)} to {Math.max(...heights)} m, {climb(heights)} m up
      </figcaption>
    </figure>
  );
}
