require('../lib/fetched');
const basket = require('../parts/basket');

// Here the basket is what the page is for: needed at once, where the catalogue loads it on a click.
basket.show(document.getElementById('basket'));
