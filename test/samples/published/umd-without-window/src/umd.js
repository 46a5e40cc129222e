!function (e, t) {
  "object" == typeof exports && "object" == typeof module ? module.exports = t() : "function" == typeof define && define.amd ? define([], t) : "object" == typeof exports ? exports.umd = t() : e.umd = t();
}("undefined" != typeof self ? self : this, (() => ({ is: "module", root: Function("return this")() })));
