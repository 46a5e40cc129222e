module.exports = ['b', require('./d')];
