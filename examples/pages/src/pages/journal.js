import '../styles/base.css';
import '../styles/markdown.css';
import '../styles/journal.css';
import dayjs from 'dayjs';
import { onClick } from '../lib/fetched';

for (const time of document.querySelectorAll('time')) {
  time.textContent = dayjs(time.dateTime).format('D MMMM YYYY');
}

const article = document.getElementById('article');

onClick('read-article', async () => {
  const { show } = await import('../parts/article');
  show(article);
});

onClick('colour-code', async () => {
  const { show } = await import('../parts/highlight');
  show(article);
});
