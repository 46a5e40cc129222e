module.exports = [require('one'), require('two')];
