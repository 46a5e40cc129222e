module.exports = (function (modules) {
  var installed = {};
  function __webpack_require__(id) {
    if (installed[id]) return installed[id].exports;
    var module = (installed[id] = { exports: {} });
    modules[id].call(module.exports, module, module.exports, __webpack_require__);
    return module.exports;
  }
  return __webpack_require__(0);
})([
  function (module, exports, __webpack_require__) {
    exports.value = __webpack_require__(1);
  },
  function (module, exports) {
    module.exports = 'from module 1';
  },
]);
