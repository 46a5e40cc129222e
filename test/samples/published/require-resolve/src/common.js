exports.path = require.resolve('./dependency');
const before = exports.path in require.cache;
exports.found = require(exports.path);
exports.cached = [exports.path in require.cache, before];
