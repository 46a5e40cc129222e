import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale);

/** Draws what each visit has downloaded beside what it would have. Gives a function that draws again. */
export function createChart(canvas) {
  const chart = new Chart(canvas, {
    type: 'bar',
    data: { labels: [], datasets: [] },
    options: { animation: false, scales: { y: { title: { display: true, text: 'kB' } } } },
  });
  return (visits) => {
    const kilobytes = (key) => visits.map((visit) => visit[key] / 1000);
    chart.data.labels = visits.map(({ release }) => `Release ${release}`);
    chart.data.datasets = [
      { label: 'downloaded', data: kilobytes('downloaded'), backgroundColor: '#3457a6' },
      { label: 'without patches', data: kilobytes('withoutPatches'), backgroundColor: '#c3c9d8' },
    ];
    chart.update();
  };
}
