module.exports = `c says ${require('./d')}`;
