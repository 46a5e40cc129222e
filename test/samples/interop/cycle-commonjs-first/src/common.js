exports.early = 'early';
const esm = require('./esm');
exports.late = 'late';
exports.seen = esm.seen;
exports.see = esm.see;
