exports.__esModule = true;
exports.default = 'd';
exports.x = 1;
Object.defineProperty(exports, '__esModule', { enumerable: false });
