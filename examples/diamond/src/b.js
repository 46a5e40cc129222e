module.exports = `b says ${require('./d')}`;
