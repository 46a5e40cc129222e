const { Chart } = require('chart.js/auto');

Chart.defaults.font.family = 'system-ui, sans-serif';
Chart.defaults.animation = false;
Chart.defaults.plugins.legend.display = false;

/** Draws a bar chart, in place of what the canvas had before. */
exports.bars = (canvas, { labels, values, title }) => {
  const before = Chart.getChart(canvas);
  if (before) before.destroy();
  canvas.hidden = false;
  canvas.setAttribute(
    'aria-label',
    `${title}: ${labels.map((label, i) => `${label} ${values[i]}`).join(', ')}`,
  );
  return new Chart(canvas, {
    type: 'bar',
    data: { labels, datasets: [{ data: values, backgroundColor: '#3f7d58' }] },
    options: { plugins: { title: { display: true, text: title } } },
  });
};
