const dayjs = require('dayjs');
const fetched = require('../lib/fetched');

for (const time of document.querySelectorAll('time')) {
  time.textContent = dayjs(time.dateTime).format('D MMMM YYYY');
}

const article = document.getElementById('article');

// The same as a declared string with ensure(), in the language's own words.
fetched.onClick('read-article', (done) => {
  import('../parts/article').then((part) => part.show(article)).then(() => done(), done);
});

fetched.onClick('colour-code', (done) => {
  import('../parts/highlight').then((part) => part.show(article)).then(() => done(), done);
});
