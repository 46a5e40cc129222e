result('runs');
exports.__esModule = true;
exports.default = 'd';
