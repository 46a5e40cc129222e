import { Chart } from 'chart.js/auto';
import './chart.css';

Chart.defaults.font.family = 'system-ui, sans-serif';
Chart.defaults.animation = false;
Chart.defaults.plugins.legend.display = false;

/** Draws a bar chart, in place of what the canvas had before, in the colours that its styles give it: they are there when this runs. */
export function bars(canvas, { labels, values, title }) {
  const before = Chart.getChart(canvas);
  if (before) before.destroy();
  canvas.hidden = false;
  canvas.setAttribute(
    'aria-label',
    `${title}: ${labels.map((label, i) => `${label} ${values[i]}`).join(', ')}`,
  );
  const style = getComputedStyle(canvas);
  Chart.defaults.color = style.color;
  Chart.defaults.borderColor = style.getPropertyValue('--line');
  return new Chart(canvas, {
    type: 'bar',
    data: { labels, datasets: [{ data: values, backgroundColor: style.getPropertyValue('--leaf') }] },
    options: { aspectRatio: innerWidth < 600 ? 1.3 : 2, plugins: { title: { display: true, text: title } } },
  });
}
