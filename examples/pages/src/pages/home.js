import '../styles/base.css';
import '../styles/cards.css';
import '../styles/markdown.css';
import '../styles/home.css';
import dayjs from 'dayjs';
import seeds from '../data/seeds.json';
import { toCard } from '../lib/card';
import { onClick } from '../lib/fetched';
import card from '../templates/card.hbs';

const thisMonth = dayjs().month() + 1;
const inSeason = seeds.filter(({ sow }) => sow.includes(thisMonth));
document.getElementById('season-title').textContent = `To sow in ${dayjs().format('MMMM')}`;
document.getElementById('season').innerHTML = inSeason.map((seed) => card(toCard(seed))).join('');

onClick('show-calendar', async () => {
  const { show } = await import('../parts/sowing-calendar');
  show(document.getElementById('calendar'), seeds);
});

onClick('read-article', async () => {
  const { show } = await import('../parts/article'); // its styles are there now
  show(document.getElementById('article'));
});
