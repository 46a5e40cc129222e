// gulp-cli loads this file first: it lets `npx gulp` read gulpfile.ts.
require('tsx/cjs');
module.exports = {};
