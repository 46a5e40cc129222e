'use strict';
exports.self = function () {
  return this;
};
exports.holder = { self: exports.self };
