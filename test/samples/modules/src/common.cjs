module.exports = [typeof require('./counter.js').bump];
