import mixed from './mixed';
const required = require('./mixed');
result([{ own: mixed.own }, required === mixed]);
result(mixed.self);
