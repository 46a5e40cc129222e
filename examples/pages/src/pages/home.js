const dayjs = require('dayjs');
const ensure = require('node-ensure');
const seeds = require('../data/seeds.json');
const fetched = require('../lib/fetched');
const toCard = require('../lib/card');
const card = require('../templates/card.hbs');

const sowingCalendar = '../parts/sowing-calendar' /*js*/;
const article = '../parts/article' /*js*/;

const thisMonth = dayjs().month() + 1;
const inSeason = seeds.filter(({ sow }) => sow.includes(thisMonth));
document.getElementById('season-title').textContent = `To sow in ${dayjs().format('MMMM')}`;
document.getElementById('season').innerHTML = inSeason.map((seed) => card(toCard(seed))).join('');

fetched.onClick('show-calendar', (done) => {
  ensure([sowingCalendar], (err) => {
    if (err) return done(err);
    require(sowingCalendar).show(document.getElementById('calendar'), seeds);
    done();
  });
});

fetched.onClick('read-article', (done) => {
  ensure([article], (err) => {
    if (err) return done(err);
    require(article).show(document.getElementById('article'));
    done();
  });
});
