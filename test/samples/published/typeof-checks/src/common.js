module.exports = [typeof require, typeof module, typeof exports, typeof define];
