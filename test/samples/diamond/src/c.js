module.exports = ['c', require('./d')];
