Object.defineProperty(exports, '__esModule', { value: true });
exports.default = 'd';
exports.x = 1;
