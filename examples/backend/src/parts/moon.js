import moon from '../images/moon.svg';
import './moon.css';

/** Days from one new moon to the next, and one of them. */
const MONTH = 29.530588853;
const NEW_MOON = Date.UTC(2000, 0, 6, 18, 14);
const DAY = 86_400_000;

const names = [
  'New moon',
  'Waxing crescent',
  'First quarter',
  'Waxing gibbous',
  'Full moon',
  'Waning gibbous',
  'Last quarter',
  'Waning crescent',
];

/** 0 at new moon, 0.5 at full moon. */
function phaseOf(date) {
  const months = (date - NEW_MOON) / DAY / MONTH;
  return months - Math.floor(months);
}

/** Draws the moon of a night. */
export function show(element, date) {
  const phase = phaseOf(date);
  const lit = Math.round(((1 - Math.cos(2 * Math.PI * phase)) / 2) * 100);
  const shadow = phase < 0.5 ? -200 * phase : 200 * (1 - phase);
  const name = names[Math.round(phase * 8) % 8];
  element.innerHTML = `<figure class="moon" style="--shadow: ${shadow.toFixed(1)}%">
    <div><img src="${moon}" alt=""></div>
    <figcaption>${name}, ${lit} % of it lit</figcaption>
  </figure>`;
}
