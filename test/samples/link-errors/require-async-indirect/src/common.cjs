exports.middle = require('./middle.mjs');
