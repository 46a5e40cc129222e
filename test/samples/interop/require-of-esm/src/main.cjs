const named = require('./named.mjs');
result([Object.keys(named).sort().reverse(), named.x]);
named.add();
result(named.x);
const { default: d, __esModule, ...rest } = require('./default.mjs');
result([d, __esModule, ['default', ...Object.keys(rest)]]);
result(require('./own.mjs').default);
const double = require('./module-exports.mjs');
result([double(2), typeof double]);
