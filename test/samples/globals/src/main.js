'use strict';
if (process.env.NODE_ENV !== 'production') require('./never');
exports.where = [__filename, __dirname, typeof global];
exports.$ = require('jquery');
exports.data = require('./data');
exports.later = function () { return import('./later'); };
