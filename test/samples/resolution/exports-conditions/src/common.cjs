exports.kind = require('pkg');
exports.nested = require('pkg/nested');
exports.fallback = require('pkg/default');
