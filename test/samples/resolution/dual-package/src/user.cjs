const state = require('state');
module.exports = () => state;
