'use strict';
const { value } = require('./later.mjs');
result(value);
